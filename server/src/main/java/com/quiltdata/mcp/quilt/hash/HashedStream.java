package com.quiltdata.mcp.quilt.hash;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/// Hashes bytes while somebody else reads them, in blocks and to the end. Not thread-safe.
public final class HashedStream extends FilterInputStream {
  private final HashKind kind;
  private final ObjectHasher hasher;
  private long count;

  /// Passes bytes on.
  ///
  /// @param in the bytes; closed with this stream
  /// @param kind how they are hashed
  /// @param sizeBytes how many there will be; it decides the size of chunks
  public HashedStream(InputStream in, HashKind kind, long sizeBytes) {
    super(in);
    this.kind = kind;
    this.hasher = ObjectHasher.of(kind, sizeBytes);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = in.read(bytes, offset, length);
    if (read > 0) {
      // The hasher takes blocks from their beginning.
      hasher.update(offset == 0 ? bytes : Arrays.copyOfRange(bytes, offset, offset + read), read);
      count += read;
    }
    return read;
  }

  @Override
  public long skip(long length) {
    return 0;
  }

  @Override
  public boolean markSupported() {
    return false;
  }

  /// How many bytes were read so far.
  public long count() {
    return count;
  }

  /// The hash of what was read; ends the use of this stream.
  public ObjectHash hash() {
    return ObjectHash.of(kind, hasher.digest());
  }
}
