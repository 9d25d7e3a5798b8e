package com.quiltdata.mcp.quilt.hash;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;

/// Takes the bytes of one object in order and gives the value of its hash.
sealed interface ObjectHasher {

  static ObjectHasher of(HashKind kind, long sizeBytes) {
    return switch (kind) {
      case SHA2_256_CHUNKED -> new Chunked(Chunking.chunkSize(sizeBytes));
      case SHA256 -> new Plain();
      case CRC64NVME -> new Crc();
    };
  }

  /// Takes the next bytes.
  void update(byte[] bytes, int length);

  /// The hash as a manifest spells it; ends the use of this hasher.
  String value();

  /// SHA-256 over the digests of the chunks; no chunk at all for no bytes.
  final class Chunked implements ObjectHasher {
    private final MessageDigest whole = Sha256.newDigest();
    private final MessageDigest chunk = Sha256.newDigest();
    private final long chunkSize;
    private long filled;

    private Chunked(long chunkSize) {
      this.chunkSize = chunkSize;
    }

    @Override
    public void update(byte[] bytes, int length) {
      int offset = 0;
      while (offset < length) {
        int count = (int) Math.min(chunkSize - filled, length - offset);
        chunk.update(bytes, offset, count);
        offset += count;
        filled += count;
        if (filled == chunkSize) {
          endChunk();
        }
      }
    }

    private void endChunk() {
      whole.update(chunk.digest());
      filled = 0;
    }

    @Override
    public String value() {
      if (filled > 0) {
        endChunk();
      }
      return Base64.getEncoder().encodeToString(whole.digest());
    }
  }

  /// SHA-256 of the bytes.
  final class Plain implements ObjectHasher {
    private final MessageDigest digest = Sha256.newDigest();

    private Plain() {}

    @Override
    public void update(byte[] bytes, int length) {
      digest.update(bytes, 0, length);
    }

    @Override
    public String value() {
      return HexFormat.of().formatHex(digest.digest());
    }
  }

  /// The CRC of the bytes.
  final class Crc implements ObjectHasher {
    private final Crc64Nvme crc = new Crc64Nvme();

    private Crc() {}

    @Override
    public void update(byte[] bytes, int length) {
      crc.update(bytes, length);
    }

    @Override
    public String value() {
      return Base64.getEncoder()
          .encodeToString(ByteBuffer.allocate(Long.BYTES).putLong(crc.value()).array());
    }
  }
}
