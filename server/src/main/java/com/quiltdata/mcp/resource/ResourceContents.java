package com.quiltdata.mcp.resource;

import com.quiltdata.mcp.input.InputRequired;
import tools.jackson.databind.JsonNode;

/// What a resource holds.
public sealed interface ResourceContents {
  /// It cannot be read without the client's answers; the read is then begun again.
  ///
  /// @param input what is required
  record Asks(InputRequired input) implements ResourceContents {}

  /// A text.
  ///
  /// @param text it
  record Text(String text) implements ResourceContents {}

  /// JSON, written as text.
  ///
  /// @param value it
  record Json(JsonNode value) implements ResourceContents {}

  /// Bytes.
  ///
  /// @param base64 the bytes in the standard alphabet, padded
  record Blob(String base64) implements ResourceContents {}
}
