package com.quiltdata.mcp.quilt.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.quilt.TreeOrder;
import java.util.Arrays;

/// The logical key that an entry follows, and whether all before it came in tree order.
///
/// Of two neighbours that are the same key, or a file and what would be its folder, it makes a
/// [Fault]; in tree order this finds all such pairs.
final class LastKey {
  private byte[] bytes = new byte[256];
  private int length;
  private boolean ordered = true;

  /// Whether all keys came in tree order.
  boolean isOrdered() {
    return ordered;
  }

  /// Takes the next key.
  ///
  /// @throws Fault [FaultCode#CORRUPT_DATA], its reason a [KeyClash]
  void follow(EntryLine entry) {
    byte[] key = entry.keyBytes();
    int start = entry.keyStart();
    int end = entry.keyEnd();
    int same = Arrays.mismatch(bytes, 0, length, key, start, end);
    if (length > 0 && (same < 0 || same == length)) {
      requireApart(key, start, end);
    }
    ordered &= TreeOrder.compare(bytes, 0, length, key, start, end) < 0;
    keep(key, start, end - start);
  }

  private void keep(byte[] key, int start, int count) {
    if (count > bytes.length) {
      bytes = new byte[2 * count];
    }
    System.arraycopy(key, start, bytes, 0, count);
    length = count;
  }

  private void requireApart(byte[] key, int start, int end) {
    if (end - start == length) {
      throw new Fault(
          FaultCode.CORRUPT_DATA,
          KeyClash.DUPLICATE_KEY,
          "the logical key %s stands there twice".formatted(Quoted.of(text())));
    }
    if (key[start + length] == '/') {
      throw new Fault(
          FaultCode.CORRUPT_DATA,
          KeyClash.FILE_AND_FOLDER,
          "%s is both a file and a folder".formatted(Quoted.of(text())));
    }
  }

  private String text() {
    return new String(bytes, 0, length, UTF_8);
  }
}
