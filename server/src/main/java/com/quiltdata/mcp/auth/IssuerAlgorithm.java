package com.quiltdata.mcp.auth;

import java.util.Arrays;
import java.util.Optional;

/// How an issuer signs its tokens, RFC 7518 section 3.1; no other algorithm is taken. Which one a
/// key is for follows from the key, never from a token.
enum IssuerAlgorithm {
  /// RSA with SHA-256, PKCS #1 version 1.5.
  RS256("SHA256withRSA"),
  /// ECDSA with SHA-256 on the curve P-256; the signature is two numbers of 32 bytes.
  ES256("SHA256withECDSAinP1363Format");

  private final String signature;

  IssuerAlgorithm(String signature) {
    this.signature = signature;
  }

  /// The name of the JDK for it.
  String signature() {
    return signature;
  }

  /// Reads an `alg`.
  ///
  /// @return empty for any other
  static Optional<IssuerAlgorithm> of(String name) {
    return Arrays.stream(values()).filter(one -> one.name().equals(name)).findFirst();
  }
}
