package com.quiltdata.mcp.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.quiltdata.mcp.aws.AwsDeadlines;
import com.quiltdata.mcp.aws.AwsLimits;
import com.quiltdata.mcp.aws.RetryLimits;
import com.quiltdata.mcp.config.InvalidSettingsException;
import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.upstream.BreakerLimits;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The limits of AWS services as settings.
final class AwsSetupTest {
  private static AwsLimits limits(Map<String, String> environment, Problems problems) {
    return AwsSetup.limits(Settings.resolve(Map.of(), environment, Map.of()), problems);
  }

  @Test
  void defaultsAreTheDocumentedOnes() {
    Problems problems = new Problems();
    assertThat(limits(Map.of(), problems))
        .isEqualTo(AwsLimits.defaults())
        .isEqualTo(
            new AwsLimits(
                new AwsDeadlines(
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(20)),
                new RetryLimits(3, Duration.ofMillis(100), Duration.ofSeconds(2)),
                50,
                10,
                new BreakerLimits(50, 20, Duration.ofSeconds(10), Duration.ofSeconds(5))));
    problems.throwIfAny();
  }

  @Test
  void everyLimitReachesTheServices() {
    assertThat(
            limits(
                Map.ofEntries(
                    Map.entry("MCP_AWS_CONNECT_TIMEOUT", "11ms"),
                    Map.entry("MCP_AWS_BODY_TIMEOUT", "112ms"),
                    Map.entry("MCP_AWS_ATTEMPT_TIMEOUT", "113ms"),
                    Map.entry("MCP_AWS_CALL_TIMEOUT", "114ms"),
                    Map.entry("MCP_AWS_ATTEMPTS", "5"),
                    Map.entry("MCP_AWS_FIRST_PAUSE", "6ms"),
                    Map.entry("MCP_AWS_LONGEST_PAUSE", "7ms"),
                    Map.entry("MCP_AWS_CONNECTIONS", "8"),
                    Map.entry("MCP_AWS_RETRY_PERCENT", "9"),
                    Map.entry("MCP_BREAKER_PERCENT", "10"),
                    Map.entry("MCP_BREAKER_REQUESTS", "11"),
                    Map.entry("MCP_BREAKER_WINDOW", "12s"),
                    Map.entry("MCP_BREAKER_PAUSE", "130ms")),
                new Problems()))
        .isEqualTo(
            new AwsLimits(
                new AwsDeadlines(
                    Duration.ofMillis(11),
                    Duration.ofMillis(112),
                    Duration.ofMillis(113),
                    Duration.ofMillis(114)),
                new RetryLimits(5, Duration.ofMillis(6), Duration.ofMillis(7)),
                8,
                9,
                new BreakerLimits(10, 11, Duration.ofSeconds(12), Duration.ofMillis(130))));
  }

  @ParameterizedTest
  @CsvSource({
    "MCP_AWS_CONNECT_TIMEOUT, 6s, MCP_AWS_ATTEMPT_TIMEOUT",
    "MCP_AWS_ATTEMPT_TIMEOUT, 21s, MCP_AWS_CALL_TIMEOUT",
    "MCP_AWS_FIRST_PAUSE, 3s, MCP_AWS_LONGEST_PAUSE",
  })
  void noPartIsLongerThanTheWhole(String part, String value, String whole) {
    Problems problems = new Problems();
    limits(Map.of(part, value), problems);
    assertThat(catchThrowable(problems::throwIfAny))
        .isInstanceOf(InvalidSettingsException.class)
        .extracting(e -> ((InvalidSettingsException) e).problems().getFirst())
        .isEqualTo(
            "%s is longer than %s, of which it is a part. Make it shorter, or the other longer."
                .formatted(part, whole));
  }
}
