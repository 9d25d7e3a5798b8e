package com.quiltdata.mcp.quilt.manifest;

import com.quiltdata.mcp.fault.Fault;
import java.io.ByteArrayInputStream;
import java.util.Optional;

/// One line of a manifest read in both ways: with the short cut for plain lines, and by the parser
/// alone. Fails when they do not say the same.
final class BothReadings {
  private BothReadings() {}

  /// Reads a line twice.
  ///
  /// @param line without its end
  /// @return what both say; empty when both refuse it in the same words
  static Optional<ManifestLine> of(byte[] line) {
    Object fast = attempt(line, true);
    Object parsed = attempt(line, false);
    if (!fast.equals(parsed)) {
      throw new AssertionError("short cut: %s, parser: %s".formatted(fast, parsed));
    }
    return fast instanceof ManifestLine read ? Optional.of(read) : Optional.empty();
  }

  /// Whether the short cut takes a line.
  static boolean isPlain(byte[] line) {
    return new PlainLine().read(reader(line));
  }

  private static Object attempt(byte[] line, boolean shortCut) {
    try {
      if (!shortCut) {
        return LineParser.INSTANCE.parse(reader(line));
      }
      EntryLine entry = new EntryLine();
      Optional<FolderMetadata> folder = entry.read(reader(line));
      return folder.isPresent() ? folder.get() : entry.entry();
    } catch (Fault e) {
      return e.code() + ": " + e.text();
    }
  }

  private static LineReader reader(byte[] line) {
    LineReader reader = new LineReader(new ByteArrayInputStream(line), "x", ManifestLimits.DEFAULT);
    if (!reader.advance()) {
      throw new IllegalArgumentException("no line");
    }
    return reader;
  }
}
