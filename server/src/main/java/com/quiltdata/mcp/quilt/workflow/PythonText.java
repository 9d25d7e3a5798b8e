package com.quiltdata.mcp.quilt.workflow;

import com.quiltdata.mcp.quilt.manifest.PythonNumber;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// Values as Python shows them, which is how the official client quotes them in messages.
final class PythonText {
  private PythonText() {}

  static String of(JsonNode value) {
    return switch (value.getNodeType()) {
      case OBJECT ->
          value
              .propertyStream()
              .map(member -> of(member.getKey()) + ": " + of(member.getValue()))
              .collect(Collectors.joining(", ", "{", "}"));
      case ARRAY ->
          value.valueStream().map(PythonText::of).collect(Collectors.joining(", ", "[", "]"));
      case STRING -> of(value.stringValue());
      case NUMBER -> PythonNumber.text(value);
      case BOOLEAN -> value.booleanValue() ? "True" : "False";
      case NULL, MISSING, BINARY, POJO -> "None";
    };
  }

  static String of(String text) {
    char quote = text.indexOf('\'') >= 0 && text.indexOf('"') < 0 ? '"' : '\'';
    StringBuilder out = new StringBuilder().append(quote);
    text.codePoints()
        .forEach(c -> {
          switch (c) {
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
              if (c == quote) {
                out.append('\\').append(quote);
              } else if (isPrintable(c)) {
                out.appendCodePoint(c);
              } else {
                out.append(escape(c));
              }
            }
          }
        });
    return out.append(quote).toString();
  }

  private static String escape(int c) {
    if (c < 0x100) {
      return "\\x%02x".formatted(c);
    }
    return c < 0x10000 ? "\\u%04x".formatted(c) : "\\U%08x".formatted(c);
  }

  private static boolean isPrintable(int c) {
    return c == ' '
        || switch (Character.getType(c)) {
          case Character.CONTROL,
              Character.FORMAT,
              Character.SURROGATE,
              Character.PRIVATE_USE,
              Character.UNASSIGNED,
              Character.LINE_SEPARATOR,
              Character.PARAGRAPH_SEPARATOR,
              Character.SPACE_SEPARATOR ->
              false;
          default -> true;
        };
  }
}
