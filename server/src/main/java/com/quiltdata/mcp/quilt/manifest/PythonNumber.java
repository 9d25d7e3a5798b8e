package com.quiltdata.mcp.quilt.manifest;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import tools.jackson.databind.JsonNode;

/// The text that Python prints for a number, which is what top hashes and files are made of.
///
/// Integers in plain digits. Of a double the shortest digits that read back to the same double,
/// positional from `0.0001` up to but not including `1e+16`, else with an exponent of at least two
/// digits.
public final class PythonNumber {
  private static final int MIN_POSITIONAL = -4;
  private static final int MAX_POSITIONAL = 15;

  private PythonNumber() {}

  /// Prints a number.
  ///
  /// @param number a node of a number
  /// @return its text
  public static String text(JsonNode number) {
    return switch (number.numberType()) {
      case INT, LONG -> Long.toString(number.longValue());
      case BIG_INTEGER -> number.bigIntegerValue().toString();
      case FLOAT, DOUBLE, BIG_DECIMAL -> text(number.doubleValue());
    };
  }

  static String text(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      return Double.toString(value);
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0.0" : "0.0";
    }
    StringBuilder out = new StringBuilder(26);
    if (value < 0) {
      out.append('-');
    }
    double magnitude = Math.abs(value);
    String java = oneDigit(magnitude);
    int mark = java.indexOf('E');
    String mantissa = mark < 0 ? java : java.substring(0, mark);
    int dot = mantissa.indexOf('.');
    String all = mantissa.substring(0, dot) + mantissa.substring(dot + 1);
    int first = firstNonZero(all);
    int shift = mark < 0 ? 0 : Integer.parseInt(java, mark + 1, java.length(), 10);
    return layOut(out, withoutFinalZeros(all, first), dot - 1 - first + shift);
  }

  /// Java always gives two digits; of the smallest subnormals one may be enough.
  private static String oneDigit(double magnitude) {
    if (magnitude < Double.MIN_NORMAL) {
      BigDecimal rounded =
          new BigDecimal(magnitude).round(new MathContext(1, RoundingMode.HALF_EVEN));
      if (rounded.doubleValue() == magnitude) {
        int exponent = -rounded.scale();
        return rounded.unscaledValue() + ".0E" + exponent;
      }
    }
    return Double.toString(magnitude);
  }

  private static int firstNonZero(String digits) {
    int i = 0;
    while (digits.charAt(i) == '0') {
      i++;
    }
    return i;
  }

  private static String withoutFinalZeros(String digits, int start) {
    int end = digits.length();
    while (end > start + 1 && digits.charAt(end - 1) == '0') {
      end--;
    }
    return digits.substring(start, end);
  }

  /// @param exponent the power of ten of the first digit
  private static String layOut(StringBuilder out, String digits, int exponent) {
    int count = digits.length();
    if (exponent < MIN_POSITIONAL || exponent > MAX_POSITIONAL) {
      out.append(digits.charAt(0));
      if (count > 1) {
        out.append('.').append(digits, 1, count);
      }
      out.append(exponent < 0 ? "e-" : "e+");
      int size = Math.abs(exponent);
      return out.append(size < 10 ? "0" : "").append(size).toString();
    }
    if (exponent < 0) {
      return out.append("0.").repeat('0', -exponent - 1).append(digits).toString();
    }
    if (count <= exponent + 1) {
      return out.append(digits).repeat('0', exponent + 1 - count).append(".0").toString();
    }
    return out.append(digits, 0, exponent + 1)
        .append('.')
        .append(digits, exponent + 1, count)
        .toString();
  }
}
