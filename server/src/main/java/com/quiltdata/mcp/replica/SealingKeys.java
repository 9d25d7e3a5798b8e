package com.quiltdata.mcp.replica;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/// The keys that all replicas share, and nobody else has: one, or two while the secret is rotated.
/// HKDF-SHA256 (RFC 5869) makes them from the secret, and another one for each sender and
/// direction, so that random nonces of one key stay far below the 2³² that AES-GCM bears.
public final class SealingKeys {
  static final int ID_BYTES = 4;

  private static final byte[] SALT = "quilt-mcp replicas v1".getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_BYTES = 32;

  private final List<Key> keys;

  private SealingKeys(List<Key> keys) {
    this.keys = keys;
  }

  /// One key.
  static final class Key {
    private final byte[] id;
    private final SecretKey master;

    private Key(byte[] secret) {
      this.id = expand(secret, "key id", "Generic", ID_BYTES).getEncoded();
      this.master = expand(secret, "messages", "Generic", KEY_BYTES);
    }

    /// Tells keys apart without telling anything of them.
    byte[] id() {
      return id.clone();
    }

    /// The key for what one replica sends.
    SecretKey of(Direction direction, ReplicaId sender) {
      byte[] info = (direction.name() + " " + sender.text()).getBytes(StandardCharsets.US_ASCII);
      return derive("AES", HKDFParameterSpec.expandOnly(master, info, KEY_BYTES));
    }
  }

  /// Keys from secrets that all replicas know.
  ///
  /// @param secrets the newest first; older ones only open
  /// @return the keys
  /// @throws IllegalArgumentException when there is no secret
  public static SealingKeys of(List<String> secrets) {
    if (secrets.isEmpty()) {
      throw new IllegalArgumentException("replicas need a secret to talk to each other");
    }
    return new SealingKeys(
        secrets.stream().map(secret -> new Key(secret.getBytes(StandardCharsets.UTF_8))).toList());
  }

  Key newest() {
    return keys.getFirst();
  }

  Optional<Key> find(byte[] id) {
    return keys.stream().filter(key -> Arrays.equals(key.id, id)).findFirst();
  }

  private static SecretKey expand(byte[] secret, String label, String algorithm, int bytes) {
    return derive(
        algorithm,
        HKDFParameterSpec.ofExtract()
            .addIKM(secret)
            .addSalt(SALT)
            .thenExpand(label.getBytes(StandardCharsets.US_ASCII), bytes));
  }

  private static SecretKey derive(String algorithm, HKDFParameterSpec parameters) {
    try {
      return KDF.getInstance("HKDF-SHA256").deriveKey(algorithm, parameters);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF-SHA256 is part of every JDK 25", e);
    }
  }

  @Override
  public String toString() {
    return "***";
  }
}
