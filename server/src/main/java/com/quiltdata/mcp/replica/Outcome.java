package com.quiltdata.mcp.replica;

/// What came of a request to an address.
sealed interface Outcome {
  /// A replica answered.
  ///
  /// @param from which, proven
  /// @param response what it said
  record Responded(ReplicaId from, PeerResponse response) implements Outcome {}

  /// The connection was refused: nobody listens there.
  record Nobody() implements Outcome {}

  /// There was no answer in time, or none that could be read.
  record Silent() implements Outcome {}

  /// Somebody answered who has not our key, or whose clock is off.
  record Foreign() implements Outcome {}
}
