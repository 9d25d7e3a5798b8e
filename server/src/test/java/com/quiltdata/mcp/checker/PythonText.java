package com.quiltdata.mcp.checker;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// JSON as Python prints it, in the two forms of the format.
///
/// @param comma between members
/// @param colon behind names
/// @param sorted whether names are sorted by code points
/// @param ascii whether everything else is escaped
record PythonText(String comma, String colon, boolean sorted, boolean ascii) {
  /// What a top hash is made over.
  static final PythonText CANONICAL = new PythonText(",", ":", true, true);

  /// What stands in the file.
  static final PythonText FILE = new PythonText(", ", ": ", false, false);

  /// By code points, not by UTF-16 units.
  static final Comparator<String> CODE_POINTS =
      (left, right) -> {
        int[] a = left.codePoints().toArray();
        int[] b = right.codePoints().toArray();
        return java.util.Arrays.compare(a, b);
      };

  String of(JsonNode node) {
    return switch (node.getNodeType()) {
      case OBJECT -> {
        List<String> names = new ArrayList<>(node.propertyNames());
        if (sorted) {
          names.sort(CODE_POINTS);
        }
        yield "{"
            + String.join(
                comma,
                names.stream().map(name -> quoted(name) + colon + of(node.get(name))).toList())
            + "}";
      }
      case ARRAY -> "[" + String.join(comma, node.valueStream().map(this::of).toList()) + "]";
      case STRING -> quoted(node.stringValue());
      case NUMBER ->
          node.isIntegralNumber() ? node.bigIntegerValue().toString() : real(node.doubleValue());
      case BOOLEAN -> String.valueOf(node.booleanValue());
      case NULL -> "null";
      case BINARY, MISSING, POJO -> throw new IllegalArgumentException("not JSON");
    };
  }

  private String quoted(String text) {
    StringBuilder out = new StringBuilder("\"");
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        case '\b' -> out.append("\\b");
        case '\f' -> out.append("\\f");
        default -> {
          if (c < 0x20 || (ascii && c > 0x7e)) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.append('"').toString();
  }

  /// The fewest digits that read back to the same double.
  private static String real(double value) {
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    BigDecimal exact = new BigDecimal(value);
    BigDecimal shortest = exact;
    for (int digits = 1; digits <= 17; digits++) {
      shortest = exact.round(new MathContext(digits, RoundingMode.HALF_EVEN));
      if (shortest.doubleValue() == value) {
        break;
      }
    }
    String digits = shortest.unscaledValue().abs().toString().replaceAll("0+$", "");
    int exponent = shortest.precision() - shortest.scale() - 1;
    String sign = value < 0 ? "-" : "";
    if (exponent >= -4 && exponent < 16) {
      String plain = shortest.abs().stripTrailingZeros().toPlainString();
      return sign + plain + (plain.contains(".") ? "" : ".0");
    }
    return "%s%s%se%s%02d"
        .formatted(
            sign,
            digits.charAt(0),
            digits.length() > 1 ? "." + digits.substring(1) : "",
            exponent < 0 ? "-" : "+",
            Math.abs(exponent));
  }
}
