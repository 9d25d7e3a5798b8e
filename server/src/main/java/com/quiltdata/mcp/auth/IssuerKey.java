package com.quiltdata.mcp.auth;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.interfaces.RSAPublicKey;

/// A public key of an issuer.
///
/// @param id its `kid`
/// @param algorithm the only one that it is used with
/// @param key the key, of the kind that the algorithm needs
record IssuerKey(String id, IssuerAlgorithm algorithm, PublicKey key) implements VerifyingKey {
  private static final int P256_SIGNATURE_BYTES = 64;

  /// Whether the other half of this key made a signature.
  boolean verifies(byte[] signed, byte[] signature) {
    if (signature.length != signatureBytes()) {
      return false;
    }
    try {
      Signature check = Signature.getInstance(algorithm.signature());
      check.initVerify(key);
      check.update(signed);
      return check.verify(signature);
    } catch (SignatureException _) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java cannot check signatures", e);
    }
  }

  private int signatureBytes() {
    return key instanceof RSAPublicKey rsa
        ? (rsa.getModulus().bitLength() + Byte.SIZE - 1) / Byte.SIZE
        : P256_SIGNATURE_BYTES;
  }
}
