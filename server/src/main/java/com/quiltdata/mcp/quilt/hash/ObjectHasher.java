package com.quiltdata.mcp.quilt.hash;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/// Takes bytes in order and gives their digest.
sealed interface ObjectHasher {

  /// For the bytes of a whole object.
  static ObjectHasher of(HashKind kind, long sizeBytes) {
    return switch (kind) {
      case SHA2_256_CHUNKED -> new Chunked(Chunking.chunkSize(sizeBytes));
      case SHA256 -> new Plain();
      case CRC64NVME -> new Crc();
    };
  }

  /// For the bytes of one part of an object, which is the whole unless the hash is chunked.
  static ObjectHasher ofPart(HashKind kind) {
    return switch (kind) {
      case SHA2_256_CHUNKED, SHA256 -> new Plain();
      case CRC64NVME -> new Crc();
    };
  }

  /// Takes the next bytes.
  void update(byte[] bytes, int length);

  /// The digest, which [HashKind#spell] spells; ends the use of this hasher.
  byte[] digest();

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
    public byte[] digest() {
      if (filled > 0) {
        endChunk();
      }
      return whole.digest();
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
    public byte[] digest() {
      return digest.digest();
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
    public byte[] digest() {
      return ByteBuffer.allocate(Long.BYTES).putLong(crc.value()).array();
    }
  }
}
