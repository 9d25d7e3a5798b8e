package com.quiltdata.mcp.replica;

import java.time.Duration;

/// How long anything between replicas may take.
///
/// @param connect until a peer takes a connection
/// @param answer until a peer has answered a message, connecting included
/// @param greeting until a peer has answered a greeting
/// @param start how long the start waits for peers
/// @param leave how long the end waits for peers
/// @param pause between two greetings of a peer, give or take a quarter
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
        Duration.ofSeconds(10),
        Duration.ofSeconds(60),
        Duration.ofSeconds(60));
  }
}
