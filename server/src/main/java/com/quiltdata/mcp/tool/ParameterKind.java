package com.quiltdata.mcp.tool;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// The type of an argument and its bounds.
public sealed interface ParameterKind {
  /// A text.
  ///
  /// @param minChars shortest
  /// @param maxChars longest
  /// @param shape how it looks, if that has a rule
  /// @param choices the only values, if any
  record Text(int minChars, int maxChars, Optional<Shape> shape, List<String> choices)
      implements ParameterKind {
    /// Copies the choices.
    public Text {
      choices = List.copyOf(choices);
    }
  }

  /// How a text looks.
  ///
  /// @param pattern matched as a whole; published, so in the common part of Java's syntax and that
  ///   of ECMA-262
  /// @param words the same for people
  record Shape(Pattern pattern, String words) {}

  /// An integer.
  ///
  /// @param min smallest
  /// @param max largest
  record Whole(long min, long max) implements ParameterKind {}

  /// True or false.
  record Flag() implements ParameterKind {}

  /// Several texts.
  ///
  /// @param minItems fewest
  /// @param maxItems most
  /// @param plural what they are, for people
  record Texts(int minItems, int maxItems, String plural) implements ParameterKind {}

  /// An object with members of the caller's choice.
  ///
  /// @param maxBytes most as JSON text
  record Structure(int maxBytes) implements ParameterKind {}

  /// Several objects with members of the tool's choice. That they are objects is checked before the
  /// tool is called, their members by [Arguments#ofItem], so that the tool can tell of each what is
  /// wrong with it.
  ///
  /// @param members in the order in which they are checked and published
  /// @param minItems fewest
  /// @param maxItems most
  record Structures(List<Parameter> members, int minItems, int maxItems) implements ParameterKind {
    /// Copies the members.
    public Structures {
      members = List.copyOf(members);
    }
  }
}
