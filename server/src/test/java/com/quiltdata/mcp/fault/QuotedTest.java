package com.quiltdata.mcp.fault;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class QuotedTest {
  @Test
  void keepsPlainText() {
    assertThat(Quoted.of("Zoë 日本 😀")).isEqualTo("'Zoë 日本 😀'");
    assertThat(Quoted.of("")).isEqualTo("''");
  }

  @Test
  void showsWhatIsInvisible() {
    assertThat(Quoted.of("a\r\nb\0")).isEqualTo("'a\\u{d}\\u{a}b\\u{0}'");
    assertThat(Quoted.of("\u202egnp\u200b\u2028\u2029\ud83d"))
        .isEqualTo("'\\u{202e}gnp\\u{200b}\\u{2028}\\u{2029}\\u{d83d}'");
  }

  @Test
  void cutsAfterEightyCharacters() {
    assertThat(Quoted.of("x".repeat(80))).isEqualTo("'" + "x".repeat(80) + "'");
    assertThat(Quoted.of("😀".repeat(81))).isEqualTo("'" + "😀".repeat(80) + "…'");
  }
}
