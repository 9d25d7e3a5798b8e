package com.quiltdata.mcp.quilt.workflow;

import java.util.HashMap;
import java.util.Map;

/// Rewrites a regular expression from Python's notation into Java's.
///
/// Not thread-safe; good for one expression. What Java reads in another way is spelled out: names
/// of groups, `\Z`, braces that are no repetition, brackets in sets. What one of the two does not
/// have is an [IllegalArgumentException] that says so.
final class PatternNotation {
  private static final String CLASS_ESCAPES = "dDsSwW";
  private static final String PLAIN_ESCAPES = "afnrt";

  private final String in;
  private final StringBuilder out = new StringBuilder();
  private final Map<String, String> groups = new HashMap<>();
  private int at;

  PatternNotation(String in) {
    this.in = in;
  }

  String java() {
    while (at < in.length()) {
      char c = in.charAt(at++);
      switch (c) {
        case '\\' -> escape(false);
        case '[' -> set();
        case '(' -> group();
        case '{' -> brace();
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  private boolean looksAt(String text) {
    return in.startsWith(text, at);
  }

  private void escape(boolean inSet) {
    if (at == in.length()) {
      throw new IllegalArgumentException("ends in a back-slash");
    }
    char c = in.charAt(at++);
    if (CLASS_ESCAPES.indexOf(c) >= 0 || PLAIN_ESCAPES.indexOf(c) >= 0) {
      out.append('\\').append(c);
    } else if (c == 'v') {
      out.append("\\x0B");
    } else if (c == 'b' && inSet) {
      out.append("\\x08");
    } else if (c == 'x' || c == 'u' || c == 'U') {
      codePoint(Integer.parseInt(digits(c == 'x' ? 2 : c == 'u' ? 4 : 8), 16));
    } else if (c == '0') {
      octal();
    } else if (c >= '1' && c <= '9' && !inSet) {
      // The digits that follow are read by the same rule in both.
      out.append('\\').append(c);
    } else if (!inSet && (c == 'A' || c == 'b' || c == 'B')) {
      out.append('\\').append(c);
    } else if (!inSet && c == 'Z') {
      out.append("\\z");
    } else if (c < 0x80 && Character.isLetterOrDigit(c)) {
      throw new IllegalArgumentException("holds \\%c, which is not known".formatted(c));
    } else {
      out.append('\\').append(c);
    }
  }

  private String digits(int count) {
    int end = at + count;
    if (end > in.length() || !isHex(in.substring(at, end))) {
      throw new IllegalArgumentException("holds an escape with too few digits");
    }
    String digits = in.substring(at, end);
    at = end;
    return digits;
  }

  private static boolean isHex(String text) {
    return text.chars().allMatch(c -> c < 0x80 && Character.digit(c, 16) >= 0);
  }

  private void codePoint(int c) {
    if (!Character.isValidCodePoint(c)) {
      throw new IllegalArgumentException("names no character");
    }
    out.append("\\x{%x}".formatted(c));
  }

  private void octal() {
    int value = 0;
    for (int i = 0; i < 2 && at < in.length(); i++) {
      int digit = Character.digit(in.charAt(at), 8);
      if (digit < 0) {
        break;
      }
      value = value * 8 + digit;
      at++;
    }
    codePoint(value);
  }

  /// In Java, a bracket inside a set begins another set, and `&&` is an intersection.
  private void set() {
    out.append('[');
    if (looksAt("^")) {
      at++;
      out.append('^');
    }
    boolean isFirst = true;
    while (at < in.length()) {
      char c = in.charAt(at++);
      if (c == ']' && !isFirst) {
        out.append(']');
        return;
      }
      isFirst = false;
      switch (c) {
        case '\\' -> escape(true);
        case '[', ']', '&', '^' -> out.append('\\').append(c);
        default -> out.append(c);
      }
    }
    throw new IllegalArgumentException("has a set without an end");
  }

  private void group() {
    if (!looksAt("?")) {
      out.append('(');
    } else if (looksAt("?P<")) {
      at += 3;
      String name = upTo('>');
      if (groups.put(name, "g" + groups.size()) != null) {
        throw new IllegalArgumentException("has two groups of one name");
      }
      out.append("(?<").append(groups.get(name)).append('>');
    } else if (looksAt("?P=")) {
      at += 3;
      String group = groups.get(upTo(')'));
      if (group == null) {
        throw new IllegalArgumentException("names a group that is not there");
      }
      out.append("\\k<").append(group).append('>');
    } else if (looksAt("?#")) {
      upTo(')');
    } else if (looksAt("?(")) {
      throw new IllegalArgumentException("asks whether a group matched, which is not known here");
    } else if (looksAt("?<") && !looksAt("?<=") && !looksAt("?<!")) {
      throw new IllegalArgumentException("names a group without a P");
    } else {
      out.append('(');
      flags();
    }
  }

  /// Flags of Python that Java does not have, or reads in another way, are refused.
  private void flags() {
    int end = at + 1;
    while (end < in.length() && Character.isLetter(in.charAt(end))) {
      char flag = in.charAt(end++);
      if ("imsxu".indexOf(flag) < 0) {
        throw new IllegalArgumentException("has the flag %c, which is not known".formatted(flag));
      }
    }
    // `u` is how texts are read anyway, and would mean something else.
    String letters = in.substring(at, end);
    out.append(letters.replace("u", ""));
    at = end;
  }

  private String upTo(char last) {
    int end = in.indexOf(last, at);
    if (end < 0) {
      throw new IllegalArgumentException("has a group without an end");
    }
    String text = in.substring(at, end);
    at = end + 1;
    return text;
  }

  /// `{,n}` is `{0,n}`; what is no repetition stands for itself.
  private void brace() {
    int end = in.indexOf('}', at);
    String inner = end < 0 ? "" : in.substring(at, end);
    int comma = inner.indexOf(',');
    String least = comma < 0 ? inner : inner.substring(0, comma);
    String most = comma < 0 ? "" : inner.substring(comma + 1);
    if (inner.isEmpty() || !isCount(least) || !isCount(most)) {
      out.append("\\{");
      return;
    }
    out.append('{').append(least.isEmpty() ? "0" : least);
    if (comma >= 0) {
      out.append(',').append(most);
    }
    out.append('}');
    at = end + 1;
  }

  private static boolean isCount(String text) {
    return text.length() <= 9 && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }
}
