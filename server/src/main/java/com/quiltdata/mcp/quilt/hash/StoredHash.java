package com.quiltdata.mcp.quilt.hash;

import com.quiltdata.mcp.storage.StoredChecksum;
import java.util.Base64;
import java.util.Optional;

/// Hashes that follow from checksums which a store keeps with its objects, so that nobody has to
/// read the bytes again.
public final class StoredHash {
  private static final String SHA256 = "SHA256";
  private static final String CRC64NVME = "CRC64NVME";
  private static final int DIGEST_BYTES = 32;
  private static final int CRC_BYTES = 8;

  private StoredHash() {}

  /// The hash of an object, where a checksum says it exactly.
  ///
  /// A checksum over the checksums of parts is a chunked hash when the parts are the chunks; one
  /// over all bytes is the digest of the only chunk of a small object.
  ///
  /// @param kind which hash is wanted
  /// @param checksum what the store keeps
  /// @param sizeBytes the size of the object
  /// @return the hash; empty when it does not follow
  public static Optional<ObjectHash> of(HashKind kind, StoredChecksum checksum, long sizeBytes) {
    return digest(checksum)
        .flatMap(stored ->
            switch (kind) {
              case SHA2_256_CHUNKED -> chunked(stored, checksum, sizeBytes);
              case SHA256 -> whole(stored, checksum, SHA256);
              case CRC64NVME -> whole(stored, checksum, CRC64NVME);
            })
        .map(digest -> ObjectHash.of(kind, digest));
  }

  /// The bytes of a value, perhaps without the count of parts that S3 puts behind it.
  private static Optional<byte[]> digest(StoredChecksum checksum) {
    int length =
        switch (checksum.algorithm()) {
          case SHA256 -> DIGEST_BYTES;
          case CRC64NVME -> CRC_BYTES;
          default -> -1;
        };
    String value = checksum.value();
    int dash = value.indexOf('-');
    try {
      byte[] bytes = Base64.getDecoder().decode(dash < 0 ? value : value.substring(0, dash));
      return Optional.of(bytes).filter(all -> all.length == length);
    } catch (IllegalArgumentException notBase64) {
      return Optional.empty();
    }
  }

  private static Optional<byte[]> whole(byte[] stored, StoredChecksum checksum, String algorithm) {
    return checksum.algorithm().equals(algorithm) && !hasParts(checksum)
        ? Optional.of(stored)
        : Optional.empty();
  }

  private static boolean hasParts(StoredChecksum checksum) {
    return checksum.partSize() > 0 || checksum.value().indexOf('-') >= 0;
  }

  private static Optional<byte[]> chunked(byte[] stored, StoredChecksum checksum, long sizeBytes) {
    if (!checksum.algorithm().equals(SHA256)) {
      return Optional.empty();
    }
    long chunkSize = Chunking.chunkSize(sizeBytes);
    if (hasParts(checksum)) {
      return sizeBytes > 0 && partsAreChunks(checksum, sizeBytes, chunkSize)
          ? Optional.of(stored)
          : Optional.empty();
    }
    // No bytes are no chunk, and their digest stays as it is.
    if (sizeBytes == 0) {
      return Optional.of(stored);
    }
    return sizeBytes <= chunkSize
        ? Optional.of(Sha256.newDigest().digest(stored))
        : Optional.empty();
  }

  private static boolean partsAreChunks(StoredChecksum checksum, long sizeBytes, long chunkSize) {
    long chunks = Math.ceilDiv(sizeBytes, chunkSize);
    int dash = checksum.value().indexOf('-');
    if (dash >= 0 && !checksum.value().substring(dash + 1).equals(Long.toString(chunks))) {
      return false;
    }
    // The last part, and so the only one, may be shorter than the others.
    return chunks == 1 ? checksum.partSize() >= sizeBytes : checksum.partSize() == chunkSize;
  }
}
