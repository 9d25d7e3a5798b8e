package com.quiltdata.mcp.protocol;

import static com.quiltdata.mcp.protocol.EndpointBench.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.protocol.EndpointBench.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Prompts and completion in every revision, each MUST named after its number in the checklist of
/// `docs/protocol.md`.
final class PromptRequirementsTest {
  private static final List<String> VERSIONS =
      List.of("2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25");

  private final EndpointBench bench = new EndpointBench();

  private Answer older(String version, String method, ObjectNode params) {
    return bench.ask(
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"%s\",\"params\":%s}".formatted(method, params),
        Map.of("MCP-Protocol-Version", version));
  }

  private static ObjectNode typed(String prompt, String argument, String value) {
    ObjectNode params = json("{}");
    params.putObject("ref").put("type", "ref/prompt").put("name", prompt);
    params.putObject("argument").put("name", argument).put("value", value);
    return params;
  }

  private static List<String> values(Answer answer) {
    return answer
        .body()
        .path("result")
        .path("completion")
        .path("values")
        .valueStream()
        .map(JsonNode::stringValue)
        .toList();
  }

  @Test
  void r68ListsPromptsWithTheirArguments() {
    JsonNode result = bench.modern("prompts/list", json("{}")).body().path("result");
    assertThat(result.path("prompts").valueStream().map(one -> one.path("name").asString()))
        .containsExactly("paint", "rich", "secret", "sleep");
    assertThat(result.path("prompts").get(0).path("arguments").get(0))
        .isEqualTo(
            json(
                "{\"name\":\"colour\",\"title\":\"Colour\",\"description\":\"For example red\",\"required\":true}"));
    assertThat(result.path("cacheScope").asString()).isEqualTo("private");
    assertThat(result.path("ttlMs").isIntegralNumber()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "2024-11-05, 'name,description,arguments', 'name,description,required'",
    "2025-03-26, 'name,description,arguments', 'name,description,required'",
    "2025-06-18, 'name,title,description,arguments', 'name,title,description,required'",
    "2025-11-25, 'name,title,description,arguments', 'name,title,description,required'"
  })
  void r68DescribesPromptsAsTheRevisionKnowsThem(String version, String prompt, String argument) {
    JsonNode result = older(version, "prompts/list", json("{}")).body().path("result");
    assertThat(result.propertyNames()).containsExactly("prompts");
    JsonNode first = result.path("prompts").get(0);
    assertThat(String.join(",", first.propertyNames())).isEqualTo(prompt);
    assertThat(String.join(",", first.path("arguments").get(0).propertyNames()))
        .isEqualTo(argument);
  }

