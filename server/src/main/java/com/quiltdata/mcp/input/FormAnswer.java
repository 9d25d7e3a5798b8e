package com.quiltdata.mcp.input;

import tools.jackson.databind.node.ObjectNode;

/// What a user did with a form or a page.
public sealed interface FormAnswer {
  /// Filled it in, or went to the page.
  ///
  /// @param content fits the schema that was asked; empty for a page
  record Accepted(ObjectNode content) implements FormAnswer {}

  /// Said no.
  record Declined() implements FormAnswer {}

  /// Put it away without a choice.
  record Dismissed() implements FormAnswer {}
}
