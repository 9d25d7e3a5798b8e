package com.quiltdata.mcp.quilt.hash;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/// Gets the digests of parts of objects out of a store. Thread-safe.
final class ObjectReader {
  private static final int BLOCK = 65_536;

  private final ObjectStore store;
  private final boolean reuse;
  private final AtomicLong bytesRead = new AtomicLong();

  /// @param reuse whether stored checksums are as good as the bytes
  ObjectReader(ObjectStore store, boolean reuse) {
    this.store = store;
    this.reuse = reuse;
  }

  /// The digest of one part.
  ///
  /// @param digest of the bytes
  /// @param etag of the object that they belong to
  record Part(byte[] digest, String etag) {}

  /// Whether it is worth a look at what the store keeps.
  boolean reusesChecksums() {
    return reuse;
  }

  /// The hash that follows from what the store keeps with the object.
  Optional<ObjectHash> stored(HashRequest<?> request) {
    return store.checksums(request.location()).stream()
        .flatMap(checksum -> StoredHash.of(request.kind(), checksum, request.sizeBytes()).stream())
        .findFirst();
  }

  /// Reads a part and hashes it.
  Part read(HashRequest<?> request, ByteRange range, ObjectHasher hasher) {
    try (ObjectContent content = store.open(request.location(), range)) {
      requireSize(request, content.info().sizeBytes());
      long count = hash(content.stream(), range.length(), hasher);
      if (count < range.length()) {
        requireSize(request, range.offset() + count);
      }
      return new Part(hasher.digest(), content.info().etag());
    } catch (IOException e) {
      throw new Fault(
          FaultCode.UPSTREAM_UNAVAILABLE,
          "Object %s could not be read to its end".formatted(Quoted.of(request.location().uri())),
          e);
    }
  }

  private long hash(InputStream bytes, long length, ObjectHasher hasher) throws IOException {
    byte[] block = new byte[(int) Math.min(BLOCK, length)];
    long count = 0;
    while (count < length) {
      int read = bytes.read(block, 0, (int) Math.min(block.length, length - count));
      if (read < 0) {
        break;
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new Fault(FaultCode.CANCELLED, "The call was given up");
      }
      hasher.update(block, read);
      count += read;
      bytesRead.addAndGet(read);
    }
    return count;
  }

  private static void requireSize(HashRequest<?> request, long found) {
    if (found != request.sizeBytes()) {
      throw new Fault(
          FaultCode.CORRUPT_DATA,
          "Object %s: expected %d bytes, found %d"
              .formatted(Quoted.of(request.location().uri()), request.sizeBytes(), found));
    }
  }

  /// All bytes that were hashed so far.
  long bytesRead() {
    return bytesRead.get();
  }
}
