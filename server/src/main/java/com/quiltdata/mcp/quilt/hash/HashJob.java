package com.quiltdata.mcp.quilt.hash;

import com.quiltdata.mcp.storage.ByteRange;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/// One object on its way to its hash: which parts are to be read, and the digests of those that
/// were. Used by one thread.
///
/// Chunks of the chunked hash are parts; the other kinds are read in one piece.
final class HashJob<T> {
  private final HashRequest<T> request;
  private final long partSize;
  private final byte[][] digests;
  private int begun;
  private int done;
  private @Nullable String etag;
  private boolean ended;

  HashJob(HashRequest<T> request) {
    this.request = request;
    boolean chunked = request.kind() == HashKind.SHA2_256_CHUNKED && request.sizeBytes() > 0;
    this.partSize =
        chunked ? Chunking.chunkSize(request.sizeBytes()) : Math.max(1, request.sizeBytes());
    this.digests = new byte[(int) Math.max(1, Math.ceilDiv(request.sizeBytes(), partSize))][];
  }

  HashRequest<T> request() {
    return request;
  }

  /// Whether there is a part that nobody reads yet.
  boolean hasNext() {
    return !ended && begun < digests.length;
  }

  /// The number of the next part to be read.
  int next() {
    return begun++;
  }

  ByteRange range(int part) {
    long start = part * partSize;
    return new ByteRange(start, Math.min(partSize, request.sizeBytes() - start));
  }

  /// Takes the digest of a part.
  ///
  /// @return false when it belongs to other bytes than the parts before
  boolean take(int part, ObjectReader.Part read) {
    if (etag != null && !etag.equals(read.etag())) {
      return false;
    }
    etag = read.etag();
    digests[part] = read.digest();
    done++;
    return true;
  }

  boolean isComplete() {
    return done == digests.length;
  }

  /// No more of this object is read.
  void end() {
    ended = true;
  }

  boolean isEnded() {
    return ended;
  }

  /// The hash, once all parts were taken.
  ObjectHash hash() {
    boolean joined = request.kind() == HashKind.SHA2_256_CHUNKED && request.sizeBytes() > 0;
    return ObjectHash.of(request.kind(), joined ? digestOfDigests() : digests[0]);
  }

  private byte[] digestOfDigests() {
    MessageDigest whole = Sha256.newDigest();
    for (byte[] digest : digests) {
      whole.update(digest);
    }
    return whole.digest();
  }
}
