package com.quiltdata.mcp.quilt;

import java.util.Locale;
import java.util.regex.Pattern;

/// The extension of a file's name.
final class FileType {
  /// What files without an extension are counted under.
  static final String NONE = "";

  private static final Pattern EXTENSION = Pattern.compile("[A-Za-z0-9_+-]{1,16}");

  private FileType() {}

  /// The text behind the last dot, in lower case.
  ///
  /// @param key names the file
  /// @return the extension, or [#NONE] when there is none or it does not look like one
  static String of(LogicalKey key) {
    String name = key.name();
    int dot = name.lastIndexOf('.');
    // A dot at the front hides the file and ends no name.
    if (dot < 1) {
      return NONE;
    }
    String extension = name.substring(dot + 1);
    return EXTENSION.matcher(extension).matches() ? extension.toLowerCase(Locale.ROOT) : NONE;
  }
}
