package com.quiltdata.mcp.quilt;

import java.util.Locale;

/// The extension of a file's name.
public final class FileType {
  /// What files without an extension are counted under.
  public static final String NONE = "";

  private static final int MAX_CHARS = 16;

  private FileType() {}

  /// The text behind the last dot, in lower case.
  ///
  /// @param key names the file
  /// @return the extension, or [#NONE] when there is none or it does not look like one
  public static String of(LogicalKey key) {
    String name = key.name();
    int dot = name.lastIndexOf('.');
    // A dot at the front hides the file and ends no name.
    if (dot < 1) {
      return NONE;
    }
    String extension = name.substring(dot + 1);
    return isExtension(extension) ? extension.toLowerCase(Locale.ROOT) : NONE;
  }

  private static boolean isExtension(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c > '~' || !(Character.isLetterOrDigit(c) || c == '_' || c == '+' || c == '-')) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= MAX_CHARS;
  }
}
