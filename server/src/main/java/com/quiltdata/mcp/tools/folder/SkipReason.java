package com.quiltdata.mcp.tools.folder;

import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.storage.ObjectLocation;
import java.util.Optional;

/// Why an object does not become a file of the package.
enum SkipReason {
  /// A marker that consoles leave for a folder.
  FOLDER("its key ends with a slash, as that of a folder"),
  /// A manifest, a pointer, a config.
  REGISTRY("it belongs to the registry itself (.quilt/)"),
  /// One that URLs, shells and tools take for something else.
  CHARACTER("its key has one of the characters \\ { } ^ % ` ] \" > [ ~ < # |"),
  /// One that nobody can see or type.
  UNPRINTABLE("its key has a character that does not print"),
  /// No path in a package looks so.
  PATH("its key has an empty part, . or .. between slashes"),
  /// No new path may be so long.
  LENGTH("its path in the package would be longer than 1,024 bytes");

  private static final String TROUBLE = "\\{}^%`]\">[~<#|";
  private static final String OWN_FILES = ".quilt/";

  private final String words;

  SkipReason(String words) {
    this.words = words;
  }

  /// The reason, as the rest of a sentence about one object.
  String words() {
    return words;
  }

  /// Why an object of this key is left out, whatever its place would be.
  ///
  /// @param key the whole key
  /// @return empty when nothing speaks against it
  static Optional<SkipReason> of(String key) {
    if (key.endsWith("/")) {
      return Optional.of(FOLDER);
    }
    if (key.startsWith(OWN_FILES)) {
      return Optional.of(REGISTRY);
    }
    if (key.chars().anyMatch(c -> TROUBLE.indexOf(c) >= 0)) {
      return Optional.of(CHARACTER);
    }
    return key.codePoints().allMatch(SkipReason::prints)
        ? Optional.empty()
        : Optional.of(UNPRINTABLE);
  }

  /// Why no file can have a path.
  ///
  /// @param path in the package
  /// @return empty when one can
  static Optional<SkipReason> ofPath(String path) {
    if (!LogicalKey.isValid(path)) {
      return Optional.of(PATH);
    }
    return ObjectLocation.isKey(path) ? Optional.empty() : Optional.of(LENGTH);
  }

  private static boolean prints(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      case Character.SPACE_SEPARATOR -> c == ' ';
      default -> true;
    };
  }
}
