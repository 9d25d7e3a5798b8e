package com.quiltdata.mcp.quilt.manifest;

import tools.jackson.databind.JsonNode;

/// Looks for halves of surrogate pairs, which JSON escapes can write and UTF-8 cannot hold.
final class WholeCharacters {
  private WholeCharacters() {}

  static boolean isWhole(JsonNode node) {
    return switch (node.getNodeType()) {
      case STRING -> isWhole(node.stringValue());
      case OBJECT ->
          node.properties().stream()
              .allMatch(member -> isWhole(member.getKey()) && isWhole(member.getValue()));
      case ARRAY -> node.values().stream().allMatch(WholeCharacters::isWhole);
      case NUMBER, BOOLEAN, NULL, BINARY, MISSING, POJO -> true;
    };
  }

  private static boolean isWhole(String text) {
    return text.codePoints().noneMatch(c -> Character.getType(c) == Character.SURROGATE);
  }
}
