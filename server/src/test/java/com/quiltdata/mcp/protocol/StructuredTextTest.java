package com.quiltdata.mcp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// MCP 2026-07-28, server/tools: structured content is repeated as text.
final class StructuredTextTest {
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  private final EndpointBench bench = new EndpointBench();

  private JsonNode call(String text) {
    ObjectNode params = StrictJson.NODES.objectNode().put("name", "echo");
    params.putObject("arguments").put("bucket", text);
    return bench.ask(EndpointBench.modernBody("tools/call", params)).body().get("result");
  }

  @ParameterizedTest
  @ValueSource(strings = {"plain", "é日😀\"\\", "hidden\u200b\u202e\udb40\udc41"})
  void repeatsStructuredContentAsText(String text) {
    JsonNode result = call(text);
    JsonNode block = result.get("content").get(0);
    assertThat(result.get("content")).hasSize(1);
    assertThat(block.get("type").stringValue()).isEqualTo("text");
    assertThat(JSON.read(block.get("text").stringValue()))
        .isEqualTo(result.get("structuredContent"));
    assertThat(result.get("structuredContent").get("said").stringValue()).isEqualTo(text);
  }

  @Test
  void hidesNothingInTheText() {
    assertThat(call("a\u200bb").get("content").get(0).get("text").stringValue())
        .contains("a\\u200bb");
  }

  @Test
  void repeatsFailuresToo() {
    ObjectNode params = StrictJson.NODES.objectNode().put("name", "echo");
    params.putObject("arguments").put("unknown", 1);
    JsonNode result =
        bench.ask(EndpointBench.modernBody("tools/call", params)).body().get("result");
    assertThat(result.get("isError").booleanValue()).isTrue();
    assertThat(result.get("structuredContent").get("success").booleanValue()).isFalse();
    assertThat(JSON.read(result.get("content").get(0).get("text").stringValue()))
        .isEqualTo(result.get("structuredContent"));
  }
}
