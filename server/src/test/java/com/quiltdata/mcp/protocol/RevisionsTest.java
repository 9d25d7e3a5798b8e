package com.quiltdata.mcp.protocol;

import static com.quiltdata.mcp.protocol.EndpointBench.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.protocol.EndpointBench.Answer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What each revision is told, and in which words.
final class RevisionsTest {
  private final EndpointBench bench = new EndpointBench();

  @ParameterizedTest
  @CsvSource({
    "2024-11-05, 2024-11-05",
    "2025-03-26, 2025-03-26",
    "2025-06-18, 2025-06-18",
    "2025-11-25, 2025-11-25",
    "2026-07-28, 2025-11-25",
    "1999-01-01, 2025-11-25"
  })
  void initializeAgreesOnTheAskedRevisionOrTheNewestThatHasIt(String asked, String agreed) {
    Answer answer =
        bench.ask(
            "{\"jsonrpc\":\"2.0\",\"id\":\"init-session\",\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"%s\",\"capabilities\":{},\"clientInfo\":{\"name\":\"x\",\"version\":\"1\"}}}"
                .formatted(asked));
    assertThat(answer.status()).isEqualTo(200);
    JsonNode result = answer.body().path("result");
    assertThat(result.path("protocolVersion").asString()).isEqualTo(agreed);
    assertThat(result.path("serverInfo").path("name").asString()).isEqualTo("test");
    assertThat(result.path("serverInfo").path("version").asString()).isEqualTo("1.2.3");
    assertThat(result.path("capabilities").has("tools")).isTrue();
  }

  @Test
  void discoverNamesTheStatelessRevisionsAndTheBuild() {
    JsonNode result = bench.modern("server/discover", json("{}")).body().path("result");
    assertThat(result.path("supportedVersions").toString()).isEqualTo("[\"2026-07-28\"]");
    assertThat(result.path("_meta").path(MetaKeys.SERVER_BUILD).asString()).isEqualTo("1.2.3+abc");
    assertThat(result.path("cacheScope").asString()).isEqualTo("public");
    assertThat(result.path("ttlMs").asLong()).isPositive();
  }

  @ParameterizedTest
  @CsvSource({
    "2024-11-05, 'name,description,inputSchema'",
    "2025-03-26, 'name,description,inputSchema,annotations'",
    "2025-06-18, 'name,title,description,inputSchema,outputSchema,annotations'",
    "2025-11-25, 'name,title,description,inputSchema,outputSchema,annotations'"
  })
  void toolsAreDescribedAsTheRevisionKnowsThem(String version, String members) {
    JsonNode tool =
        bench
            .ask(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
                Map.of("MCP-Protocol-Version", version))
            .body()
            .path("result")
            .path("tools")
            .get(0);
    assertThat(String.join(",", tool.propertyNames())).isEqualTo(members);
  }

  @ParameterizedTest
  @CsvSource({"2024-11-05, false", "2025-03-26, false", "2025-06-18, true", "2025-11-25, true"})
  void structuredResultsComeWithTheRevisionThatBroughtThem(String version, boolean isStructured) {
    JsonNode result =
        bench
            .ask(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\"}}",
                Map.of("MCP-Protocol-Version", version))
            .body()
            .path("result");
    assertThat(result.has("structuredContent")).isEqualTo(isStructured);
    assertThat(result.path("content").get(0).path("text").asString())
        .isEqualTo("{\"success\":true,\"said\":\"nothing\"}");
  }

  @Test
  void aMissingResourceIsToldInTheWordsOfTheRevision() {
    Answer modern = bench.modern("resources/read", json("{\"uri\":\"test://no\"}"));
    assertThat(modern.errorCode()).isEqualTo(-32602);
    assertThat(modern.body().path("error").path("data").path("uri").asString())
        .isEqualTo("test://no");
    Answer older =
        bench.ask(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/read\",\"params\":{\"uri\":\"test://no\"}}");
    assertThat(older.errorCode()).isEqualTo(-32002);
    assertThat(older.status()).isEqualTo(200);
  }

  @Test
  void anUnknownToolIsAProtocolError() {
    Answer answer = bench.modern("tools/call", json("{\"name\":\"no_such_tool\"}"));
    assertThat(answer.errorCode()).isEqualTo(-32602);
    assertThat(answer.status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"count\":\"x\"}', 'Argument ''count'' must be an integer'",
    "'{\"count\":101}', 'Argument ''count'' must be from 0 to 100'",
    "'{\"buckets\":\"x\"}', 'echo has no argument ''buckets''; it takes bucket, count'"
  })
  void r55WrongArgumentsAreAToolErrorThatNamesArgumentAndRule(String arguments, String text) {
    Answer answer =
        bench.ask(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\",\"arguments\":%s}}"
                .formatted(arguments),
            Map.of("MCP-Protocol-Version", "2025-11-25"));
    JsonNode result = answer.body().path("result");
    assertThat(result.path("isError").asBoolean()).isTrue();
    assertThat(result.path("structuredContent").path("code").asString())
        .isEqualTo("invalid_argument");
    assertThat(result.path("structuredContent").path("error").asString()).isEqualTo(text);
  }

  @ParameterizedTest
  @ValueSource(strings = {"initialize", "ping", "server/discover", "notifications/initialized"})
  void openMethodsNeedNoToken(String method) {
    assertThat(anonymously("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\"}".formatted(method)))
        .isInstanceOf(Outcome.Answered.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"echo\"}}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"resources/read\"}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}",
        "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"ping\"},{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/list\"}]"
      })
  void allElseNeedsAToken(String body) {
    assertThat(anonymously(body)).isEqualTo(new Outcome.NeedsToken());
  }

  private Outcome anonymously(String body) {
    return bench
        .endpoint()
        .take(
            body.getBytes(StandardCharsets.UTF_8),
            new Caller.Anonymous(),
            Optional.of(_ -> List.of()),
            "r");
  }
}
