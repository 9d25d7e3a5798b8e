package com.quiltdata.mcp.protocol;

import static com.quiltdata.mcp.protocol.EndpointBench.json;
import static com.quiltdata.mcp.protocol.TalkBench.ANNA;
import static com.quiltdata.mcp.protocol.TalkBench.message;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.protocol.TalkBench.Client;
import com.quiltdata.mcp.protocol.TalkBench.Modern;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Discovery, capabilities and what a client hears while a call runs: requirements R40 to R48 and
/// R120 to R124.
final class LifecycleTest {
  private final TalkBench bench = new TalkBench();
  private final Modern client = bench.modern(ANNA, "{}");

  @Test
  void r40DiscoverSaysAllThatAClientNeeds() {
    JsonNode result = client.ask("server/discover", json("{}")).result();
    assertThat(result.path("supportedVersions").toString()).isEqualTo("[\"2026-07-28\"]");
    assertThat(result.path("capabilities").isObject()).isTrue();
    assertThat(result.path("resultType").asString()).isEqualTo("complete");
    assertThat(result.path("_meta").path(MetaKeys.SERVER_INFO).path("version").asString())
        .isEqualTo("1.2.3");
    assertThat(result.path("instructions").asString()).isEqualTo("Use it.");
  }

  @ParameterizedTest
  @CsvSource({
    "tools, tools/list, {}",
    "resources, resources/list, {}",
    "resources, resources/templates/list, {}",
    "prompts, prompts/list, {}",
    "completions, completion/complete, '{\"ref\":{\"type\":\"ref/prompt\",\"name\":\"first\"},\"argument\":{\"name\":\"x\",\"value\":\"\"}}'"
  })
  void r41WhatIsDeclaredIsAnswered(String capability, String method, String params) {
    assertThat(
            client.ask("server/discover", json("{}")).result().path("capabilities").has(capability))
        .isTrue();
    assertThat(client.ask(method, json(params)).errorCode()).isNotEqualTo(-32601);
    Client old = bench.open("2025-11-25", "{}", ANNA);
    assertThat(old.ask(method, params).errorCode()).isNotEqualTo(-32601);
  }

