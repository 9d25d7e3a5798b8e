package com.quiltdata.mcp.replica;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// What a replica sends back, before it is sealed: status, body.
///
/// @param status what came of the request
/// @param body an answer or a greeting
record PeerResponse(Status status, byte[] body) {
  static final int OVERHEAD_BYTES = 1;

  /// What came of a request.
  enum Status {
    /// It was taken; the body is the answer.
    TAKEN(1),
    /// It is for another replica, and was not taken.
    NOT_ME(2),
    /// There is no handler of its topic, or the handler failed.
    FAILED(3);

    private final int code;

    Status(int code) {
      this.code = code;
    }

    private static Optional<Status> of(int code) {
      return Arrays.stream(values()).filter(status -> status.code == code).findFirst();
    }
  }

  static PeerResponse of(Status status) {
    return new PeerResponse(status, new byte[0]);
  }

  byte[] bytes() {
    return ByteBuffer.allocate(OVERHEAD_BYTES + body.length)
        .put((byte) status.code)
        .put(body)
        .array();
  }

  static Optional<PeerResponse> read(byte[] bytes) {
    if (bytes.length < OVERHEAD_BYTES) {
      return Optional.empty();
    }
    byte[] body = Arrays.copyOfRange(bytes, OVERHEAD_BYTES, bytes.length);
    return Status.of(bytes[0]).map(status -> new PeerResponse(status, body));
  }
}
