package com.quiltdata.mcp.state;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Makes texts of JSON objects that clients carry and can neither read nor change:
/// `v1.KEY_ID.BASE64URL(nonce, AES-256-GCM)`. Thread-safe.
public final class Sealer {
  private static final String VERSION = "v1";
  private static final String CIPHER = "AES/GCM/NoPadding";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final int PARTS = 3;
  private static final String EXPIRY = "exp";

  private final StrictJson json = new StrictJson(JsonLimits.DEFAULT);
  private final SecureRandom random = new SecureRandom();
  private final List<StateKeys.Key> keys;
  private final String purpose;
  private final int maxChars;
  private final InstantSource clock;

  /// A sealer for one purpose: what it makes, another one cannot open.
  ///
  /// @param keys shared by all replicas
  /// @param purpose for example `request state`
  /// @param maxChars longest text that is made or opened
  /// @param clock decides on expiry
  public Sealer(StateKeys keys, String purpose, int maxChars, InstantSource clock) {
    this.keys = keys.forPurpose(purpose, "AES");
    this.purpose = purpose;
    this.maxChars = maxChars;
    this.clock = clock;
  }

  /// Seals an object.
  ///
  /// @param content has no member `exp`
  /// @param life how long it can be opened
  /// @return printable ASCII
  /// @throws IllegalArgumentException when it would be too long
  public String seal(ObjectNode content, Duration life) {
    if (content.has(EXPIRY)) {
      throw new IllegalArgumentException("the member " + EXPIRY + " is taken");
    }
    ObjectNode dated = content.deepCopy().put(EXPIRY, clock.instant().plus(life).toEpochMilli());
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    StateKeys.Key key = keys.getFirst();
    try {
      byte[] secret = cipher(Cipher.ENCRYPT_MODE, key, nonce).doFinal(json.write(dated));
      byte[] both = Arrays.copyOf(nonce, nonce.length + secret.length);
      System.arraycopy(secret, 0, both, nonce.length, secret.length);
      String text =
          VERSION
              + "."
              + key.id()
              + "."
              + Base64.getUrlEncoder().withoutPadding().encodeToString(both);
      if (text.length() > maxChars) {
        throw new IllegalArgumentException(
            "%s of %d characters; at most %d".formatted(purpose, text.length(), maxChars));
      }
      return text;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES-GCM is part of every JDK", e);
    }
  }

  /// Opens a text.
  ///
  /// @param text anything
  /// @return the object as it was sealed, or empty when it was not made here for this purpose, was
  ///   changed, or has expired: from the millisecond on in which its life is over
  public Optional<ObjectNode> open(String text) {
    if (text.length() > maxChars) {
      return Optional.empty();
    }
    String[] parts = text.split("\\.", PARTS + 1);
    if (parts.length != PARTS || !parts[0].equals(VERSION)) {
      return Optional.empty();
    }
    return keys.stream()
        .filter(key -> key.id().equals(parts[1]))
        .flatMap(key -> open(key, parts[2]).stream())
        .findFirst()
        .filter(this::isAlive);
  }

  /// Takes the expiry out of what was sealed.
  private boolean isAlive(ObjectNode dated) {
    JsonNode expiry = dated.remove(EXPIRY);
    return expiry != null && clock.instant().isBefore(Instant.ofEpochMilli(expiry.asLong(0)));
  }

  private Optional<ObjectNode> open(StateKeys.Key key, String encoded) {
    try {
      byte[] both = Base64.getUrlDecoder().decode(encoded);
      boolean isCanonical =
          Base64.getUrlEncoder().withoutPadding().encodeToString(both).equals(encoded);
      if (!isCanonical || both.length < NONCE_BYTES + TAG_BITS / 8) {
        return Optional.empty();
      }
      byte[] content =
          cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(both, NONCE_BYTES))
              .doFinal(both, NONCE_BYTES, both.length - NONCE_BYTES);
      return json.read(content) instanceof ObjectNode object
          ? Optional.of(object)
          : Optional.empty();
    } catch (IllegalArgumentException | GeneralSecurityException | MalformedJsonException _) {
      return Optional.empty();
    }
  }

  private Cipher cipher(int mode, StateKeys.Key key, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(CIPHER);
    cipher.init(mode, key.material(), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(purpose.getBytes(StandardCharsets.US_ASCII));
    return cipher;
  }
}
