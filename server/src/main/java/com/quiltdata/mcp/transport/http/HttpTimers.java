package com.quiltdata.mcp.transport.http;

import java.time.Duration;
import java.util.List;

/// How long the parts of a request may take. Each is positive.
///
/// @param header from the first byte of a request to the end of its header
/// @param body from there to the end of the body
/// @param bodyWindow span over which `bodyBytesPerSecond` is looked at
/// @param bodyBytesPerSecond a body that is slower than this over one span is given up
/// @param write one piece of an answer, at most 64 KiB, without the client taking it
/// @param idle between two requests; above the 60 s of a load balancer, which would otherwise send
///   into a connection that closes
/// @param linger reading on after a refusal, so that the answer overtakes no unread bytes
/// @param gate waiting for a place in work
/// @param comment longest silence on a stream, well below the 60 s of a load balancer
/// @param sweep pause between two looks at all connections
public record HttpTimers(
    Duration header,
    Duration body,
    Duration bodyWindow,
    int bodyBytesPerSecond,
    Duration write,
    Duration idle,
    Duration linger,
    Duration gate,
    Duration comment,
    Duration sweep) {

  /// Checks every span.
  public HttpTimers {
    for (Duration span :
        List.of(header, body, bodyWindow, write, idle, linger, gate, comment, sweep)) {
      if (!span.isPositive()) {
        throw new IllegalArgumentException("a timer of the HTTP server is not positive: " + span);
      }
    }
    if (bodyBytesPerSecond < 0) {
      throw new IllegalArgumentException("the least speed of a body is negative");
    }
  }

  /// The documented values.
  public static HttpTimers defaults() {
    return new HttpTimers(
        Duration.ofSeconds(10),
        Duration.ofSeconds(30),
        Duration.ofSeconds(10),
        1_024,
        Duration.ofSeconds(30),
        Duration.ofSeconds(90),
        Duration.ofSeconds(1),
        Duration.ofSeconds(2),
        Duration.ofSeconds(15),
        Duration.ofMillis(250));
  }
}
