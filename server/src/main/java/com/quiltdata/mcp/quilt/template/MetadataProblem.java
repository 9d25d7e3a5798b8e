package com.quiltdata.mcp.quilt.template;

/// Something odd about metadata.
///
/// @param field the member; empty for the metadata as a whole
/// @param gravity how grave
/// @param problem what is odd, a sentence
/// @param suggestion what to do, a sentence
public record MetadataProblem(String field, Gravity gravity, String problem, String suggestion) {
  /// How grave a problem is.
  public enum Gravity {
    /// A package could not be pushed, or its readers would be misled.
    ERROR,
    /// It would be better otherwise.
    WARNING
  }
}