  @Test
  void r43WhoTheClientSaysItIsChangesNothing() {
    ObjectNode named = json("{}");
    named
        .withObjectProperty("_meta")
        .putObject("io.modelcontextprotocol/clientInfo")
        .put("name", "admin")
        .put("version", "9");
    Set<JsonNode> answers = new HashSet<>();
    answers.add(client.ask("tools/list", json("{}")).body());
    answers.add(client.ask("tools/list", named).body());
    assertThat(answers).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2023-01-01", "1.0", "", "latest", "2026-07-29"})
  void r45AnUnsupportedVersionIsRefused(String version) {
    Sent sent =
        bench.post(message("1", "ping", json("{}")), ANNA, Map.of("MCP-Protocol-Version", version));
    assertThat(sent.status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"})
  void r46PingIsAnsweredEvenBeforeInitialize(String version) {
    Sent sent =
        bench.post(
            message("\"p\"", "ping", json("{}")), ANNA, Map.of("MCP-Protocol-Version", version));
    assertThat(sent.body()).isEqualTo(json("{\"jsonrpc\":\"2.0\",\"id\":\"p\",\"result\":{}}"));
  }

  @Test
  void r47InitializeIsAnsweredAtOnceSoThatNothingCanCancelIt() {
    Outcome outcome =
        bench
            .endpoint()
            .take(
                message("1", "initialize", json("{\"protocolVersion\":\"2025-11-25\"}"))
                    .getBytes(UTF_8),
                ANNA,
                new Conversation(),
                "request-1");
    assertThat(outcome).isInstanceOf(Outcome.Answered.class);
  }

  @ParameterizedTest
  @CsvSource({
    "tools/list, {}",
    "resources/list, {}",
    "resources/read, '{\"uri\":\"test://fixed/1\"}'",
    "prompts/list, {}",
    "prompts/get, '{\"name\":\"first\"}'",
    "tools/call, '{\"name\":\"echo\"}'",
    "initialize, '{\"protocolVersion\":\"2025-11-25\"}'",
    "logging/setLevel, '{\"level\":\"info\"}'"
  })
  void r48OlderResultsHaveNothingOfTheStatelessRevision(String method, String params) {
    JsonNode result = bench.open("2025-11-25", "{}", ANNA).ask(method, params).result();
    for (String member : List.of("resultType", "ttlMs", "cacheScope", "_meta", "inputRequests")) {
      assertThat(result.has(member)).as(member).isFalse();
    }
  }

  private static ObjectNode speaking(String meta) {
    ObjectNode params = TalkBench.call("speak");
    params.set("_meta", json(meta));
    return params;
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"7\"", "7", "0", "\"\"", "123456789012345678901234567890"})
  void r120ProgressCarriesTheTokenAsItCame(String token) {
    String meta = "{\"progressToken\":%s}".formatted(token);
    for (Sent call :
        List.of(
            client.ask("tools/call", speaking(meta)),
            bench.open("2025-11-25", "{}", ANNA).ask("tools/call", speaking(meta)))) {
      List<JsonNode> progress =
          call.rest().stream()
              .filter(one -> one.path("method").asString().equals("notifications/progress"))
              .map(one -> one.path("params"))
              .toList();
      assertThat(progress)
          .isNotEmpty()
          .allSatisfy(one -> assertThat(one.path("progressToken").toString()).isEqualTo(token));
      // Values that do not grow are left out, and so is a flood.
      assertThat(progress)
          .extracting(one -> one.path("progress").asInt())
          .isSorted()
          .doesNotHaveDuplicates();
      assertThat(progress.size()).isLessThan(50);
    }
  }

  @Test
  void r120WithoutATokenThereIsNoProgress() {
    assertThat(bench.open("2025-11-25", "{}", ANNA).call("speak").rest())
        .extracting(one -> one.path("method").asString())
        .containsOnly("notifications/message");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.5", "true", "{}", "[]", "null"})
  void r120ATokenOfAnotherTypeIsRefused(String token) {
    Sent call = client.ask("tools/call", speaking("{\"progressToken\":%s}".formatted(token)));
    assertThat(call.status()).isEqualTo(400);
    assertThat(call.errorCode()).isEqualTo(-32602);
  }

  @ParameterizedTest
  @CsvSource({"debug, 8", "info, 7", "warning, 5", "emergency, 1"})
  void r121LogMessagesComeAtTheLevelOfTheRequest(String level, int count) {
    Sent call =
        client.ask("tools/call", speaking("{\"%s\":\"%s\"}".formatted(MetaKeys.LOG_LEVEL, level)));
    assertThat(call.rest())
        .hasSize(count)
        .allSatisfy(
            one -> assertThat(one.path("method").asString()).isEqualTo("notifications/message"));
  }

  @Test
  void r121WithoutALevelThereAreNone() {
    assertThat(client.call("speak").rest()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"loud\"", "7", "null", "\"INFO\""})
  void r121AnUnknownLevelIsRefused(String level) {
    Sent call =
        client.ask("tools/call", speaking("{\"%s\":%s}".formatted(MetaKeys.LOG_LEVEL, level)));
    assertThat(call.status()).isEqualTo(400);
    assertThat(call.errorCode()).isEqualTo(-32602);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"requestId\":99}",
        "{\"requestId\":\"nobody\"}",
        "{\"requestId\":null}",
        "{\"requestId\":{}}",
        "{}"
      })
  void r124ACancellationOfNothingIsTaken(String params) {
    String note =
        "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":%s}"
            .formatted(params);
    assertThat(bench.open("2025-11-25", "{}", ANNA).post(note).status()).isEqualTo(202);
  }
}
