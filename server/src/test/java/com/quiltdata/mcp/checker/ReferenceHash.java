package com.quiltdata.mcp.checker;

import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/// Hashes of objects, computed as the description says and as slowly as it likes.
final class ReferenceHash {
  private static final int BLOCK = 8 << 20;

  private ReferenceHash() {}

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// The value of a hash of bytes whose size is known.
  static String value(String type, InputStream bytes, long size) throws IOException {
    return switch (type) {
      case "sha2-256-chunked" -> Base64.getEncoder().encodeToString(chunked(bytes, size));
      case "SHA256" -> {
        MessageDigest digest = sha256();
        for (byte[] block = bytes.readNBytes(BLOCK);
            block.length > 0;
            block = bytes.readNBytes(BLOCK)) {
          digest.update(block);
        }
        yield HexFormat.of().formatHex(digest.digest());
      }
      case "CRC64NVME" ->
          Base64.getEncoder().encodeToString(ByteBuffer.allocate(8).putLong(crc(bytes)).array());
      default -> "the type %s is not known".formatted(type);
    };
  }

  /// SHA-256 over the digests of chunks of 8 MiB, doubled until 10,000 are enough.
  static byte[] chunked(InputStream bytes, long size) throws IOException {
    BigInteger chunk = BigInteger.valueOf(BLOCK);
    while ((size + chunk.longValue() - 1) / chunk.longValue() > 10_000) {
      chunk = chunk.shiftLeft(1);
    }
    MessageDigest whole = sha256();
    for (byte[] block = bytes.readNBytes(chunk.intValueExact());
        block.length > 0;
        block = bytes.readNBytes(chunk.intValueExact())) {
      whole.update(sha256().digest(block));
    }
    return whole.digest();
  }

  private static long crc(InputStream bytes) throws IOException {
    long polynomial = Long.reverse(0xAD93D23594C93659L);
    long crc = -1;
    for (int b = bytes.read(); b >= 0; b = bytes.read()) {
      crc ^= b;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 1 ? (crc >>> 1) ^ polynomial : crc >>> 1;
      }
    }
    return ~crc;
  }
}
