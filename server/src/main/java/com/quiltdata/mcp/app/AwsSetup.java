package com.quiltdata.mcp.app;

import com.quiltdata.mcp.aws.AwsDeadlines;
import com.quiltdata.mcp.aws.AwsLimits;
import com.quiltdata.mcp.aws.RetryLimits;
import com.quiltdata.mcp.config.AwsSettings;
import com.quiltdata.mcp.config.Setting;
import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.upstream.BreakerLimits;
import java.time.Duration;

/// Binds settings to the limits of AWS services.
final class AwsSetup {
  private AwsSetup() {}

  static AwsLimits limits(Settings settings, Problems problems) {
    requireOrder(settings, problems, AwsSettings.CONNECT_TIMEOUT, AwsSettings.ATTEMPT_TIMEOUT);
    requireOrder(settings, problems, AwsSettings.ATTEMPT_TIMEOUT, AwsSettings.CALL_TIMEOUT);
    requireOrder(settings, problems, AwsSettings.FIRST_PAUSE, AwsSettings.LONGEST_PAUSE);
    return new AwsLimits(
        new AwsDeadlines(
            settings.get(AwsSettings.CONNECT_TIMEOUT),
            settings.get(AwsSettings.BODY_TIMEOUT),
            settings.get(AwsSettings.ATTEMPT_TIMEOUT),
            settings.get(AwsSettings.CALL_TIMEOUT)),
        new RetryLimits(
            settings.get(AwsSettings.ATTEMPTS),
            settings.get(AwsSettings.FIRST_PAUSE),
            settings.get(AwsSettings.LONGEST_PAUSE)),
        settings.get(AwsSettings.CONNECTIONS),
        settings.get(AwsSettings.RETRY_PERCENT),
        new BreakerLimits(
            settings.get(AwsSettings.BREAKER_PERCENT),
            settings.get(AwsSettings.BREAKER_REQUESTS),
            settings.get(AwsSettings.BREAKER_WINDOW),
            settings.get(AwsSettings.BREAKER_PAUSE)));
  }

  private static void requireOrder(
      Settings settings, Problems problems, Setting<Duration> part, Setting<Duration> whole) {
    if (settings.get(part).compareTo(settings.get(whole)) > 0) {
      problems.error(
          "%s is longer than %s, of which it is a part. Make it shorter, or the other longer."
              .formatted(part.name(), whole.name()));
    }
  }
}
