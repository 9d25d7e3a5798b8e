package com.quiltdata.mcp.state;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;

/// Makes texts that clients can read and nobody else can make:
/// `PREFIX.KEY_ID.BASE64URL(content).BASE64URL(HMAC-SHA-256, the first half)`. Thread-safe.
public final class Signer {
  private static final String HMAC = "HmacSHA256";
  private static final int MAC_BYTES = 16;
  private static final int PARTS = 4;

  /// Longer texts are not even looked at.
  private static final int MAX_CHARS = 4 << 10;

  private final List<StateKeys.Key> keys;
  private final String prefix;

  /// A signer for one purpose.
  ///
  /// @param keys shared by all replicas
  /// @param purpose for example `session id`
  /// @param prefix what its texts begin with, before the first dot
  public Signer(StateKeys keys, String purpose, String prefix) {
    this.keys = keys.forPurpose(purpose, HMAC);
    this.prefix = prefix;
  }

  /// Whether a text claims to come from here.
  ///
  /// @param text anything
  /// @return true when it begins as those that are made here
  public boolean isOurs(String text) {
    return text.startsWith(prefix + ".");
  }

  /// Signs some bytes.
  ///
  /// @param content readable by everybody
  /// @param context what the text is bound to beyond its content; to be given again on reading
  /// @return printable ASCII without blanks
  /// @throws IllegalArgumentException when it would be longer than 4,096 characters
  public String sign(byte[] content, String context) {
    StateKeys.Key key = keys.getFirst();
    String signed = prefix + "." + key.id() + "." + encoded(content);
    String text = signed + "." + encoded(mac(key, signed, context));
    if (text.length() > MAX_CHARS) {
      throw new IllegalArgumentException(
          "a signed text of %d characters; at most %d".formatted(text.length(), MAX_CHARS));
    }
    return text;
  }

  /// Reads a text.
  ///
  /// @param text anything
  /// @param context what it must be bound to
  /// @return the bytes, or empty when the text was not made here for this purpose and context
  public Optional<byte[]> read(String text, String context) {
    if (text.length() > MAX_CHARS) {
      return Optional.empty();
    }
    String[] parts = text.split("\\.", PARTS + 1);
    if (parts.length != PARTS || !parts[0].equals(prefix)) {
      return Optional.empty();
    }
    String signed = text.substring(0, text.lastIndexOf('.'));
    return decoded(parts[2])
        .filter(_ ->
            keys.stream()
                .filter(key -> key.id().equals(parts[1]))
                .anyMatch(key -> isEqual(encoded(mac(key, signed, context)), parts[3])));
  }

  /// Before the signature is compared: a text that holds nothing but base64url ends where its
  /// context begins.
  private static Optional<byte[]> decoded(String text) {
    try {
      return Optional.of(Base64.getUrlDecoder().decode(text));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// In constant time.
  private static boolean isEqual(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static String encoded(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] mac(StateKeys.Key key, String signed, String context) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key.material());
      mac.update(signed.getBytes(StandardCharsets.UTF_8));
      mac.update((byte) 0);
      return Arrays.copyOf(mac.doFinal(context.getBytes(StandardCharsets.UTF_8)), MAC_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HMAC-SHA-256 is part of every JDK", e);
    }
  }
}
