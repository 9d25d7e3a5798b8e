package com.quiltdata.mcp.quilt.registry;

import com.quiltdata.mcp.quilt.TopHash;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/// A name that a registry keeps for a revision of a package.
///
/// @param name Unix seconds, `latest`, or a tag that somebody gave
/// @param hash the revision
/// @param modified when the pointer was written
/// @param etag of the object that the pointer is, for a write under the condition that nobody moved
///   it
public record Pointer(String name, TopHash hash, Instant modified, String etag) {
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,11}");

  /// Whether a name is that of a push.
  ///
  /// @param name of a pointer
  /// @return true for Unix seconds
  public static boolean isTime(String name) {
    return SECONDS.matcher(name).matches();
  }

  /// When the revision was pushed, by the name of the pointer; empty for `latest` and tags.
  public Optional<Instant> pushed() {
    return isTime(name)
        ? Optional.of(Instant.ofEpochSecond(Long.parseLong(name)))
        : Optional.empty();
  }
}
