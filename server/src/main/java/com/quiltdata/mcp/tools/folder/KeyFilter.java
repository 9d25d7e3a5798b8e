package com.quiltdata.mcp.tools.folder;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tools.GlobPattern;
import java.util.List;

/// Which keys are wanted: none that an exclude pattern fits; of the rest all, or those that an
/// include pattern fits. Patterns are held against the whole key.
///
/// @param include wanted ones; empty for all
/// @param exclude unwanted ones
record KeyFilter(List<GlobPattern> include, List<GlobPattern> exclude) {
  private static final int MAX_PATTERNS = 50;
  private static final int MAX_CHARS = 200;
  private static final String INCLUDE = "include_patterns";
  private static final String EXCLUDE = "exclude_patterns";

  /// Copies the lists.
  KeyFilter {
    include = List.copyOf(include);
    exclude = List.copyOf(exclude);
  }

  static List<Parameter> parameters() {
    return List.of(
        Parameter.texts(
            INCLUDE,
            MAX_PATTERNS,
            "Only keys that one of these shell patterns fits, for example *.csv; the whole key counts, and * goes over slashes"),
        Parameter.texts(
            EXCLUDE,
            MAX_PATTERNS,
            "No keys that one of these shell patterns fits; comes before include_patterns"));
  }

  /// Reads the patterns of a call.
  ///
  /// @throws Fault [FaultCode#INVALID_ARGUMENT]
  static KeyFilter of(Arguments arguments) {
    return new KeyFilter(patterns(arguments, INCLUDE), patterns(arguments, EXCLUDE));
  }

  private static List<GlobPattern> patterns(Arguments arguments, String name) {
    return arguments.texts(name).stream()
        .map(text -> {
          if (text.isEmpty() || text.length() > MAX_CHARS) {
            throw new Fault(
                FaultCode.INVALID_ARGUMENT,
                "Argument '%s' has %s, but a pattern has 1 to %d characters"
                    .formatted(name, Quoted.of(text), MAX_CHARS));
          }
          return GlobPattern.of(text);
        })
        .toList();
  }

  /// Whether a key is wanted.
  ///
  /// @param key the whole key
  boolean wants(String key) {
    return exclude.stream().noneMatch(pattern -> pattern.matches(key))
        && (include.isEmpty() || include.stream().anyMatch(pattern -> pattern.matches(key)));
  }
}