  @Test
  void r68GivesMessagesOfOneBlockEach() {
    JsonNode result =
        bench
            .modern("prompts/get", json("{\"name\":\"paint\",\"arguments\":{\"colour\":\"red\"}}"))
            .body()
            .path("result");
    assertThat(result.path("description").asString()).isEqualTo("What comes of it");
    assertThat(result.path("messages"))
        .isEqualTo(
            json("{\"m\":[{\"role\":\"user\",\"content\":{\"type\":\"text\",\"text\":\"Paint it red\"}}]}")
                .path("m"));
    assertThat(result.path("resultType").asString()).isEqualTo("complete");
    assertThat(result.has("ttlMs")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "2024-11-05, 'text,image,text,resource,text'",
    "2025-03-26, 'text,image,audio,resource,text'",
    "2025-06-18, 'text,image,audio,resource,resource_link'",
    "2025-11-25, 'text,image,audio,resource,resource_link'"
  })
  void r68WritesBlocksAsTheRevisionKnowsThem(String version, String types) {
    JsonNode result =
        older(version, "prompts/get", json("{\"name\":\"rich\"}")).body().path("result");
    assertThat(result.propertyNames()).containsExactly("description", "messages");
    assertThat(
            String.join(
                ",",
                result
                    .path("messages")
                    .valueStream()
                    .map(one -> one.path("content").path("type").asString())
                    .toList()))
        .isEqualTo(types);
    assertThat(result.path("messages").valueStream().map(one -> one.path("role").asString()))
        .containsOnly("assistant");
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"name\":\"no_such\"}', 'Invalid params: there is no prompt of this name; prompts/list shows all'",
    "'{\"name\":\"paint\"}', 'Argument ''colour'' is required for the prompt paint: For example red'",
    "'{\"name\":\"paint\",\"arguments\":{\"colour\":\"\"}}', 'Argument ''colour'' is required for the prompt paint: For example red'",
    "'{\"name\":\"paint\",\"arguments\":{\"colour\":\"red\",\"x\":\"\"}}', 'The prompt paint has no argument ''x''; it takes colour, bucket, number, never'"
  })
  void r68RefusesUnknownPromptsAndWrongArguments(String params, String text) {
    Answer modern = bench.modern("prompts/get", json(params));
    assertThat(modern.errorCode()).isEqualTo(-32602);
    assertThat(modern.body().path("error").path("message").asString()).isEqualTo(text);
    assertThat(modern.status()).isEqualTo(200);
    for (String version : VERSIONS) {
      assertThat(older(version, "prompts/get", json(params)).errorCode()).isEqualTo(-32602);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"name\":\"\"}",
        "{\"name\":7}",
        "{\"name\":\"paint\",\"arguments\":[]}",
        "{\"name\":\"paint\",\"arguments\":{\"colour\":7}}",
        "{\"name\":\"paint\",\"arguments\":{\"colour\":null}}"
      })
  void r68RefusesParametersOfTheWrongShapeBeforeItBegins(String params) {
    ObjectNode sent = json(params);
    Map<String, String> headers = EndpointBench.modernHeaders("prompts/get", sent);
    headers.putIfAbsent("Mcp-Name", sent.path("name").asString(""));
    Answer answer = bench.ask(EndpointBench.modernBody("prompts/get", sent), headers);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(older("2025-11-25", "prompts/get", sent).errorCode()).isEqualTo(-32602);
  }

  @Test
  void r23ChecksThatMcpNameIsThatOfThePrompt() {
    ObjectNode params = json("{\"name\":\"rich\"}");
    Map<String, String> headers = EndpointBench.modernHeaders("prompts/get", params);
    headers.put("Mcp-Name", "paint");
    Answer answer = bench.ask(EndpointBench.modernBody("prompts/get", params), headers);
    assertThat(answer.errorCode()).isEqualTo(-32020);
  }

  @Test
  void showsAndGivesWhatACallerMayHaveOnly() {
    String list = "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prompts/list\"}";
    assertThat(
            bench
                .ask(list, Callers.bearer("team"), Optional.of(_ -> List.of()))
                .body()
                .path("result")
                .path("prompts")
                .valueStream()
                .map(one -> one.path("name").asString()))
        .containsExactly("paint", "rich", "sleep");
    Answer denied =
        bench.ask(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"prompts/get\",\"params\":{\"name\":\"paint\",\"arguments\":{\"colour\":\"red\",\"bucket\":\"s3://foreign\"}}}",
            Callers.bearer("team"),
            Optional.of(_ -> List.of()));
    assertThat(denied.errorCode()).isEqualTo(-32602);
    JsonNode error = denied.body().path("error");
    assertThat(error.path("message").asString()).isEqualTo("Access denied to bucket foreign");
    assertThat(error.path("data"))
        .isEqualTo(json("{\"prompt\":\"paint\",\"code\":\"forbidden_bucket\"}"));
  }

  @Test
  void aPromptThatTakesTooLongIsStoppedAndSaysSo() {
    Answer answer =
        new EndpointBench(Duration.ofMillis(100))
            .modern("prompts/get", json("{\"name\":\"sleep\"}"));
    assertThat(answer.body().path("error").path("data").path("code").asString())
        .isEqualTo("timeout");
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @Test
  void r69ProposesValuesInEveryRevision() {
    ObjectNode params = typed("paint", "colour", "r");
    Answer modern = bench.modern("completion/complete", params);
    assertThat(modern.body().path("result").path("completion"))
        .isEqualTo(json("{\"values\":[\"red\",\"rose\"],\"total\":2,\"hasMore\":false}"));
    assertThat(modern.body().path("result").path("resultType").asString()).isEqualTo("complete");
    for (String version : VERSIONS) {
      assertThat(values(older(version, "completion/complete", params)))
          .containsExactly("red", "rose");
    }
  }

  @Test
  void r69GivesAHundredValuesAndSaysThatThereAreMore() {
    Answer answer = bench.modern("completion/complete", typed("paint", "number", ""));
    assertThat(values(answer)).hasSize(100).startsWith("0", "1");
    JsonNode completion = answer.body().path("result").path("completion");
    assertThat(completion.path("total").intValue()).isEqualTo(250);
    assertThat(completion.path("hasMore").booleanValue()).isTrue();
    assertThat(values(bench.modern("completion/complete", typed("paint", "number", "24"))))
        .containsExactly(
            "24", "240", "241", "242", "243", "244", "245", "246", "247", "248", "249");
  }

  @Test
  void r69KnowsWhatWasChosenBefore() {
    ObjectNode params = typed("paint", "colour", "te");
    params.putObject("context").putObject("arguments").put("bucket", "team");
    assertThat(values(bench.modern("completion/complete", params))).containsExactly("team");
  }

  @Test
  void r69CompletesVariablesOfTemplates() {
    ObjectNode params = typed("-", "book", "g");
    params.putObject("ref").put("type", "ref/resource").put("uri", "test://book/{book}/{page}");
    assertThat(values(bench.modern("completion/complete", params)))
        .containsExactly("green", "grey");
    params.putObject("argument").put("name", "page").put("value", "");
    assertThat(values(bench.modern("completion/complete", params))).isEmpty();
    params.putObject("argument").put("name", "no").put("value", "");
    assertThat(bench.modern("completion/complete", params).errorCode()).isEqualTo(-32602);
    params.putObject("ref").put("type", "ref/resource").put("uri", "test://note");
    assertThat(bench.modern("completion/complete", params).errorCode()).isEqualTo(-32602);
    params.putObject("ref").put("type", "ref/resource").put("uri", "test://book/{x}");
    assertThat(bench.modern("completion/complete", params).errorCode()).isEqualTo(-32602);
  }

  @ParameterizedTest
  @CsvSource({
    "'{}', 'params.ref.type must be ref/prompt or ref/resource'",
    "'{\"ref\":\"x\"}', 'params.ref must be an object'",
    "'{\"ref\":{\"type\":\"ref/tool\",\"name\":\"x\"}}', 'params.ref.type must be ref/prompt or ref/resource'",
    "'{\"ref\":{\"type\":\"ref/prompt\"}}', 'params.ref.name must be a non-empty string'",
    "'{\"ref\":{\"type\":\"ref/resource\",\"uri\":7}}', 'params.ref.uri must be a non-empty string'",
    "'{\"ref\":{\"type\":\"ref/prompt\",\"name\":\"paint\"}}', 'params.argument.name must be a non-empty string'",
    "'{\"ref\":{\"type\":\"ref/prompt\",\"name\":\"paint\"},\"argument\":{\"name\":\"colour\"}}', 'params.argument.value must be a string of at most 4096 characters'",
    "'{\"ref\":{\"type\":\"ref/prompt\",\"name\":\"paint\"},\"argument\":{\"name\":\"colour\",\"value\":\"\"},\"context\":{\"arguments\":{\"bucket\":7}}}', 'every value of arguments must be a string'"
  })
  void r69RefusesQuestionsOfTheWrongShape(String params, String text) {
    Answer answer = bench.modern("completion/complete", json(params));
    assertThat(answer.errorCode()).isEqualTo(-32602);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body().path("error").path("message").asString())
        .isEqualTo("Invalid params: " + text);
  }

  @Test
  void r69RefusesUnknownPromptsAndArguments() {
    assertThat(bench.modern("completion/complete", typed("no_such", "x", "")).errorCode())
        .isEqualTo(-32602);
    Answer answer = bench.modern("completion/complete", typed("paint", "x", ""));
    assertThat(answer.errorCode()).isEqualTo(-32602);
    assertThat(answer.body().path("error").path("message").asString())
        .endsWith("is no argument of paint; it takes colour, bucket, number, never");
    assertThat(
            bench
                .modern("completion/complete", typed("paint", "colour", "r".repeat(4_097)))
                .errorCode())
        .isEqualTo(-32602);
  }

  @Test
  void r69ProposesNothingThatTheCallerMayNotSee() {
    ObjectNode params = typed("paint", "colour", "");
    params.putObject("context").putObject("arguments").put("bucket", "foreign");
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"completion/complete\",\"params\":%s}"
            .formatted(params);
    Optional<Headers> none = Optional.of(_ -> List.of());
    assertThat(values(bench.ask(body, Callers.bearer("foreign"), none))).contains("foreign");
    assertThat(bench.ask(body, Callers.bearer("team"), none).body().path("result"))
        .isEqualTo(json("{\"completion\":{\"values\":[],\"total\":0,\"hasMore\":false}}"));
    assertThat(values(bench.ask(body, Callers.bearerOf(Set.of(), "foreign"), none))).isEmpty();
  }

  @Test
  void r69ProposesNothingForArgumentsThatNothingIsKnownOf() {
    assertThat(values(bench.modern("completion/complete", typed("paint", "bucket", "")))).isEmpty();
  }

  @Test
  void proposalsThatTakeTooLongAreNone() {
    EndpointBench quick = new EndpointBench(Duration.ofMillis(100));
    assertThat(values(quick.modern("completion/complete", typed("paint", "never", "")))).isEmpty();
    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"2024-11-05, false", "2025-03-26, true", "2025-06-18, true", "2025-11-25, true"})
  void completionIsAnnouncedByTheRevisionsThatHaveAWordForIt(String version, boolean isAnnounced) {
    JsonNode capabilities =
        bench
            .ask(
                "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"%s\"}}"
                    .formatted(version))
            .body()
            .path("result")
            .path("capabilities");
    assertThat(capabilities.has("prompts")).isTrue();
    assertThat(capabilities.has("completions")).isEqualTo(isAnnounced);
    JsonNode modern =
        bench.modern("server/discover", json("{}")).body().path("result").path("capabilities");
    assertThat(modern.propertyNames()).contains("prompts", "completions");
  }
}
