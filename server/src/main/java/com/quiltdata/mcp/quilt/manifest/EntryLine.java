package com.quiltdata.mcp.quilt.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.quilt.TreeOrder;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The entry that somebody stands at while walking a manifest, decoded when somebody asks. To hash
/// and to compare manifests hardly any entry has to be: hashing is three times as fast so,
/// comparing four times.
///
/// Used for one entry after the other.
final class EntryLine {
  private final PlainLine plain = new PlainLine();
  // What the line says, when it is not plain.
  private @Nullable ManifestEntry decoded;
  private byte[] key = {};
  private int keyStart;
  private int keyEnd;

  /// Makes sense of a line.
  ///
  /// @return metadata of a folder, when it is no entry that stands there
  Optional<FolderMetadata> read(LineReader line) {
    if (plain.read(line)) {
      setPlain();
      return Optional.empty();
    }
    return switch (LineParser.INSTANCE.parse(line)) {
      case ManifestEntry entry -> {
        set(entry);
        yield Optional.empty();
      }
      case FolderMetadata folder -> Optional.of(folder);
    };
  }

  /// Goes to the next line if it says the very same as another one that was read already.
  ///
  /// @return false when it does not, and has not been gone to
  boolean readIfSame(LineReader line, EntryLine other) {
    if (other.decoded != null || !plain.readIfSame(line, other.plain)) {
      return false;
    }
    setPlain();
    return true;
  }

  private void setPlain() {
    decoded = null;
    key = plain.bytes();
    keyStart = plain.keyStart();
    keyEnd = plain.keyEnd();
  }

  /// Stands at an entry that comes from elsewhere.
  void set(ManifestEntry entry) {
    decoded = entry;
    key = entry.logicalKey().value().getBytes(UTF_8);
    keyStart = 0;
    keyEnd = key.length;
  }

  /// The entry.
  ManifestEntry entry() {
    return decoded == null ? plain.entry() : decoded;
  }

  /// Holds the logical key in UTF-8.
  byte[] keyBytes() {
    return key;
  }

  int keyStart() {
    return keyStart;
  }

  int keyEnd() {
    return keyEnd;
  }

  /// The logical key.
  String key() {
    return new String(key, keyStart, keyEnd - keyStart, UTF_8);
  }

  /// How many bytes the file has; 0 when the manifest does not say.
  long sizeBytes() {
    return decoded == null ? plain.sizeBytes() : decoded.sizeBytes().orElse(0);
  }

  /// Compares the logical keys in tree order.
  int compareKey(EntryLine other) {
    return TreeOrder.compare(key, keyStart, keyEnd, other.key, other.keyStart, other.keyEnd);
  }

  /// See [ManifestEntry#hasSameContent].
  boolean hasSameContent(EntryLine other) {
    if (decoded == null && other.decoded == null) {
      if (plain.hasSameText(other.plain)) {
        return true;
      }
      if (!plain.hasMeta() || !other.plain.hasMeta()) {
        return false;
      }
    }
    return entry().hasSameContent(other.entry());
  }

  /// Adds the entry to a top hash.
  void hash(TopHasher hasher) {
    ManifestEntry entry = decoded;
    if (entry == null) {
      hasher.addOrdered(plain);
    } else {
      hasher.addOrdered(entry);
    }
  }
}
