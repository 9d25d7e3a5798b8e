package com.quiltdata.mcp.protocol;

import static com.quiltdata.mcp.protocol.EndpointBench.json;
import static com.quiltdata.mcp.protocol.EndpointBench.modernBody;
import static com.quiltdata.mcp.protocol.EndpointBench.modernHeaders;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.protocol.EndpointBench.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// The checks of a stateless request, in the order in which their failures are told, and the
/// requirements R21 to R27 about headers.
final class LadderTest {
  private static final String CALL =
      "{\"name\":\"echo\",\"arguments\":{\"bucket\":\"b-1\",\"count\":42}}";

  private final EndpointBench bench = new EndpointBench();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"_meta\":{}}",
        "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\"}}",
        "{\"_meta\":{\"io.modelcontextprotocol/clientCapabilities\":{}}}",
        "{\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":7,\"io.modelcontextprotocol/clientCapabilities\":{}}}",
        "{\"_meta\":7}"
      })
  void row3MissingMetaComesBeforeHeaders(String params) {
    Answer answer =
        bench.ask(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\",\"params\":%s}"
                .formatted(params),
            Map.of("MCP-Protocol-Version", "2026-07-28"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo(-32602);
    assertThat(answer.body().path("error").path("message").asString())
        .contains("io.modelcontextprotocol/");
  }

  @Test
  void row4HeaderAndMetaMustAgreeBeforeTheVersionIsLookedAt() {
    String body = modernBody("tools/list", json("{}")).replace("\"2026-07-28\"", "\"v999.0.0\"");
    Answer answer = bench.ask(body, modernHeaders("tools/list", json("{}")));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo(-32020);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "MCP-Protocol-Version",
        "Mcp-Method",
        "Mcp-Name",
        "Mcp-Param-Bucket",
        "Mcp-Param-Count"
      })
  void r23RefusesAMissingHeader(String name) {
    Map<String, String> headers = modernHeaders("tools/call", json(CALL));
    headers.remove(name);
    Answer answer = bench.ask(modernBody("tools/call", json(CALL)), headers);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo(-32020);
  }

  @ParameterizedTest
  @CsvSource({
    "MCP-Protocol-Version, 2025-11-25",
    "Mcp-Method, tools/list",
    "Mcp-Method, TOOLS/CALL",
    "Mcp-Name, Echo",
    "Mcp-Param-Bucket, b-2",
    "Mcp-Param-Count, 43",
    "Mcp-Param-Count, many"
  })
  void r22AndR23RefuseAHeaderThatDiffers(String name, String value) {
    assertThat(with(name, value).errorCode()).isEqualTo(-32020);
    assertThat(with(name, value).status()).isEqualTo(400);
  }

  @Test
  void r22HeaderNamesCompareWithoutCase() {
    Map<String, String> upper = new HashMap<>();
    modernHeaders("tools/call", json(CALL))
        .forEach((name, value) -> upper.put(name.toUpperCase(Locale.ROOT), value));
    assertThat(bench.ask(modernBody("tools/call", json(CALL)), upper).status()).isEqualTo(200);
  }

  @Test
  void r24DecodesBase64Values() {
    ObjectNode params = json("{\"name\":\"echo\",\"arguments\":{\"bucket\":\"größe\"}}");
    Map<String, String> headers = modernHeaders("tools/call", params);
    headers.put("Mcp-Param-Bucket", encoded("größe"));
    headers.put("Mcp-Name", encoded("echo"));
    assertThat(bench.ask(modernBody("tools/call", params), headers).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=?base64?ZWNobw?=",
        "=?base64?ZWNob w==?=",
        "=?base64?/w==?=",
        "=?BASE64?ZWNobw==?=",
        "=?base64?ZWNobx==?="
      })
  void r24RefusesWhatIsNotStrictBase64(String value) {
    assertThat(with("Mcp-Name", value).errorCode()).isEqualTo(-32020);
  }

  @Test
  void r24AValueWithoutBothMarkersIsLiteral() {
    ObjectNode params = json("{\"name\":\"echo\",\"arguments\":{\"bucket\":\"=?base64?x\"}}");
    assertThat(bench.modern("tools/call", params).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"42", "42.0", "4.2e1", "+42"})
  void r25ComparesNumbersAsNumbers(String value) {
    assertThat(with("Mcp-Param-Count", value).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"name\":\"echo\",\"arguments\":{}}",
        "{\"name\":\"echo\"}",
        "{\"name\":\"echo\",\"arguments\":{\"bucket\":null}}"
      })
  void r25AHeaderForAnAbsentArgumentIsAMismatch(String params) {
    Map<String, String> headers = modernHeaders("tools/call", json("{\"name\":\"echo\"}"));
    assertThat(bench.ask(modernBody("tools/call", json(params)), headers).status()).isEqualTo(200);
    headers.put("Mcp-Param-Bucket", "b");
    assertThat(bench.ask(modernBody("tools/call", json(params)), headers).errorCode())
        .isEqualTo(-32020);
  }

  @Test
  void r26IgnoresUnknownParameterHeaders() {
    assertThat(with("Mcp-Param-Other", "x").status()).isEqualTo(200);
  }

  @Test
  void r26RefusesARoutingHeaderSentTwiceWithDifferentValues() {
    Map<String, String> single = modernHeaders("tools/call", json(CALL));
    Headers twice =
        name ->
            name.equalsIgnoreCase("Mcp-Name")
                ? List.of("echo", "report")
                : Optional.ofNullable(single.get(name)).stream().toList();
    assertThat(bench.ask(modernBody("tools/call", json(CALL)), Optional.of(twice)).errorCode())
        .isEqualTo(-32020);
  }

  @Test
  void r23RefusesCharactersThatAHeaderMayNotHave() {
    assertThat(with("Mcp-Name", "echo\u0001").errorCode()).isEqualTo(-32020);
    assertThat(with("Mcp-Name", "ech\u00f6").errorCode()).isEqualTo(-32020);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v999.0.0", "2026-07-29", "2025-11-25", "2024-11-05"})
  void row7TellsWhichVersionsThereAre(String version) {
    String body =
        modernBody("tools/list", json("{}")).replace("\"2026-07-28\"", "\"" + version + "\"");
    Map<String, String> headers = modernHeaders("tools/list", json("{}"));
    headers.put("MCP-Protocol-Version", version);
    Answer answer = bench.ask(body, headers);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo(-32022);
    assertThat(answer.body().path("error").path("data").toString())
        .isEqualTo("{\"supported\":[\"2026-07-28\"],\"requested\":\"%s\"}".formatted(version));
  }

  @Test
  void anUnknownVersionInTheHeaderAloneIsToldToo() {
    Answer answer =
        bench.ask(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}",
            Map.of("MCP-Protocol-Version", "1999-01-01"));
    assertThat(answer.status()).isEqualTo(400);
  }

  @Test
  void aNotificationOfAnUnknownVersionIsRefused() {
    Answer answer =
        bench.ask(
            "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}",
            Map.of("MCP-Protocol-Version", "1999-01-01"));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo(-32022);
  }

  @ParameterizedTest
  @CsvSource({
    "tools/call, '{\"name\":7}'",
    "tools/call, '{\"name\":\"echo\",\"arguments\":[]}'",
    "tools/call, '{\"name\":\"echo\",\"_meta\":{\"progressToken\":1.5}}'",
    "tools/call, '{\"name\":\"echo\",\"_meta\":{\"io.modelcontextprotocol/logLevel\":\"loud\"}}'",
    "tools/list, '{\"cursor\":\"mine\"}'",
    "resources/read, '{\"uri\":7}'",
    "resources/read, {}"
  })
  void row9RefusesParametersOfTheWrongShape(String method, String params) {
    Answer answer = bench.modern(method, json(params));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo(-32602);
  }

  @Test
  void r21ModernRequestsIgnoreSessions() {
    assertThat(with("Mcp-Session-Id", "stateless-123").status()).isEqualTo(200);
  }

  @Test
  void r31StdioNeedsNoHeadersAndMixesRevisions() {
    assertThat(bench.ask(modernBody("tools/call", json(CALL))).status()).isEqualTo(200);
    assertThat(bench.ask("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"}").status())
        .isEqualTo(200);
  }

  private Answer with(String name, String value) {
    Map<String, String> headers = modernHeaders("tools/call", json(CALL));
    headers.put(name, value);
    return bench.ask(modernBody("tools/call", json(CALL)), headers);
  }

  private static String encoded(String text) {
    return "=?base64?"
        + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8))
        + "?=";
  }
}
