package com.quiltdata.mcp.quilt.hash;

/// How objects are cut into chunks, for hashing and for uploading in parts.
public final class Chunking {
  /// The size of a chunk of all but very large objects: 8 MiB.
  public static final long MIN_CHUNK_BYTES = 8L << 20;

  private static final long MAX_CHUNKS = 10_000;

  private Chunking() {}

  /// The size of the chunks of an object: 8 MiB, doubled until 10,000 are enough.
  ///
  /// @param sizeBytes the size of the object
  /// @return the size of a chunk in bytes
  public static long chunkSize(long sizeBytes) {
    long chunk = MIN_CHUNK_BYTES;
    while (Math.ceilDiv(sizeBytes, chunk) > MAX_CHUNKS) {
      chunk *= 2;
    }
    return chunk;
  }
}
