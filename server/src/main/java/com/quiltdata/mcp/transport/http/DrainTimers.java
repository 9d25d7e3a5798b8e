package com.quiltdata.mcp.transport.http;

import java.time.Duration;

/// How the server comes to its end. Zero is allowed everywhere.
///
/// @param atLeast accept for this long, however quiet it is: a balancer learns late
/// @param quiet then leave once no request but probes has come for this long
/// @param atMost leave in any case
/// @param grace after the port is closed: for what is in work
public record DrainTimers(Duration atLeast, Duration quiet, Duration atMost, Duration grace) {

  /// Checks that no span is negative.
  public DrainTimers {
    if (atLeast.isNegative() || quiet.isNegative() || atMost.isNegative() || grace.isNegative()) {
      throw new IllegalArgumentException("a timer of the drain is negative");
    }
  }

  /// For a server behind a load balancer with a deregistration delay of 30 s.
  public static DrainTimers defaults() {
    return new DrainTimers(
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        Duration.ofSeconds(35),
        Duration.ofSeconds(25));
  }

  /// For one user at one machine: no waiting, calls in work get a moment.
  public static DrainTimers immediate() {
    return new DrainTimers(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ofSeconds(5));
  }
}
