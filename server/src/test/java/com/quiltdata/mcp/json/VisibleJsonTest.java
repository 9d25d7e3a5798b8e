package com.quiltdata.mcp.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class VisibleJsonTest {
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  private static String visible(String text) {
    return VisibleJson.of(JSON.text(StrictJson.NODES.stringNode(text)));
  }

  @Test
  void keepsWhatIsVisible() {
    String text = JSON.text(StrictJson.NODES.stringNode("Zoë 日本 😀 \" \\ \n"));
    assertThat(VisibleJson.of(text)).isSameAs(text);
  }

  @Test
  void showsWhatHides() {
    assertThat(visible("a\u200bb\u202e\u2066\ufeff\u00ad\u2028\u007f\u0085\u3164"))
        .isEqualTo("\"a\\u200bb\\u202e\\u2066\\ufeff\\u00ad\\u2028\\u007f\\u0085\\u3164\"");
    assertThat(visible("😀\udb40\udc41x")).isEqualTo("\"😀\\udb40\\udc41x\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "[1,-2.5,true,null,\"x\"]",
        "{\"a\":{\"b\":[{},[]]},\"é\":\"日😀\"}",
        "{\"hidden\\u200bname\":\"\\udb40\\udc41 \\u0000 \\b\\t\\n\\f\\r \\u000b \\\" \\\\ / \\u007f\"}",
        "12345678901234567890123"
      })
  void countsItsBytesAndChangesNothing(String json) {
    JsonNode node = JSON.read(json);
    String text = VisibleJson.of(JSON.text(node));
    assertThat(VisibleJson.bytes(node)).isEqualTo(text.getBytes(UTF_8).length);
    assertThat(JSON.read(text)).isEqualTo(node);
  }
}
