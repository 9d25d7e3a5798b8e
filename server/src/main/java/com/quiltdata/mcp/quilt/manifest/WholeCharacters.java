package com.quiltdata.mcp.quilt.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

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

  /// Whether a text has no halves, where its UTF-8 form was made by replacing what has none.
  static boolean isWhole(String text, byte[] utf8) {
    // A half becomes a question mark.
    return EightBytes.indexOf('?', utf8, 0, utf8.length) == utf8.length
        || new String(utf8, UTF_8).equals(text);
  }
}
