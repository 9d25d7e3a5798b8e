package com.quiltdata.mcp.quilt.manifest;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.quilt.hash.ObjectHash;

/// Writes lines of a manifest as the official client does, one at a time. Not thread-safe.
final class LineWriter {
  /// The most bytes that the official client writes and reads in one line, without its end.
  static final int MAX_LINE_BYTES = 1_000_000;

  private static final byte[] LOGICAL_KEY = "{\"logical_key\": ".getBytes(US_ASCII);
  private static final byte[] PHYSICAL_KEYS = ", \"physical_keys\": [".getBytes(US_ASCII);
  private static final byte[] SIZE = "], \"size\": ".getBytes(US_ASCII);
  private static final byte[] HASH_TYPE = ", \"hash\": {\"type\": ".getBytes(US_ASCII);
  private static final byte[] HASH_VALUE = ", \"value\": ".getBytes(US_ASCII);
  private static final byte[] NO_HASH = ", \"hash\": null".getBytes(US_ASCII);
  private static final byte[] META = ", \"meta\": ".getBytes(US_ASCII);

  private final FileJson out = new FileJson();

  /// Puts the header in place of the line before.
  ///
  /// @throws Fault see [ManifestStream]
  void header(ManifestHeader header) {
    out.clear();
    try {
      out.write(header.json());
      end();
    } catch (Fault e) {
      throw about("The header of the manifest", e);
    }
  }

  /// Puts a line in place of the line before.
  ///
  /// @throws Fault see [ManifestStream]
  void line(ManifestLine line) {
    out.clear();
    try {
      switch (line) {
        case ManifestEntry entry -> write(entry);
        case FolderMetadata folder -> write(folder);
      }
      end();
    } catch (Fault e) {
      throw about(
          switch (line) {
            case ManifestEntry entry -> "The entry " + Quoted.of(entry.logicalKey().value());
            case FolderMetadata folder -> "The folder " + Quoted.of(folder.folder().value());
          },
          e);
    }
  }

  private void end() {
    if (out.length() > MAX_LINE_BYTES) {
      throw new Fault(
          FaultCode.TOO_LARGE,
          "it takes %d bytes in the manifest, and %d are the most, so give it less metadata"
              .formatted(out.length(), MAX_LINE_BYTES));
    }
    out.raw('\n');
  }

  private static Fault about(String what, Fault e) {
    return new Fault(e.code(), "%s cannot be written: %s".formatted(what, e.text()), e);
  }

  private void write(ManifestEntry entry) {
    out.raw(LOGICAL_KEY);
    out.string(entry.logicalKey().value());
    out.raw(PHYSICAL_KEYS);
    out.string(entry.physicalUri());
    out.raw(SIZE);
    out.write(entry.size());
    if (entry.hash().isPresent()) {
      ObjectHash hash = entry.hash().get();
      out.raw(HASH_TYPE);
      out.string(hash.type());
      out.raw(HASH_VALUE);
      out.string(hash.value());
      out.raw('}');
    } else {
      out.raw(NO_HASH);
    }
    out.raw(META);
    out.write(entry.meta());
    out.raw('}');
  }

  private void write(FolderMetadata folder) {
    out.raw(LOGICAL_KEY);
    out.string(folder.folder().value() + "/");
    out.raw(META);
    out.write(folder.meta());
    out.raw('}');
  }

  /// Holds the line from its first byte.
  byte[] block() {
    return out.block();
  }

  /// How many bytes the line has, its end included.
  int length() {
    return out.length();
  }
}
