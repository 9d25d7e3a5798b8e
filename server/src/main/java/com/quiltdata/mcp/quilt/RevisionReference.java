package com.quiltdata.mcp.quilt;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import java.util.regex.Pattern;

/// Which revision of a package is meant; [Registry#resolve] finds it.
public sealed interface RevisionReference {
  /// The name of the pointer to the current revision.
  String LATEST = "latest";

  /// The current revision.
  record Latest() implements RevisionReference {}

  /// A top hash or the beginning of one. Its length is judged when it is resolved.
  ///
  /// @param prefix hexadecimal digits
  record Hash(String prefix) implements RevisionReference {}

  /// A named pointer: the time of a push in Unix seconds, or a name that somebody gave.
  ///
  /// @param name one path part
  record Tag(String name) implements RevisionReference {
    private static final Pattern NAME = Pattern.compile("[\\w.-]{1,255}");

    /// Checks that the name is one path part.
    ///
    /// @throws Fault [FaultCode#INVALID_ARGUMENT]
    public Tag {
      if (!NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
        throw new Fault(FaultCode.INVALID_ARGUMENT, "Invalid tag: " + Quoted.of(name));
      }
    }
  }

  /// Reads what a caller writes where a revision is wanted.
  ///
  /// @param text nothing or `latest`, hexadecimal digits for a hash, else a tag
  /// @return the reference
  /// @throws Fault [FaultCode#INVALID_ARGUMENT] when it can be neither
  static RevisionReference parse(String text) {
    if (text.isEmpty() || text.equals(LATEST)) {
      return new Latest();
    }
    if (text.length() == TopHash.LENGTH
        || text.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
      return new Hash(text);
    }
    return new Tag(text);
  }

  /// Reads the name of a pointer.
  ///
  /// @param name as it stands behind the colon of a Quilt+ URI
  /// @return the reference
  /// @throws Fault [FaultCode#INVALID_ARGUMENT]
  static RevisionReference tag(String name) {
    return name.equals(LATEST) ? new Latest() : new Tag(name);
  }
}
