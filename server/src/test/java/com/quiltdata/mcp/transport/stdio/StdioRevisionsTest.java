package com.quiltdata.mcp.transport.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.protocol.EndpointBench;
import com.quiltdata.mcp.transport.ResultRoom;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// What one client hears that speaks through standard input and output.
final class StdioRevisionsTest {
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);
  private static final String LIST = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}";

  private static List<JsonNode> answers(String... lines) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] in = (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
    new StdioTransport(
            new EndpointBench().endpoint(),
            new ByteArrayInputStream(in),
            new PrintStream(out, true, StandardCharsets.UTF_8),
            1 << 20,
            new ResultRoom(96 << 20))
        .serve();
    return out.toString(StandardCharsets.UTF_8)
        .lines()
        .map(line -> JSON.read(line.getBytes(StandardCharsets.UTF_8)))
        .toList();
  }

  private static String initialize(String version) {
    return "{\"jsonrpc\":\"2.0\",\"id\":0,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"%s\",\"capabilities\":{},\"clientInfo\":{\"name\":\"x\",\"version\":\"1\"}}}"
        .formatted(version);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-03-26, false",
    "2025-06-18, true",
    "2025-11-25, true",
    "2026-07-28, true",
    "2024-11-05, false"
  })
  void agreedRevisionHoldsForWhatFollows(String version, boolean hasOutputSchemas) {
    JsonNode tool = answers(initialize(version), LIST).get(1).path("result").path("tools").get(0);
    assertThat(tool.has("outputSchema")).isEqualTo(hasOutputSchemas);
  }

  @Test
  void anotherRevisionIsTakenInBetween() {
    List<JsonNode> answers =
        answers(
            initialize("2025-03-26"),
            EndpointBench.modernBody("tools/list", EndpointBench.json("{}")),
            LIST);
    assertThat(answers.get(1).path("result").path("resultType").asString()).isEqualTo("complete");
    assertThat(answers.get(2).path("result").has("resultType")).isFalse();
    assertThat(answers.get(2).path("result").path("tools").get(0).has("title")).isFalse();
  }

  @Test
  void callThatRunsWhenTheInputEndsIsAnswered() {
    List<JsonNode> messages =
        answers(
            "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"report\"}}");
    assertThat(messages.getFirst().path("method").asString()).isEqualTo("notifications/message");
    assertThat(messages.getLast().path("id").asInt()).isEqualTo(7);
    assertThat(messages.getLast().path("result").path("isError").asBoolean()).isFalse();
  }

  @Test
  void everyRequestIsAnsweredAndNothingElse() {
    List<JsonNode> answers =
        answers(
            "no JSON",
            "",
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":\"a\",\"method\":\"no/such\"}",
            "{\"jsonrpc\":\"2.0\",\"id\":\"b\",\"method\":\"ping\"}");
    assertThat(answers).hasSize(3);
    assertThat(answers.get(0).path("error").path("code").asInt()).isEqualTo(-32700);
    assertThat(answers.get(1).path("error").path("code").asInt()).isEqualTo(-32601);
    assertThat(answers.get(2).path("id").asString()).isEqualTo("b");
    assertThat(answers.get(2).path("result").isEmpty()).isTrue();
  }
}
