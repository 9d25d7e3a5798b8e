package com.quiltdata.mcp.quilt.hash;

import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// How the bytes of an object are hashed.
public enum HashKind {
  /// What today's client writes: SHA-256 over the SHA-256 digests of the chunks, in base64.
  SHA2_256_CHUNKED("sha2-256-chunked"),
  /// What older packages hold: plain SHA-256 in lower-case hexadecimal digits.
  SHA256("SHA256"),
  /// What some catalogs write: the CRC in base64, most significant byte first.
  CRC64NVME("CRC64NVME");

  private final String wire;

  HashKind(String wire) {
    this.wire = wire;
  }

  /// The `type` in a manifest.
  public String wire() {
    return wire;
  }

  /// How a manifest spells a digest.
  String spell(byte[] digest) {
    return switch (this) {
      case SHA2_256_CHUNKED, CRC64NVME -> Base64.getEncoder().encodeToString(digest);
      case SHA256 -> HexFormat.of().formatHex(digest);
    };
  }

  /// Finds a kind by its `type`.
  ///
  /// @param type as it stands in a manifest
  /// @return the kind, or empty when this program does not know it
  public static Optional<HashKind> of(String type) {
    return Arrays.stream(values()).filter(kind -> kind.wire.equals(type)).findAny();
  }
}
