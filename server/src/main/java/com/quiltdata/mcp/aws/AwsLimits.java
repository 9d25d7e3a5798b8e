package com.quiltdata.mcp.aws;

import com.quiltdata.mcp.upstream.BreakerLimits;
import com.quiltdata.mcp.upstream.UpstreamLimits;
import java.time.Duration;

/// What each AWS service may be asked, and how long it is waited for.
///
/// @param deadlines of calls and their parts
/// @param retries of calls that failed
/// @param connections to one service at once
/// @param retryPercent second and further attempts of all calls together, in hundredths of them
/// @param breaker when a service is left alone
public record AwsLimits(
    AwsDeadlines deadlines,
    RetryLimits retries,
    int connections,
    int retryPercent,
    BreakerLimits breaker) {
  /// The documented values.
  public static AwsLimits defaults() {
    return new AwsLimits(
        AwsDeadlines.defaults(), RetryLimits.defaults(), 50, 10, BreakerLimits.defaults());
  }

  /// Those of one service. Half of an attempt is for waiting, so that the other half is for the
  /// answer.
  UpstreamLimits upstream() {
    Duration wait = deadlines.attempt().dividedBy(2);
    return new UpstreamLimits(connections, wait, retryPercent, breaker);
  }
}
