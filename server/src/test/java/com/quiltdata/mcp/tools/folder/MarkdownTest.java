package com.quiltdata.mcp.tools.folder;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MarkdownTest {
  @ParameterizedTest
  @CsvSource({
    "a b, `a b`",
    "a`b, ``a`b``",
    "``, ``` `` ```",
    "`a, `` `a ``",
    "' a ', '`  a  `'",
    "' a', '` a`'",
    "a|b, `a|b`",
    "<script>, `<script>`",
    "\\, `\\`"
  })
  void namesAreCode(String text, String code) {
    assertThat(Markdown.code(text)).isEqualTo(code);
  }

  @Test
  void namesStayOnTheirLine() {
    assertThat(Markdown.code("a\n\n# b\r\u2028c\u202e"))
        .isEqualTo("`a\\u{a}\\u{a}# b\\u{d}\\u{2028}c\\u{202e}`");
    assertThat(Markdown.code("")).isEmpty();
  }

  @Test
  void namesStayInTheirCell() {
    assertThat(Markdown.cell("a|b")).isEqualTo("`a\\|b`");
  }

  @Test
  void plainTextIsReadable() {
    String text = "Plain: (1.5 mm), it's \"quoted\" 100 %; see s3://a/b - or not.";
    assertThat(Markdown.text(text)).isEqualTo(text);
  }

  @ParameterizedTest
  @CsvSource({
    "# title, \\# title",
    "- item, \\- item",
    "+ item, \\+ item",
    "===, \\===",
    "1. item, 1\\. item",
    "12) item, 12\\) item",
    "> quote, \\> quote",
    "a * b, a \\* b",
    "_a_, \\_a\\_",
    "[a](b), \\[a\\](b)",
    "![a](b), \\!\\[a\\](b)",
    "<b>, \\<b\\>",
    "&amp;, \\&amp;",
    "a | b, a \\| b",
    "~~~, \\~\\~\\~",
    "```, \\`\\`\\`",
    "\\, \\\\",
    "'    code', code",
    "a - b, a - b",
    "v1.2, v1.2",
    "$x$, \\$x\\$"
  })
  void textMakesNoStructure(String text, String markdown) {
    assertThat(Markdown.text(text)).isEqualTo(markdown);
  }

  @Test
  void paragraphsStay() {
    assertThat(Markdown.text("one\n\ntwo\r\n  # three\n\u0007"))
        .isEqualTo("one\n\ntwo\n\\# three\n\\\\u\\{7\\}");
  }
}
