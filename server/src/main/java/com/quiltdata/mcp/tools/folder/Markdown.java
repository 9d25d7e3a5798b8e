package com.quiltdata.mcp.tools.folder;

import com.quiltdata.mcp.fault.Quoted;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Foreign text inside Markdown (CommonMark 0.31 with the tables of GitHub): it shows as it is, and
/// makes no structure.
final class Markdown {
  private static final String SPECIAL = "\\`*_{}[]<>#|~&!$";
  private static final Pattern LIST_OR_LINE = Pattern.compile("^([-+=])");
  private static final Pattern NUMBERED = Pattern.compile("^(\\d{1,9})([.)])");
  private static final Pattern BACKTICKS = Pattern.compile("`+");

  private Markdown() {}

  /// A name, as code. What does not print stands there as its number.
  ///
  /// @param text of one line or more
  /// @return for the middle of a line, not of a table
  static String code(String text) {
    String visible = Quoted.visible(text);
    int longest =
        BACKTICKS
            .matcher(visible)
            .results()
            .mapToInt(run -> run.end() - run.start())
            .max()
            .orElse(0);
    String fence = "`".repeat(longest + 1);
    // A blank at both ends is taken off again by readers.
    boolean needsBlanks =
        visible.startsWith("`")
            || visible.endsWith("`")
            || (visible.startsWith(" ") && visible.endsWith(" "));
    return visible.isEmpty() ? "" : fence + (needsBlanks ? " " + visible + " " : visible) + fence;
  }

  /// A name, as code in a cell of a table.
  static String cell(String text) {
    return code(text).replace("|", "\\|");
  }

  /// A text of some paragraphs.
  ///
  /// @param text lines and empty lines stay such
  /// @return whole paragraphs
  static String text(String text) {
    return text.lines().map(String::strip).map(Markdown::line).collect(Collectors.joining("\n"));
  }

  private static String line(String line) {
    StringBuilder out = new StringBuilder();
    Quoted.visible(line)
        .chars()
        .forEach(c -> {
          if (SPECIAL.indexOf(c) >= 0) {
            out.append('\\');
          }
          out.append((char) c);
        });
    String escaped = LIST_OR_LINE.matcher(out).replaceFirst("\\\\$1");
    return NUMBERED.matcher(escaped).replaceFirst("$1\\\\$2");
  }
}
