package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.quilt.hash.HashKind;
import com.quiltdata.mcp.quilt.hash.HashedStream;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Bytes on their way to another place. Before the last of them is handed over, they are held to
/// their hash, so that nobody stores other bytes under it.
final class VerifiedStream extends InputStream {
  private final HashedStream bytes;
  private final long sizeBytes;
  private final ObjectHash hash;
  private final Supplier<Fault> changed;
  private boolean checked;
  private @Nullable Fault failure;

  /// Passes bytes on.
  ///
  /// @param bytes closed with this stream
  /// @param sizeBytes how many there have to be
  /// @param hash their chunked hash
  /// @param changed what is thrown when there are others
  VerifiedStream(InputStream bytes, long sizeBytes, ObjectHash hash, Supplier<Fault> changed) {
    this.bytes = new HashedStream(bytes, HashKind.SHA2_256_CHUNKED, sizeBytes);
    this.sizeBytes = sizeBytes;
    this.hash = hash;
    this.changed = changed;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] block, int offset, int length) throws IOException {
    int read = bytes.read(block, offset, length);
    boolean ended = read < 0 || bytes.count() == sizeBytes;
    if (bytes.count() > sizeBytes || (read < 0 && bytes.count() < sizeBytes)) {
      throw fail();
    }
    if (ended && !checked) {
      checked = true;
      if (!bytes.hash().equals(hash)) {
        throw fail();
      }
    }
    return read;
  }

  private Fault fail() {
    Fault fault = changed.get();
    failure = fault;
    return fault;
  }

  /// Why the bytes were not handed over, should the store have hidden it behind a fault of its own.
  Optional<Fault> failure() {
    return Optional.ofNullable(failure);
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }
}
