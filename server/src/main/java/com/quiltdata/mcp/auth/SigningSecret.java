package com.quiltdata.mcp.auth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The secret that the catalog and this server share, as its UTF-8 bytes. It never prints itself.
///
/// Any text makes a secret, so that the start-up rules are asked in one place: [#findings()].
public final class SigningSecret {
  private static final int MIN_BYTES = 32;
  private static final String PUBLISHED_DEFAULT = "development-enhanced-jwt-secret";

  private final String text;

  private SigningSecret(String text) {
    this.text = text;
  }

  /// A secret from a setting. The text is taken as it is: not trimmed, not base64-decoded.
  ///
  /// @param text the secret
  /// @return the same, guarded
  public static SigningSecret of(String text) {
    return new SigningSecret(text);
  }

  /// What is wrong with this secret, worst first; empty when nothing is.
  public List<SecretFinding> findings() {
    if (text.isEmpty()) {
      return List.of(SecretFinding.MISSING);
    }
    List<SecretFinding> found = new ArrayList<>();
    // A line end must not make the default pass: it has 31 bytes, one short of the least.
    String core = text.strip();
    if (bytes().length < MIN_BYTES) {
      found.add(SecretFinding.TOO_SHORT);
    }
    if (core.equals(PUBLISHED_DEFAULT)) {
      found.add(SecretFinding.PUBLISHED_DEFAULT);
    }
    if (core.codePoints().distinct().count() <= 1) {
      found.add(SecretFinding.ONE_REPEATED_CHARACTER);
    }
    if (!core.equals(text)) {
      found.add(SecretFinding.SURROUNDING_SPACE);
    }
    return List.copyOf(found);
  }

  /// The bytes that sign.
  byte[] bytes() {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof SigningSecret secret && MessageDigest.isEqual(bytes(), secret.bytes());
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return "***";
  }
}
