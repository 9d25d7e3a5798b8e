package com.quiltdata.mcp.quilt.hash;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The hash of an entry's bytes. Types that this program does not know are kept as they are.
///
/// @param type as in the manifest
/// @param value as in the manifest; how it is spelled depends on the type
public record ObjectHash(String type, String value) {

  /// A hash of a known kind.
  static ObjectHash of(HashKind kind, byte[] digest) {
    return new ObjectHash(kind.wire(), kind.spell(digest));
  }

  /// The kind, or empty when this program does not know the type.
  public Optional<HashKind> kind() {
    return HashKind.of(type);
  }

  /// Hashes bytes in the way of a kind.
  ///
  /// @param kind how
  /// @param bytes the content, read to its end and not closed
  /// @param sizeBytes how long the content is; it decides the size of chunks
  /// @return the hash
  /// @throws IOException as the stream throws it
  /// @throws Fault [FaultCode#CORRUPT_DATA] when the content is longer or shorter
  public static ObjectHash compute(HashKind kind, InputStream bytes, long sizeBytes)
      throws IOException {
    ObjectHasher hasher = ObjectHasher.of(kind, sizeBytes);
    byte[] block = new byte[65_536];
    long total = 0;
    for (int read = bytes.read(block); read >= 0; read = bytes.read(block)) {
      hasher.update(block, read);
      total += read;
    }
    if (total != sizeBytes) {
      throw new Fault(
          FaultCode.CORRUPT_DATA, "Expected %d bytes, found %d".formatted(sizeBytes, total));
    }
    return of(kind, hasher.digest());
  }

  /// Whether bytes have this hash.
  ///
  /// @param bytes the content, read to its end and not closed
  /// @param sizeBytes how long it is
  /// @return true when they have
  /// @throws IOException as the stream throws it
  /// @throws Fault [FaultCode#CORRUPT_DATA] when the type is not known or the size differs
  public boolean matches(InputStream bytes, long sizeBytes) throws IOException {
    HashKind kind =
        kind()
            .orElseThrow(() ->
                new Fault(
                    FaultCode.CORRUPT_DATA,
                    "The hash type %s is not known".formatted(Quoted.of(type))));
    return compute(kind, bytes, sizeBytes).equals(this);
  }
}
