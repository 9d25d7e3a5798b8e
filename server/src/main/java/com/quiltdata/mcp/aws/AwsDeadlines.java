package com.quiltdata.mcp.aws;

import java.time.Duration;

/// How long an AWS service is waited for.
///
/// @param connect for a connection
/// @param withoutAByte while a body is under way
/// @param attempt for the answer to one request, the body of an object left out
/// @param call for all attempts together
public record AwsDeadlines(
    Duration connect, Duration withoutAByte, Duration attempt, Duration call) {
  /// The documented values.
  public static AwsDeadlines defaults() {
    return new AwsDeadlines(
        Duration.ofSeconds(1),
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Duration.ofSeconds(20));
  }
}
