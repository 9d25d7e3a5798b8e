package com.quiltdata.mcp.quilt.manifest;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.quilt.LogicalKey;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a manifest line by line, never more than one line in memory. Not thread-safe.
///
/// A logical key that equals the one of the entry before, or lies below it as if that were a
/// folder, is an error. In a manifest in tree order this finds every such pair; in another one, see
/// [#isOrdered], only neighbours are seen, and [OrderedManifest] finds the rest.
///
/// Every [Fault] names the manifest and, with [FaultCode#CORRUPT_DATA], the line from 1.
public final class ManifestReader implements AutoCloseable {
  private static final LineParser PARSER = new LineParser();

  private final LineReader lines;
  private final String name;
  private final ManifestHeader header;
  private @Nullable LogicalKey last;
  private boolean ordered = true;

  private ManifestReader(LineReader lines, String name) {
    this.lines = lines;
    this.name = name;
    this.header = readHeader();
  }

  /// Opens a manifest and reads its header, under [ManifestLimits#DEFAULT].
  ///
  /// @param in the file; closed with the reader, and when this fails
  /// @param name of the manifest in messages
  /// @return the reader
  /// @throws Fault [FaultCode#CORRUPT_DATA], [FaultCode#TOO_LARGE] or
  ///   [FaultCode#UPSTREAM_UNAVAILABLE]
  public static ManifestReader open(InputStream in, String name) {
    return open(in, name, ManifestLimits.DEFAULT);
  }

  /// Opens a manifest and reads its header.
  ///
  /// @param in the file; closed with the reader, and when this fails
  /// @param name of the manifest in messages
  /// @param limits how much is read
  /// @return the reader
  /// @throws Fault [FaultCode#CORRUPT_DATA], [FaultCode#TOO_LARGE] or
  ///   [FaultCode#UPSTREAM_UNAVAILABLE]
  public static ManifestReader open(InputStream in, String name, ManifestLimits limits) {
    LineReader lines = new LineReader(in, name, limits);
    try {
      return new ManifestReader(lines, name);
    } catch (Fault e) {
      lines.close();
      throw e;
    }
  }

  private ManifestHeader readHeader() {
    if (!lines.advance()) {
      throw new Fault(FaultCode.CORRUPT_DATA, "Manifest %s is empty".formatted(name));
    }
    try {
      return PARSER.header(lines);
    } catch (Fault e) {
      throw located(e);
    }
  }

  /// The first line.
  public ManifestHeader header() {
    return header;
  }

  /// The next line.
  ///
  /// @return an entry or the metadata of a folder; empty at the end
  /// @throws Fault [FaultCode#CORRUPT_DATA], [FaultCode#TOO_LARGE] or
  ///   [FaultCode#UPSTREAM_UNAVAILABLE]
  public Optional<ManifestLine> next() {
    if (!lines.advance()) {
      return Optional.empty();
    }
    try {
      ManifestLine line = PARSER.parse(lines);
      if (line instanceof ManifestEntry entry) {
        compareWithLast(entry.logicalKey());
      }
      return Optional.of(line);
    } catch (Fault e) {
      throw located(e);
    }
  }

  /// The next entry; metadata of folders is passed over.
  ///
  /// @return the entry; empty at the end
  /// @throws Fault as [#next]
  public Optional<ManifestEntry> nextEntry() {
    Optional<ManifestLine> line = next();
    while (line.isPresent()) {
      if (line.get() instanceof ManifestEntry entry) {
        return Optional.of(entry);
      }
      line = next();
    }
    return Optional.empty();
  }

  private void compareWithLast(LogicalKey key) {
    if (last != null) {
      requireApart(last, key);
      ordered &= last.compareTo(key) < 0;
    }
    last = key;
  }

  /// Checks two keys that follow each other in tree order.
  static void requireApart(LogicalKey before, LogicalKey key) {
    if (before.equals(key)) {
      throw new Fault(
          FaultCode.CORRUPT_DATA,
          "the logical key %s stands there twice".formatted(Quoted.of(key.value())));
    }
    if (before.isFolderOf(key)) {
      throw new Fault(
          FaultCode.CORRUPT_DATA,
          "%s is both a file and a folder".formatted(Quoted.of(before.value())));
    }
  }

  private Fault located(Fault e) {
    return new Fault(
        FaultCode.CORRUPT_DATA,
        "Manifest %s, line %d: %s".formatted(name, lines.number(), e.text()),
        e);
  }

  /// Whether all entries so far stand in tree order, as they do unless another writer made them.
  public boolean isOrdered() {
    return ordered;
  }

  /// How many bytes were read from the file so far, perhaps some ahead of the line.
  public long bytesRead() {
    return lines.bytesRead();
  }

  /// The name of the manifest in messages.
  public String name() {
    return name;
  }

  @Override
  public void close() {
    lines.close();
  }
}
