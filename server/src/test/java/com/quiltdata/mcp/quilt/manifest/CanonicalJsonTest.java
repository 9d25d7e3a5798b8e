package com.quiltdata.mcp.quilt.manifest;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.quilt.QuiltFixtures;
import java.io.ByteArrayOutputStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

final class CanonicalJsonTest {
  static Stream<JsonNode> numbers() {
    return QuiltFixtures.vectors("numbers");
  }

  static Stream<JsonNode> strings() {
    return QuiltFixtures.vectors("strings");
  }

  @ParameterizedTest
  @MethodSource("numbers")
  void writesNumbersAsPythonDoes(JsonNode vector) {
    assertThat(CanonicalJson.text(QuiltFixtures.json(vector.get("json").stringValue())))
        .isEqualTo(vector.get("canonical").stringValue());
  }

  @ParameterizedTest
  @MethodSource("strings")
  void escapesAllButAscii(JsonNode vector) {
    assertThat(CanonicalJson.text(vector.get("value")))
        .isEqualTo(vector.get("canonical").stringValue());
  }

  @Test
  void sortsMembersByCodePointsAtEveryDepth() {
    JsonNode node =
        QuiltFixtures.json("{\"😀\": [{\"b\": null, \"a\": {}}], \"\ue000\": true, \"B\": false}");
    assertThat(CanonicalJson.text(node))
        .isEqualTo("{\"B\":false,\"\\ue000\":true,\"\\ud83d\\ude00\":[{\"a\":{},\"b\":null}]}");
  }

  @Test
  void escapesHalfOfACharacterAndNoQuestionMark() {
    assertThat(CanonicalJson.text(JsonNodeFactory.instance.stringNode("?\ud800?")))
        .isEqualTo("\"?\\ud800?\"");
    assertThat(CanonicalJson.text(JsonNodeFactory.instance.stringNode("?"))).isEqualTo("\"?\"");
  }

  @Test
  void writesTextsThatAreLongerThanItsBlock() {
    String text = "é".repeat(50_000) + "z".repeat(50_000);
    assertThat(CanonicalJson.text(JsonNodeFactory.instance.stringNode(text)))
        .isEqualTo("\"" + "\\u00e9".repeat(50_000) + "z".repeat(50_000) + "\"");
  }

  @Test
  void handsOverWholeBlocksAndTheRestAtTheEnd() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    CanonicalJson writer = new CanonicalJson(out::write);
    writer.write(QuiltFixtures.json("[1]"));
    assertThat(out.size()).isZero();
    writer.write(QuiltFixtures.json("[2]"));
    writer.flush();
    assertThat(out.toString(US_ASCII)).isEqualTo("[1][2]");
  }
}
