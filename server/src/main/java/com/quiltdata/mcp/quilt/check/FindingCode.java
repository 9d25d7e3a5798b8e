package com.quiltdata.mcp.quilt.check;

import java.util.Locale;

/// What can be found in a package. Clients decide on the wire form; texts may change.
public enum FindingCode {
  /// There is no manifest of that name.
  MISSING_MANIFEST(true),
  /// The manifest is over the limits of what is read.
  MANIFEST_TOO_LARGE(true),
  /// A line is no JSON of the right form; the rest is checked all the same, but for the header.
  BROKEN_LINE(true),
  /// The content hashes to another name than the manifest has: somebody changed one of them.
  WRONG_TOP_HASH(true),
  /// An entry stands behind one that it should stand before.
  OUT_OF_ORDER(true),
  /// A logical key stands there twice.
  DUPLICATE_KEY(true),
  /// A logical key is a file and a folder.
  FILE_AND_FOLDER(true),
  /// An entry has no size or no hash, so that the package has no top hash.
  NOT_HASHED(true),
  /// The hash of an entry is of a type that is not known here; its bytes cannot be verified.
  UNKNOWN_HASH_TYPE(true),
  /// A physical key cannot be read.
  BROKEN_PHYSICAL_KEY(true),
  /// A physical key is a file that is not in this storage.
  OUTSIDE_STORAGE(true),
  /// The object may not be read, or its bucket cannot be reached.
  NOT_ACCESSIBLE(true),
  /// The object does not exist.
  MISSING_OBJECT(true),
  /// The object exists, but not in the version that the package names.
  MISSING_VERSION(true),
  /// The object has another size.
  CHANGED_SIZE(true),
  /// The bytes of the object have another hash.
  CHANGED_BYTES(true),
  /// No version is pinned although the bucket keeps versions: the next write breaks the package.
  UNPINNED_VERSION(false);

  private final boolean error;
  private final String wire = name().toLowerCase(Locale.ROOT);

  FindingCode(boolean error) {
    this.error = error;
  }

  /// Whether the package is not what it should be, rather than at risk.
  public boolean isError() {
    return error;
  }

  /// The code as it travels, for example `changed_size`.
  public String wire() {
    return wire;
  }
}
