package com.quiltdata.mcp.state;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.spec.HKDFParameterSpec;

/// The keys behind everything that clients carry for the server: one secret, or two while it is
/// rotated, and a key of its own for each purpose (HKDF-SHA256, RFC 5869).
public final class StateKeys {
  private static final byte[] SALT = "quilt-mcp state v1".getBytes(StandardCharsets.US_ASCII);
  private static final int KEY_ID_BYTES = 3;
  private static final int SECRET_BYTES = 32;

  /// A key for one purpose.
  ///
  /// @param id tells keys of different secrets apart: 4 characters of base64url
  /// @param material 32 bytes
  record Key(String id, SecretKey material) {}

  private final List<byte[]> secrets;

  private StateKeys(List<byte[]> secrets) {
    this.secrets = secrets;
  }

  /// Keys from secrets that all replicas know.
  ///
  /// @param secrets the newest first; older ones are accepted and no longer used
  /// @return the keys
  /// @throws IllegalArgumentException when there is none, or an empty one
  public static StateKeys of(List<String> secrets) {
    if (secrets.isEmpty() || secrets.stream().anyMatch(String::isBlank)) {
      throw new IllegalArgumentException("no secret");
    }
    return new StateKeys(
        secrets.stream().map(secret -> secret.getBytes(StandardCharsets.UTF_8)).toList());
  }

  /// Keys of this process alone: what they made means nothing to another replica, nor after a
  /// restart.
  ///
  /// @param random where they come from
  /// @return the keys
  public static StateKeys ofProcess(SecureRandom random) {
    byte[] secret = new byte[SECRET_BYTES];
    random.nextBytes(secret);
    return new StateKeys(List.of(secret));
  }

  /// The keys for a purpose, the newest first.
  List<Key> forPurpose(String purpose, String algorithm) {
    List<Key> keys = new ArrayList<>();
    for (byte[] secret : secrets) {
      keys.add(
          new Key(
              Base64.getUrlEncoder()
                  .withoutPadding()
                  .encodeToString(derived(secret, "key id", "Generic", KEY_ID_BYTES).getEncoded()),
              derived(secret, purpose, algorithm, 32)));
    }
    return List.copyOf(keys);
  }

  private static SecretKey derived(byte[] secret, String purpose, String algorithm, int bytes) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveKey(
              algorithm,
              HKDFParameterSpec.ofExtract()
                  .addIKM(secret)
                  .addSalt(SALT)
                  .thenExpand(purpose.getBytes(StandardCharsets.US_ASCII), bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HKDF-SHA256 and AES are part of every JDK 25", e);
    }
  }
}
