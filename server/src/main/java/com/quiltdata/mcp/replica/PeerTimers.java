package com.quiltdata.mcp.replica;

import java.time.Duration;

/// How long anything between replicas may take.
///
/// @param connect until a peer takes a connection
/// @param answer until a peer has answered a message, connecting included
/// @param greeting until a peer has answered a greeting
/// @param start how long the start waits for peers
/// @param leave how long the end waits for peers
/// @param pause between two greetings of a peer, at least; give or take a quarter
/// @param gap between any two greetings of others, on average, at least: where there are many, each
///   is greeted less often
/// @param names between two looks at what the names of peers mean
/// @param memory how long a peer that nobody configured is remembered in silence
/// @param skew how far the clocks of two replicas may differ
public record PeerTimers(
    Duration connect,
    Duration answer,
    Duration greeting,
    Duration start,
    Duration leave,
    Duration pause,
    Duration gap,
    Duration names,
    Duration memory,
    Duration skew) {

  /// What deployments use.
  public static PeerTimers defaults() {
    return new PeerTimers(
        Duration.ofSeconds(2),
        Duration.ofSeconds(5),
        Duration.ofSeconds(2),
        Duration.ofSeconds(3),
        Duration.ofSeconds(2),
        Duration.ofMillis(1_500),
        Duration.ofMillis(400),
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(60));
  }

  /// The time between two greetings of one of several peers.
  ///
  /// @param peers how many there are
  Duration pauseAmong(int peers) {
    Duration shared = gap.multipliedBy(peers);
    return shared.compareTo(pause) > 0 ? shared : pause;
  }
}
