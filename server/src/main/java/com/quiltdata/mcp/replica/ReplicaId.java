package com.quiltdata.mcp.replica;

import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// The name of one running process of this server. A process that starts again has another one.
///
/// @param text six bytes as eight characters of base64url
public record ReplicaId(String text) {
  static final int BYTES = 6;

  private static final Pattern FORM = Pattern.compile("[A-Za-z0-9_-]{8}");

  /// Checks the form.
  public ReplicaId {
    if (!FORM.matcher(text).matches()) {
      throw new IllegalArgumentException("a replica id is eight characters of base64url");
    }
  }

  /// A new name.
  ///
  /// @param random where its bytes come from
  /// @return a name that no other process has
  public static ReplicaId random(RandomGenerator random) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return of(bytes);
  }

  /// Reads a name that came from outside.
  ///
  /// @param text of any form
  /// @return the name, empty when the text is none
  public static Optional<ReplicaId> parse(String text) {
    return FORM.matcher(text).matches() ? Optional.of(new ReplicaId(text)) : Optional.empty();
  }

  static ReplicaId of(byte[] bytes) {
    return new ReplicaId(Base64.getUrlEncoder().encodeToString(bytes));
  }

  byte[] bytes() {
    return Base64.getUrlDecoder().decode(text);
  }

  @Override
  public String toString() {
    return text;
  }
}
