package com.quiltdata.mcp.quilt;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;

/// The path of a file inside a package.
///
/// Parts between slashes are neither empty nor `.` nor `..`; everything else is legal, control
/// characters and back-slashes too. Case and Unicode form count. Ordered by [TreeOrder].
///
/// @param value the path, without a slash at either end
public record LogicalKey(String value) implements Comparable<LogicalKey> {

  /// Checks the parts.
  ///
  /// @throws Fault [FaultCode#INVALID_LOGICAL_KEY]
  public LogicalKey {
    if (!isValid(value)) {
      throw new Fault(
          FaultCode.INVALID_LOGICAL_KEY,
          "Invalid path %s in a package: no part between slashes may be empty, . or .."
              .formatted(Quoted.of(value)));
    }
  }

  /// Reads a path.
  ///
  /// @param text parts joined by `/`
  /// @return the key
  /// @throws Fault [FaultCode#INVALID_LOGICAL_KEY]
  public static LogicalKey parse(String text) {
    return new LogicalKey(text);
  }

  /// Whether a text is a logical key.
  ///
  /// @param text what may be one
  /// @return true when [#parse] would take it
  public static boolean isValid(String text) {
    int start = 0;
    while (true) {
      int slash = text.indexOf('/', start);
      int end = slash < 0 ? text.length() : slash;
      if (!isName(text, start, end)) {
        return false;
      }
      if (slash < 0) {
        return true;
      }
      start = slash + 1;
    }
  }

  private static boolean isName(String text, int start, int end) {
    return switch (end - start) {
      case 0 -> false;
      case 1 -> text.charAt(start) != '.';
      case 2 -> text.charAt(start) != '.' || text.charAt(start + 1) != '.';
      default -> true;
    };
  }

  /// The last part.
  public String name() {
    return value.substring(value.lastIndexOf('/') + 1);
  }

  /// The path of the folder that holds this file, with its final slash; empty at the top.
  public String folder() {
    return value.substring(0, value.lastIndexOf('/') + 1);
  }

  /// Whether this key would be a folder on the way to another one: no package may hold both.
  ///
  /// @param other a key
  /// @return true when the other key begins with this one and a slash
  public boolean isFolderOf(LogicalKey other) {
    int length = value.length();
    return other.value.length() > length
        && other.value.charAt(length) == '/'
        && other.value.startsWith(value);
  }

  @Override
  public int compareTo(LogicalKey other) {
    return TreeOrder.INSTANCE.compare(value, other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
