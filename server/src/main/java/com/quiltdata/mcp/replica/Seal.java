package com.quiltdata.mcp.replica;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// Seals and opens what travels between replicas. Thread-safe.
///
/// A head of 24 bytes in clear: version, direction, key id (4), sender (6), nonce (12); behind it
/// the content under AES-256-GCM. The head is authenticated, and in a response the request's head
/// too, so that it answers that request and no other.
final class Seal {
  /// How much longer something is when it is sealed.
  static final int OVERHEAD_BYTES = 24 + 16;

  private static final byte VERSION = 1;
  private static final int KEY_ID_AT = 2;
  private static final int SENDER_AT = KEY_ID_AT + SealingKeys.ID_BYTES;
  private static final int NONCE_AT = SENDER_AT + ReplicaId.BYTES;
  private static final int NONCE_BYTES = 12;
  private static final int HEAD_BYTES = NONCE_AT + NONCE_BYTES;
  private static final int TAG_BITS = 128;

  private final SealingKeys keys;
  private final ReplicaId self;
  private final SecureRandom random = new SecureRandom();

  Seal(SealingKeys keys, ReplicaId self) {
    this.keys = keys;
    this.self = self;
  }

  /// What was sealed.
  ///
  /// @param sender who sealed it, proven
  /// @param head never the same twice
  /// @param content what it holds
  record Opened(ReplicaId sender, byte[] head, byte[] content) {}

  byte[] request(byte[] content) {
    return seal(Direction.REQUEST, content, new byte[0]);
  }

  Optional<Opened> openRequest(byte[] sealed) {
    return open(Direction.REQUEST, sealed, new byte[0]);
  }

  /// @param requestHead of the request that is answered
  byte[] response(byte[] content, byte[] requestHead) {
    return seal(Direction.RESPONSE, content, requestHead);
  }

  /// @param request as it was sent
  Optional<Opened> openResponse(byte[] sealed, byte[] request) {
    return open(Direction.RESPONSE, sealed, Arrays.copyOf(request, HEAD_BYTES));
  }

  private byte[] seal(Direction direction, byte[] content, byte[] bound) {
    SealingKeys.Key key = keys.newest();
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    ByteBuffer sealed =
        ByteBuffer.allocate(content.length + OVERHEAD_BYTES)
            .put(VERSION)
            .put(direction.code())
            .put(key.id())
            .put(self.bytes())
            .put(nonce);
    byte[] head = Arrays.copyOf(sealed.array(), HEAD_BYTES);
    try {
      cipher(Cipher.ENCRYPT_MODE, key, direction, self, head, bound)
          .doFinal(ByteBuffer.wrap(content), sealed);
      return sealed.array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is part of every JDK", e);
    }
  }

  private Optional<Opened> open(Direction direction, byte[] sealed, byte[] bound) {
    if (sealed.length < OVERHEAD_BYTES || sealed[0] != VERSION || sealed[1] != direction.code()) {
      return Optional.empty();
    }
    byte[] head = Arrays.copyOf(sealed, HEAD_BYTES);
    ReplicaId sender = ReplicaId.of(Arrays.copyOfRange(head, SENDER_AT, NONCE_AT));
    return keys.find(Arrays.copyOfRange(head, KEY_ID_AT, SENDER_AT))
        .flatMap(key -> {
          try {
            byte[] content =
                cipher(Cipher.DECRYPT_MODE, key, direction, sender, head, bound)
                    .doFinal(sealed, HEAD_BYTES, sealed.length - HEAD_BYTES);
            return Optional.of(new Opened(sender, head, content));
          } catch (GeneralSecurityException _) {
            return Optional.empty();
          }
        });
  }

  private static Cipher cipher(
      int mode,
      SealingKeys.Key key,
      Direction direction,
      ReplicaId sender,
      byte[] head,
      byte[] bound)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(
        mode,
        key.of(direction, sender),
        new GCMParameterSpec(TAG_BITS, head, NONCE_AT, NONCE_BYTES));
    cipher.updateAAD(head);
    cipher.updateAAD(bound);
    return cipher;
  }
}
