package com.quiltdata.mcp.task;

import com.quiltdata.mcp.replica.ReplicaId;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/// The content of the id of a task that a replica runs: which one, since when, and something that
/// nobody guesses.
///
/// @param owner the replica
/// @param createdAt in whole seconds
/// @param key random
record TaskId(ReplicaId owner, Instant createdAt, long key) {
  private static final int OWNER_BYTES = 6;
  private static final int BYTES = OWNER_BYTES + 5 + Long.BYTES;

  static TaskId of(ReplicaId owner, Instant createdAt, SecureRandom random) {
    return new TaskId(owner, Instant.ofEpochSecond(createdAt.getEpochSecond()), random.nextLong());
  }

  byte[] toBytes() {
    long seconds = createdAt.getEpochSecond();
    return ByteBuffer.allocate(BYTES)
        .put(Base64.getUrlDecoder().decode(owner.text()))
        .put((byte) (seconds >> 32))
        .putInt((int) seconds)
        .putLong(key)
        .array();
  }

  static Optional<TaskId> of(byte[] bytes) {
    if (bytes.length != BYTES) {
      return Optional.empty();
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    byte[] owner = new byte[OWNER_BYTES];
    buffer.get(owner);
    long seconds = ((buffer.get() & 0xffL) << 32) | (buffer.getInt() & 0xffffffffL);
    long key = buffer.getLong();
    return ReplicaId.parse(Base64.getUrlEncoder().encodeToString(owner))
        .map(replica -> new TaskId(replica, Instant.ofEpochSecond(seconds), key));
  }
}
