package com.quiltdata.mcp.replica;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/// What one replica sends to another, before it is sealed: time (8 bytes, milliseconds), receiver
/// (6, zeros for anybody), kind, length of the topic, topic, body.
///
/// @param kind what is wanted
/// @param time by the sender's clock
/// @param to who alone may take it; empty for whoever is there
/// @param topic of a message, else empty
/// @param body a message or a greeting
record PeerRequest(Kind kind, Instant time, Optional<ReplicaId> to, String topic, byte[] body) {
  static final int OVERHEAD_BYTES = 16 + Handlers.MAX_TOPIC_CHARS;

  private static final ReplicaId ANYBODY = ReplicaId.of(new byte[ReplicaId.BYTES]);

  /// What is wanted.
  enum Kind {
    /// Who are you, and whom do you know? The body is a [Greeting].
    HELLO(1),
    /// I am about to end.
    GOODBYE(2),
    /// Have a message taken.
    MESSAGE(3);

    private final int code;

    Kind(int code) {
      this.code = code;
    }

    private static Optional<Kind> of(int code) {
      return Arrays.stream(values()).filter(kind -> kind.code == code).findFirst();
    }
  }

  byte[] bytes() {
    byte[] name = topic.getBytes(StandardCharsets.US_ASCII);
    return ByteBuffer.allocate(16 + name.length + body.length)
        .putLong(time.toEpochMilli())
        .put(to.orElse(ANYBODY).bytes())
        .put((byte) kind.code)
        .put((byte) name.length)
        .put(name)
        .put(body)
        .array();
  }

  /// Reads what an authenticated replica sent, perhaps one of another version.
  static Optional<PeerRequest> read(byte[] bytes) {
    try {
      ByteBuffer in = ByteBuffer.wrap(bytes);
      Instant time = Instant.ofEpochMilli(in.getLong());
      byte[] to = new byte[ReplicaId.BYTES];
      in.get(to);
      Optional<Kind> kind = Kind.of(in.get());
      byte[] topic = new byte[Byte.toUnsignedInt(in.get())];
      in.get(topic);
      byte[] body = new byte[in.remaining()];
      in.get(body);
      return kind.map(known ->
          new PeerRequest(
              known,
              time,
              Optional.of(ReplicaId.of(to)).filter(id -> !id.equals(ANYBODY)),
              new String(topic, StandardCharsets.US_ASCII),
              body));
    } catch (BufferUnderflowException _) {
      return Optional.empty();
    }
  }
}
