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
/// @param createdAt in whole milliseconds
/// @param key random
record TaskId(ReplicaId owner, Instant createdAt, long key) {
  private static final int OWNER_BYTES = 6;
  private static final int TIME_BYTES = 6;
  private static final int BYTES = OWNER_BYTES + TIME_BYTES + Long.BYTES;

  static TaskId of(ReplicaId owner, Instant createdAt, SecureRandom random) {
    return new TaskId(owner, createdAt, random.nextLong());
  }

  byte[] toBytes() {
    long time = createdAt.toEpochMilli();
    return ByteBuffer.allocate(BYTES)
        .put(Base64.getUrlDecoder().decode(owner.text()))
        .putShort((short) (time >> Integer.SIZE))
        .putInt((int) time)
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
    long high = Short.toUnsignedLong(buffer.getShort());
    long time = (high << Integer.SIZE) | Integer.toUnsignedLong(buffer.getInt());
    long key = buffer.getLong();
    return ReplicaId.parse(Base64.getUrlEncoder().encodeToString(owner))
        .map(replica -> new TaskId(replica, Instant.ofEpochMilli(time), key));
  }
}
