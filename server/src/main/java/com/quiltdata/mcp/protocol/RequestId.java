package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.json.StrictJson;
import java.math.BigInteger;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The id of a request, given back exactly as it came (JSON-RPC 2.0, section 4).
public sealed interface RequestId {
  /// A text.
  ///
  /// @param value it
  record Text(String value) implements RequestId {}

  /// An integer of any size.
  ///
  /// @param value it
  record Whole(BigInteger value) implements RequestId {}

  /// Reads an id.
  ///
  /// @param node the member `id`
  /// @return the id, or empty when it is neither a string nor an integer
  static Optional<RequestId> of(JsonNode node) {
    if (node.isString()) {
      return Optional.of(new Text(node.stringValue()));
    }
    return node.isIntegralNumber()
        ? Optional.of(new Whole(node.bigIntegerValue()))
        : Optional.empty();
  }

  /// The id as JSON.
  default JsonNode toJson() {
    return switch (this) {
      case Text text -> StrictJson.NODES.stringNode(text.value());
      case Whole whole -> StrictJson.NODES.numberNode(whole.value());
    };
  }
}
