package com.quiltdata.mcp.auth;

/// Something to say about a signing secret before it is used.
///
/// @see SigningSecret#findings()
public enum SecretFinding {
  /// There is no secret.
  MISSING(true, "is missing: set a secret of at least 32 random bytes"),
  /// Under the 256 bits that HS256 needs, RFC 7518 section 3.2.
  TOO_SHORT(true, "is shorter than 32 bytes (256 bits), the least that HS256 allows"),
  /// The default of earlier versions, which everybody can read.
  PUBLISHED_DEFAULT(true, "is the published default, which everybody knows"),
  /// Long, and as easy to guess as one character.
  ONE_REPEATED_CHARACTER(true, "is one repeated character"),
  /// Usable as it is, but probably not what was meant.
  SURROUNDING_SPACE(
      false,
      "begins or ends with white space, which counts: a line end from a parameter store is a common"
          + " mistake");

  private final boolean isFatal;
  private final String rule;

  SecretFinding(boolean isFatal, String rule) {
    this.isFatal = isFatal;
    this.rule = rule;
  }

  /// Whether a server that others reach must not start with such a secret.
  public boolean isFatal() {
    return isFatal;
  }

  /// The second half of a sentence that begins with the name of the setting. It holds no part of
  /// the secret.
  public String rule() {
    return rule;
  }
}
