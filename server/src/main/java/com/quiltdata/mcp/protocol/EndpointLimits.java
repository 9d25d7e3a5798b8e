package com.quiltdata.mcp.protocol;

import java.time.Duration;

/// How long and how much an endpoint does for its clients.
///
/// @param callTime of one round of one call
/// @param answerTime that a person may take to answer a question of a running call
/// @param usualBytes longest message that brings no files
/// @param pageSize longest page of a list, but for tools: some clients read only one page of those
/// @param streams of news at once, for all clients
/// @param streamsOfOne the same for one caller
/// @param streamLife after which a client has to ask for news again
public record EndpointLimits(
    Duration callTime,
    Duration answerTime,
    int usualBytes,
    int pageSize,
    int streams,
    int streamsOfOne,
    Duration streamLife) {
  /// The documented values.
  public static EndpointLimits defaults() {
    return new EndpointLimits(
        Duration.ofSeconds(50), Duration.ofMinutes(10), 1 << 20, 100, 200, 10, Duration.ofHours(1));
  }

  /// The same with another time of a call.
  ///
  /// @param newCallTime of one round of one call
  /// @return the limits
  public EndpointLimits withCallTime(Duration newCallTime) {
    return new EndpointLimits(
        newCallTime, answerTime, usualBytes, pageSize, streams, streamsOfOne, streamLife);
  }

  /// The same with other numbers of streams.
  ///
  /// @param all at once, for all clients
  /// @param ofOne the same for one caller
  /// @return the limits
  public EndpointLimits withStreams(int all, int ofOne) {
    return new EndpointLimits(callTime, answerTime, usualBytes, pageSize, all, ofOne, streamLife);
  }
}
