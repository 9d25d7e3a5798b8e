package com.quiltdata.mcp.json;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What is JSON here and what is not (threat S21).
final class StrictJsonTest {
  private final StrictJson json = new StrictJson(JsonLimits.DEFAULT);

  private void isRefused(String text) {
    isRefused(text.getBytes(UTF_8));
  }

  private void isRefused(byte[] text) {
    long start = System.nanoTime();
    assertThatThrownBy(() -> json.read(text)).isInstanceOf(MalformedJsonException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  private static String nested(String open, String inner, String close, int depth) {
    return open.repeat(depth) + inner + close.repeat(depth);
  }

  @Test
  void depthIs64() {
    assertThat(json.read(nested("[", "1", "]", 64)).isArray()).isTrue();
    assertThat(json.read(nested("{\"a\":", "1", "}", 64)).isObject()).isTrue();
    isRefused(nested("[", "1", "]", 65));
    isRefused(nested("{\"a\":", "1", "}", 65));
    isRefused(nested("[{\"a\":", "1", "}]", 33));
    isRefused(nested("[", "", "]", 5_000_000));
    isRefused("[".repeat(5_000_000));
    isRefused("{\"a\":".repeat(1_000_000));
  }

  @Test
  void valuesAre100000InAll() {
    assertThat(json.read("[" + "1,".repeat(99_998) + "1]").size()).isEqualTo(99_999);
    isRefused("[" + "1,".repeat(99_999) + "1]");
    isRefused("[" + "[],".repeat(3_000_000) + "1]");
    isRefused("{\"a\":[" + "{},".repeat(100_000) + "1]}");
  }

  @Test
  void valuesAreCountedBeforeTheyTakeMemory() {
    // Behind the limit nothing is read, not even what is broken.
    assertThatThrownBy(() -> json.read("[" + "{},".repeat(200_000) + "broken"))
        .isInstanceOf(MalformedJsonException.class)
        .hasMessageContaining("100000 values");
  }

  @Test
  void numbersHave100Characters() {
    BigInteger big = new BigInteger("1".repeat(100));
    assertThat(json.read("1".repeat(100)).bigIntegerValue()).isEqualTo(big);
    isRefused("1".repeat(101));
    isRefused("-" + "1".repeat(1_000_000));
    isRefused("0." + "1".repeat(1_000_000));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1e400", "-1e400", "1e1000000000", "1E+999999999999", "[1e309]", "{\"a\":-1e309}"})
  void numbersBeyondADoubleAreRefusedAtOnce(String text) {
    isRefused(text);
  }

  @Test
  void numbersKeepTheirValue() {
    assertThat(json.read("9007199254740993").longValue()).isEqualTo(9007199254740993L);
    assertThat(json.text(json.read("[1e-400,0.1,-0,1e5]"))).startsWith("[0");
    assertThat(json.read("1e308").doubleValue()).isEqualTo(1e308);
    assertThat(json.read("123456789012345678901234567890").isIntegralNumber()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":1,\"a\":1}",
        "{\"a\":1,\"\\u0061\":2}",
        "[{\"x\":{\"b\":1,\"c\":2,\"b\":3}}]"
      })
  void membersTwiceAreRefused(String text) {
    isRefused(text);
  }

  @Test
  void manyMembersOfOneHashAreReadInTime() {
    StringBuilder text = new StringBuilder("{");
    for (int i = 0; i < 1 << 14; i++) {
      StringBuilder name = new StringBuilder();
      for (int bit = 0; bit < 14; bit++) {
        name.append((i >> bit & 1) == 0 ? "Aa" : "BB");
      }
      text.append('"').append(name).append("\":1,");
    }
    long start = System.nanoTime();
    assertThat(json.read(text.append("\"z\":1}").toString()).size()).isEqualTo((1 << 14) + 1);
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void namesHave256Characters() {
    assertThat(json.read("{\"%s\":1}".formatted("n".repeat(256))).size()).isEqualTo(1);
    isRefused("{\"%s\":1}".formatted("n".repeat(257)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\\ud800\"",
        "\"\\udc00\"",
        "\"\\ud800\\ud800\"",
        "\"\\udc00\\ud800\"",
        "\"\\ud800x\"",
        "{\"\\ud800\":1}",
        "[{\"a\":\"\\udfff\"}]"
      })
  void halvesOfSurrogatePairsAreRefused(String text) {
    isRefused(text);
  }

  @Test
  void wholePairsAreRead() {
    assertThat(json.read("\"\\ud83d\\ude00\"").stringValue()).isEqualTo("😀");
    assertThat(json.read("\"😀\\u0000\"").stringValue()).isEqualTo("😀\0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\u00c0\u00af\"",
        "\"\u00e0\u0080\u0080\"",
        "\"\u00f8\u0088\u0080\u0080\u0080\"",
        "\"\u00ed\u00a0\u0080\"",
        "\"\u00f4\u0090\u0080\u0080\"",
        "\"\u00ff\"",
        "\"\u00e2\u0082\"",
        "\u00ff\u00fe[\0]\0",
        "\0[\0]"
      })
  void malformedUtf8IsRefused(String bytes) {
    isRefused(bytes.getBytes(ISO_8859_1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{} {}",
        "1 2",
        "[] x",
        "{}\0",
        "nul",
        "NaN",
        "Infinity",
        "'a'",
        "{a:1}",
        "[1,]",
        "// x\n1",
        "01",
        "+1",
        ".5",
        "1.",
        "\"\t\"",
        "\"\\x41\"",
        "\ufeff{}"
      })
  void otherTextIsRefused(String text) {
    isRefused(text);
  }

  @Test
  void literalNullIsAValue() {
    assertThat(json.read(" null ").isNull()).isTrue();
  }

  @Test
  void refusalNamesTheRuleAndNothingOfTheInput() {
    for (String text :
        new String[] {
          "{\"secret-text\" 1}", "[\"secret-text\",]", "{\"secret-text\":1,\"secret-text\":2}"
        }) {
      assertThatThrownBy(() -> json.read(text))
          .isInstanceOf(MalformedJsonException.class)
          .hasMessageNotContaining("secret-text")
          .hasNoCause();
    }
    assertThatThrownBy(() -> json.read("[".repeat(65))).hasMessageContaining("depth 64");
  }

  @Test
  void whatWasReadIsWrittenTheSame() {
    String text = "{\"a\":[1,2.5,\"ü\\n\",true,null],\"b\":{\"c\":\"😀\"}}";
    JsonNode node = json.read(text);
    assertThat(json.text(node)).isEqualTo(text);
    assertThat(json.write(node)).isEqualTo(text.getBytes(UTF_8));
  }
}
