package com.quiltdata.mcp.quilt.manifest;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.io.InputStream;
import java.util.Optional;

/// Reads a manifest line by line, never more than one line in memory. Not thread-safe.
///
/// A logical key that equals the one of the entry before, or lies below it as if that were a
/// folder, is an error. In a manifest in tree order this finds every such pair; in another one, see
/// [#isOrdered], only neighbours are seen, and [OrderedManifest] finds the rest.
///
/// Every [Fault] names the manifest and, with [FaultCode#CORRUPT_DATA], the line from 1.
public final class ManifestReader implements AutoCloseable {
  private final LineReader lines;
  private final String name;
  private final ManifestHeader header;
  private final EntryLine entry = new EntryLine();
  private final LastKey last = new LastKey();

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
      return LineParser.INSTANCE.header(lines);
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
    return read().<ManifestLine>map(folder -> folder).or(() -> Optional.of(entry.entry()));
  }

  /// The next entry; metadata of folders is passed over.
  ///
  /// @return the entry; empty at the end
  /// @throws Fault as [#next]
  public Optional<ManifestEntry> nextEntry() {
    return advance() ? Optional.of(entry.entry()) : Optional.empty();
  }

  /// Goes to the next entry without decoding it; metadata of folders is passed over.
  ///
  /// @return false at the end
  /// @throws Fault as [#next]
  boolean advance() {
    while (lines.advance()) {
      if (read().isEmpty()) {
        return true;
      }
    }
    return false;
  }

  /// As [#advance], and sooner there when the next line has the same bytes as another entry.
  ///
  /// @param likely an entry of another reader, which the next one of this reader may equal
  boolean advance(EntryLine likely) {
    if (!entry.readIfSame(lines, likely)) {
      return advance();
    }
    try {
      last.follow(entry);
      return true;
    } catch (Fault e) {
      throw located(e);
    }
  }

  /// The entry that [#advance] went to, until it goes on.
  EntryLine entry() {
    return entry;
  }

  /// Makes sense of a line.
  ///
  /// @return metadata of a folder; empty when the line is an entry, see [#entry]
  private Optional<FolderMetadata> read() {
    try {
      Optional<FolderMetadata> folder = entry.read(lines);
      if (folder.isEmpty()) {
        last.follow(entry);
      }
      return folder;
    } catch (Fault e) {
      throw located(e);
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
    return last.isOrdered();
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
