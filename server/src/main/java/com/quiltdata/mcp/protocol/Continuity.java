package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.change.Changes;
import com.quiltdata.mcp.replica.Alone;
import com.quiltdata.mcp.replica.ReplicaId;
import com.quiltdata.mcp.replica.Replicas;
import com.quiltdata.mcp.state.StateKeys;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;

/// What lets one replica go on with what another began.
///
/// @param keys sign and seal what clients carry
/// @param areKeysShared whether all replicas have them, so that clients may carry something at all
/// @param replicas the others
/// @param changes news to clients
/// @param clock decides on expiry
public record Continuity(
    StateKeys keys,
    boolean areKeysShared,
    Replicas replicas,
    Changes changes,
    InstantSource clock) {
  /// Of the only replica there is.
  public static Continuity alone() {
    SecureRandom random = new SecureRandom();
    Replicas replicas = new Alone(ReplicaId.random(random), true);
    return new Continuity(
        StateKeys.ofProcess(random), true, replicas, new Changes(replicas), Clock.systemUTC());
  }
}
