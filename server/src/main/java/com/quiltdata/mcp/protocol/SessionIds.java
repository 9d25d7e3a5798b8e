package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.input.ClientCapability;
import com.quiltdata.mcp.state.Signer;
import com.quiltdata.mcp.state.StateKeys;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/// Session ids that hold all that the session is, signed, so that every replica understands them
/// (MCP 2025-11-25, basic/transports, "Session Management"). An id is no credential: who calls is
/// decided by each request's own token.
///
/// Content, 48 bytes: revision as it travels (10), flags of the capabilities (1), expiry in epoch
/// seconds (5), key (16), the first half of the SHA-256 of the principal, zeros for nobody (16).
final class SessionIds {
  static final String HEADER = "Mcp-Session-Id";

  private static final Duration LIFE = Duration.ofHours(24);
  private static final int VERSION_BYTES = 10;
  private static final int KEY_BYTES = 16;
  private static final int HASH_BYTES = 16;
  private static final byte[] NOBODY = new byte[HASH_BYTES];

  private final Signer signer;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  SessionIds(StateKeys keys, InstantSource clock) {
    this.signer = new Signer(keys, "session id", "q1");
    this.clock = clock;
  }

  /// A new session.
  Session open(ProtocolVersion version, Set<ClientCapability> capabilities, Caller caller) {
    byte[] key = new byte[KEY_BYTES];
    random.nextBytes(key);
    return new Session(
        version, version.known(capabilities), encoded(key), encoded(hash(caller.principal())));
  }

  /// The id that says all of a session.
  String id(Session session) {
    ByteBuffer content = ByteBuffer.allocate(VERSION_BYTES + 1 + 5 + KEY_BYTES + HASH_BYTES);
    content.put(session.version().wire().getBytes(StandardCharsets.US_ASCII));
    content.put((byte) ClientCapability.toBits(session.capabilities()));
    long expiry = clock.instant().plus(LIFE).getEpochSecond();
    content.put((byte) (expiry >> 32)).putInt((int) expiry);
    content.put(decoded(session.key())).put(decoded(session.principal()));
    return signer.sign(content.array(), "");
  }

  /// Reads the id of a request.
  ///
  /// @return the session, or empty for an id that was not made here: clients invent ids when they
  ///   were given none
  /// @throws RpcException [ErrorCode#SESSION_ENDED] for one that was, and cannot be used by this
  ///   caller now
  Optional<Session> read(String id, Caller caller) {
    if (!signer.isOurs(id)) {
      return Optional.empty();
    }
    Session session = signer.read(id, "").flatMap(this::decode).orElseThrow(SessionIds::ended);
    boolean isOpen = session.principal().equals(encoded(NOBODY));
    if (!isOpen && !session.principal().equals(encoded(hash(caller.principal())))) {
      throw ended();
    }
    return Optional.of(session);
  }

  private Optional<Session> decode(byte[] bytes) {
    try {
      ByteBuffer content = ByteBuffer.wrap(bytes);
      byte[] version = new byte[VERSION_BYTES];
      content.get(version);
      Set<ClientCapability> capabilities = ClientCapability.ofBits(content.get());
      long expiry = ((content.get() & 0xffL) << 32) | (content.getInt() & 0xffffffffL);
      byte[] key = new byte[KEY_BYTES];
      byte[] principal = new byte[HASH_BYTES];
      content.get(key).get(principal);
      return ProtocolVersion.of(new String(version, StandardCharsets.US_ASCII))
          .filter(_ -> clock.instant().isBefore(Instant.ofEpochSecond(expiry)))
          .map(known -> new Session(known, capabilities, encoded(key), encoded(principal)));
    } catch (BufferUnderflowException _) {
      // Signed by another version of this program.
      return Optional.empty();
    }
  }

  private static RpcException ended() {
    return new RpcException(
        ErrorCode.SESSION_ENDED,
        "The session has ended or belongs to somebody else; send initialize again without "
            + HEADER);
  }

  private static byte[] hash(String principal) {
    if (principal.isEmpty()) {
      return NOBODY;
    }
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(principal.getBytes(StandardCharsets.UTF_8));
      return Arrays.copyOf(digest, HASH_BYTES);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] decoded(String text) {
    return Base64.getUrlDecoder().decode(text);
  }
}
