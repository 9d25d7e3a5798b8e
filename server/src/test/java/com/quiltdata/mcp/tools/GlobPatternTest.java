package com.quiltdata.mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GlobPatternTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      value = {
        "*.csv a.csv true",
        "*.csv x/y/a.csv true",
        "*.csv a.csv.gz false",
        "a?c abc true",
        "a?c a😀c true",
        "a?c ac false",
        "[ab]x bx true",
        "[ab]x cx false",
        "[!ab]x cx true",
        "[!ab]x ax false",
        "[a-c]x bx true",
        "[a-c]x dx false",
        "[]x]y ]y true",
        "[]x]y xy true",
        "[x [x true",
        "[x x false",
        "[a-]x -x true",
        "*a*b*c xaybzc true",
        "*a*b*c xaybz false",
        "** anything true",
        "a\\*b a\\xb true",
        "A a false",
      })
  void fitsAsInAShell(String pattern, String text, boolean fits) {
    assertThat(GlobPattern.of(pattern).matches(text)).isEqualTo(fits);
  }

  @Test
  void readsBracketsAsThemselvesWhereAsked() {
    assertThat(GlobPattern.ofWildcards("[a]*").matches("[a]b")).isTrue();
    assertThat(GlobPattern.of("").matches("")).isTrue();
    assertThat(GlobPattern.of("*").matches("")).isTrue();
    assertThat(GlobPattern.of("").matches("x")).isFalse();
  }

  @Test
  void takesNoLongerThanTheProductOfTheLengths() {
    GlobPattern pattern = GlobPattern.of("*a".repeat(200) + "b");
    assertTimeout(
        Duration.ofSeconds(2), () -> assertThat(pattern.matches("a".repeat(20_000))).isFalse());
  }
}
