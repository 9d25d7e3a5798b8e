package com.quiltdata.mcp.protocol;

import static com.quiltdata.mcp.protocol.EndpointBench.json;
import static com.quiltdata.mcp.protocol.EndpointBench.modernBody;
import static com.quiltdata.mcp.protocol.EndpointBench.modernHeaders;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.protocol.EndpointBench.Answer;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Every MUST about messages, each named after its number in the checklist of `docs/protocol.md`.
final class MessageRequirementsTest {
  private final EndpointBench bench = new EndpointBench();

  @ParameterizedTest
  @ValueSource(
      strings = {"{", "", "nonsense", "{\"jsonrpc\":\"2.0\",}", "{\"a\":1,\"a\":2}", "\ud800"})
  void r1RefusesWhatIsNotJson(String body) {
    Answer answer = bench.ask(body, Map.of());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo(-32700);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "null",
        "\"text\"",
        "{}",
        "{\"method\":\"ping\",\"id\":1}",
        "{\"jsonrpc\":\"1.0\",\"method\":\"ping\",\"id\":1}",
        "{\"jsonrpc\":\"2.0\",\"method\":7,\"id\":1}",
        "{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\":1,\"params\":[]}",
        "{\"jsonrpc\":\"2.0\",\"id\":1}",
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{},\"error\":{}}"
      })
  void r1RefusesJsonThatIsNoMessage(String body) {
    Answer answer = bench.ask(body, Map.of());
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo(-32600);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1", "0", "-7", "\"a\"", "\"\"", "123456789012345678901234567890", "\"ü\""})
  void r2GivesIdsBackExactly(String id) {
    Answer answer = bench.ask("{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\":%s}".formatted(id));
    assertThat(answer.body().path("id").toString()).isEqualTo(id);
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "1.5", "true", "[]", "{}"})
  void r2RefusesIdsThatAreNeitherStringNorInteger(String id) {
    Answer answer = bench.ask("{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\":%s}".formatted(id));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo(-32600);
  }

  @Test
  void r3AnswersWithAResultOrAnError() {
    assertThat(bench.ask(request("ping")).body().propertyNames())
        .containsExactly("jsonrpc", "id", "result");
    Answer error = bench.ask(request("no/such/method"));
    assertThat(error.body().propertyNames()).containsExactly("jsonrpc", "id", "error");
    assertThat(error.body().path("error").path("code").isIntegralNumber()).isTrue();
    assertThat(error.body().path("error").path("message").isString()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"notifications/initialized", "notifications/unknown", "tools/list"})
  void r4NeverAnswersANotification(String method) {
    Answer answer = bench.ask("{\"jsonrpc\":\"2.0\",\"method\":\"%s\"}".formatted(method));
    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.body().isMissingNode()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "server/discover, {}",
    "tools/list, {}",
    "tools/call, '{\"name\":\"echo\"}'",
    "resources/list, {}",
    "resources/templates/list, {}",
    "resources/read, '{\"uri\":\"test://note\"}'"
  })
  void r5AndR7EveryModernResultSaysItsTypeAndWhoAnswers(String method, String params) {
    Answer answer = bench.modern(method, json(params));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("result").path("resultType").asString()).isEqualTo("complete");
    assertThat(
            answer
                .body()
                .path("result")
                .path("_meta")
                .path(MetaKeys.SERVER_INFO)
                .path("name")
                .asString())
        .isEqualTo("test");
  }

  @Test
  void r5LegacyResultsCarryNothingOfIt() {
    assertThat(bench.ask(request("ping")).body().path("result").isEmpty()).isTrue();
    assertThat(bench.ask(request("tools/list")).body().path("result").propertyNames())
        .containsExactly("tools");
  }

  @Test
  void r6ServesARequestWithoutAnythingBeforeIt() {
    assertThat(bench.modern("tools/call", json("{\"name\":\"echo\"}")).status()).isEqualTo(200);
    assertThat(bench.ask(request("tools/list")).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"initialize", "ping", "logging/setLevel", "resources/subscribe", "unknown/method"})
  void removedAndUnknownMethodsAre404InTheModernForm(String method) {
    Answer answer = bench.modern(method, json("{}"));
    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.errorCode()).isEqualTo(-32601);
  }

  @Test
  void unknownMethodsAre200InTheOlderForm() {
    Answer answer =
        bench.ask(request("unknown/method"), Map.of("MCP-Protocol-Version", "2025-06-18"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.errorCode()).isEqualTo(-32601);
  }

  @Test
  void aResponseOfTheClientIsTakenInOlderRevisionsOnly() {
    String response = "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}";
    assertThat(bench.ask(response, Map.of("MCP-Protocol-Version", "2025-11-25")).status())
        .isEqualTo(202);
    Answer modern = bench.ask(response, Map.of("MCP-Protocol-Version", "2026-07-28"));
    assertThat(modern.status()).isEqualTo(400);
    assertThat(modern.errorCode()).isEqualTo(-32600);
  }

  @ParameterizedTest
  @CsvSource({
    "2025-03-26, true",
    "2025-06-18, true",
    "2025-11-25, false",
    "2026-07-28, false",
    "'', true"
  })
  void anUnreadableIdIsNullOrLeftOutAsTheRevisionHasIt(String version, boolean isNull) {
    Map<String, String> headers =
        version.isEmpty() ? Map.of() : Map.of("MCP-Protocol-Version", version);
    Answer answer = bench.ask("{", headers);
    assertThat(answer.body().has("id")).isEqualTo(isNull);
    assertThat(answer.body().path("id").isNull()).isEqualTo(isNull);
  }

  @Test
  void r13TakesABatch() {
    Answer answer =
        bench.ask(
            "[%s,{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"},%s,7]"
                .formatted(request("ping"), request("no/such")));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body()).hasSize(3);
    assertThat(answer.body().get(0).has("result")).isTrue();
    assertThat(answer.body().get(1).path("error").path("code").asInt()).isEqualTo(-32601);
    assertThat(answer.body().get(2).path("error").path("code").asInt()).isEqualTo(-32600);
  }

  @Test
  void r13TakesABatchOfNotificationsSilently() {
    assertThat(bench.ask("[{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}]").status())
        .isEqualTo(202);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "[1,2]", "[{}]"})
  void r13RefusesABatchWithoutAMessageOnce(String body) {
    Answer answer = bench.ask(body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo(-32600);
  }

  @Test
  void r13RefusesInitializeInABatch() {
    Answer answer =
        bench.ask(
            "[{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-03-26\"}}]");
    assertThat(answer.body().get(0).path("error").path("code").asInt()).isEqualTo(-32600);
  }

  @Test
  @Timeout(20)
  void r13RefusesToListenInABatch() {
    String listen =
        modernBody("subscriptions/listen", json("{\"notifications\":{\"toolsListChanged\":true}}"));
    JsonNode answers =
        bench.ask("[%s,%s]".formatted(listen, request("ping").replace(":1,", ":2,"))).body();
    assertThat(answers.get(0).path("error").path("code").asInt()).isEqualTo(-32600);
    assertThat(answers.get(1).path("id").asInt()).isEqualTo(2);
    assertThat(answers.get(1).has("result")).isTrue();
  }

  @Test
  void r13CapsABatch() {
    String many = String.join(",", Collections.nCopies(51, request("ping")));
    assertThat(bench.ask("[" + many + "]").errorCode()).isEqualTo(-32600);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-06-18", "2025-11-25", "2026-07-28"})
  void r13LaterRevisionsHaveNoBatches(String version) {
    Answer answer = bench.ask("[" + request("ping") + "]", Map.of("MCP-Protocol-Version", version));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.errorCode()).isEqualTo(-32600);
  }

  @Test
  void r14OnlyNotificationsOfTheRequestComeBeforeItsResponse() {
    String body =
        modernBody(
            "tools/call",
            json(
                "{\"name\":\"report\",\"_meta\":{\"progressToken\":\"p\",\"%s\":\"info\"}}"
                    .formatted(MetaKeys.LOG_LEVEL)));
    Answer answer = bench.ask(body, modernHeaders("tools/call", json("{\"name\":\"report\"}")));
    assertThat(answer.notifications())
        .extracting(message -> message.path("method").asString())
        .containsExactly(
            "notifications/progress",
            "notifications/progress",
            "notifications/progress",
            "notifications/message");
    assertThat(answer.notifications()).noneMatch(message -> message.has("id"));
    assertThat(answer.notifications().get(0).path("params").path("progressToken").asString())
        .isEqualTo("p");
    assertThat(answer.notifications().get(3).path("params").path("level").asString())
        .isEqualTo("warning");
  }

  @Test
  void nothingIsSentThatWasNotAskedFor() {
    assertThat(bench.modern("tools/call", json("{\"name\":\"report\"}")).notifications()).isEmpty();
  }

  @Test
  void aDefectOfAToolIsAToolErrorWithoutDetails() {
    Answer answer = bench.modern("tools/call", json("{\"name\":\"defect\"}"));
    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("result").path("isError").asBoolean()).isTrue();
    assertThat(answer.body().toString())
        .contains("test-request")
        .doesNotContain("secret internals")
        .doesNotContain("IllegalState");
  }

  @Test
  void aCallThatTakesTooLongIsStoppedAndSaysSo() {
    Answer answer =
        new EndpointBench(Duration.ofMillis(100))
            .modern("tools/call", json("{\"name\":\"sleep\"}"));
    assertThat(answer.body().path("result").path("structuredContent").path("code").asString())
        .isEqualTo("timeout");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  private static String request(String method) {
    return "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\"}".formatted(method);
  }
}
