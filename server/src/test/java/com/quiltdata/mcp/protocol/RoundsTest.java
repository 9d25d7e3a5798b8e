package com.quiltdata.mcp.protocol;

import static com.quiltdata.mcp.protocol.EndpointBench.json;
import static com.quiltdata.mcp.protocol.TalkBench.ANNA;
import static com.quiltdata.mcp.protocol.TalkBench.BERT;
import static com.quiltdata.mcp.protocol.TalkBench.call;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.protocol.TalkBench.Modern;
import com.quiltdata.mcp.protocol.TalkBench.Setup;
import com.quiltdata.mcp.state.StateKeys;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Multi round-trip requests of 2026-07-28: requirements R100 to R110.
final class RoundsTest {
  private static final String ALL =
      "{\"elicitation\":{\"form\":{},\"url\":{}},\"sampling\":{},\"roots\":{}}";
  private static final String ANSWER =
      "{\"who\":{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}}";

  private final TalkBench bench = new TalkBench();
  private final Modern client = bench.modern(ANNA, ALL);

  private static String type(Sent sent) {
    return sent.result().path("resultType").asString("");
  }

  private static void isRefused(Sent sent) {
    assertThat(sent.errorCode()).isEqualTo(-32602);
    assertThat(sent.errorText()).contains("requestState", "call again without it");
    assertThat(sent.body().has("result")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "tools/call, '{\"name\":\"ask_name\"}'",
    "prompts/get, '{\"name\":\"third\"}'",
    "resources/read, '{\"uri\":\"test://ask\"}'"
  })
  void r100ThreeMethodsAskAndGoOnWithTheAnswer(String method, String params) {
    Sent first = client.ask(method, json(params));
    assertThat(first.status()).isEqualTo(200);
    assertThat(type(first)).isEqualTo("input_required");
    assertThat(first.result().path("inputRequests").path("who").path("method").asString())
        .isEqualTo("elicitation/create");
    Sent second = client.ask("2", method, json(params).set("inputResponses", json(ANSWER)));
    assertThat(type(second)).isEqualTo("complete");
    assertThat(second.body().path("id").asInt()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tools/list",
        "prompts/list",
        "resources/list",
        "resources/templates/list",
        "server/discover"
      })
  void r100OtherMethodsNeverAsk(String method) {
    assertThat(type(client.ask(method, json("{}")))).isEqualTo("complete");
  }

  @Test
  void r101AsksByKeyWithMethodAndParameters() {
    JsonNode requests = client.call("ask_both").result().path("inputRequests");
    assertThat(requests.propertyNames()).containsExactly("who", "model");
    JsonNode form = requests.path("who").path("params");
    assertThat(form.path("mode").asString()).isEqualTo("form");
    assertThat(form.path("message").asString()).isEqualTo("Who are you?");
    assertThat(form.path("requestedSchema").path("required").toString()).isEqualTo("[\"name\"]");
    assertThat(requests.path("model").path("method").asString())
        .isEqualTo("sampling/createMessage");
  }

  @Test
  void r101StateAloneIsEnough() {
    Sent first = client.call("only_state");
    assertThat(first.result().has("inputRequests")).isFalse();
    assertThat(client.retry(call("only_state"), first, "{}").text()).contains("marmalade");
  }

  @Test
  void r101QuestionsAreNotToBeKeptByCaches() {
    JsonNode result = client.ask("resources/read", json("{\"uri\":\"test://ask\"}")).result();
    assertThat(result.path("resultType").asString()).isEqualTo("input_required");
    assertThat(result.has("ttlMs")).isFalse();
    assertThat(result.has("cacheScope")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "ask_name, '{}', '{\"elicitation\":{\"form\":{}}}'",
    "ask_name, '{\"elicitation\":{\"url\":{}}}', '{\"elicitation\":{\"form\":{}}}'",
    "ask_page, '{\"elicitation\":{}}', '{\"elicitation\":{\"url\":{}}}'",
    "ask_model, '{\"elicitation\":{}}', '{\"sampling\":{}}'",
    "ask_roots, '{}', '{\"roots\":{}}'",
    "ask_both, '{}', '{\"elicitation\":{\"form\":{}},\"sampling\":{}}'",
    "ask_both, '{\"sampling\":{}}', '{\"elicitation\":{\"form\":{}}}'",
    "ask_form_and_page, '{}', '{\"elicitation\":{\"form\":{},\"url\":{}}}'"
  })
  void r42AndR102AsksNothingThatWasNotDeclared(String tool, String declared, String required) {
    Sent sent = bench.modern(ANNA, declared).call(tool);
    assertThat(sent.status()).isEqualTo(400);
    assertThat(sent.errorCode()).isEqualTo(-32021);
    assertThat(sent.body().path("error").path("data").path("requiredCapabilities"))
        .isEqualTo(json(required));
  }

  @Test
  void r102AnEmptyDeclarationOfElicitationMeansForms() {
    assertThat(type(bench.modern(ANNA, "{\"elicitation\":{}}").call("ask_name")))
        .isEqualTo("input_required");
  }

  @Test
  void r103EveryRoundMayReachAnotherReplica() {
    List<TalkBench> replicas =
        List.of(new TalkBench(), new TalkBench(), new TalkBench(), new TalkBench());
    Sent sent = client.call("ask_thrice");
    for (int i = 0; i < 3; i++) {
      assertThat(type(sent)).isEqualTo("input_required");
      sent =
          client
              .on(replicas.get(i))
              .retry(call("ask_thrice"), sent, ANSWER.replace("Ada", "name " + i));
    }
    assertThat(sent.text()).contains("name 0, name 1, name 2");
  }

  @Test
  void r104RefusesATamperedState() {
    String state = client.call("only_state").result().path("requestState").asString();
    for (int i = 0; i < state.length(); i++) {
      String other =
          state.substring(0, i) + (state.charAt(i) == 'A' ? 'B' : 'A') + state.substring(i + 1);
      isRefused(client.ask("2", "tools/call", call("only_state").put("requestState", other)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".", "v1..", "v1.AAAA.", "nonsense", "v1.AAAA.AAAA", "\u0000"})
  void r104RefusesWhatIsNoState(String state) {
    isRefused(client.ask("tools/call", call("only_state").put("requestState", state)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "1", "{}", "[]", "true"})
  void r104RefusesAStateOfAnotherTypeBeforeAnythingRuns(String state) {
    ObjectNode params = call("only_state");
    params.set("requestState", json("{\"s\":%s}".formatted(state)).path("s"));
    Sent sent = client.ask("tools/call", params);
    assertThat(sent.status()).isEqualTo(400);
    assertThat(sent.errorCode()).isEqualTo(-32602);
  }

  @Test
  void r104TheStateSaysNothingToTheClient() {
    String state = client.call("only_state").result().path("requestState").asString();
    for (String part : state.split("\\.", -1)) {
      assertThat(Base64.getUrlDecoder().decode(part))
          .asString(ISO_8859_1)
          .doesNotContain("marmalade", "anna");
    }
  }

  @Test
  void r105TheStateExpires() {
    Instant start = Instant.parse("2030-01-01T00:00:00Z");
    Sent first = at(start).modern(ANNA, ALL).call("only_state");
    Duration life = Duration.ofMinutes(10);
    assertThat(
            client
                .on(at(start.plus(life).minusSeconds(1)))
                .retry(call("only_state"), first, "{}")
                .text())
        .contains("marmalade");
    isRefused(client.on(at(start.plus(life))).retry(call("only_state"), first, "{}"));
  }

  private static TalkBench at(Instant instant) {
    return new TalkBench(Setup.alone().withClock(InstantSource.fixed(instant)));
  }

  @Test
  void r105TheStateIsOfOneCaller() {
    Sent first = client.call("only_state");
    isRefused(client.as(BERT).retry(call("only_state"), first, "{}"));
    isRefused(client.as(new Caller.Local()).retry(call("only_state"), first, "{}"));
    assertThat(client.retry(call("only_state"), first, "{}").text()).contains("marmalade");
  }

  @Test
  void r105TheStateIsOfOneRequest() {
    Sent first = client.call("ask_thrice");
    ObjectNode more = call("ask_thrice");
    more.withObjectProperty("arguments").put("more", "x");
    isRefused(client.retry(more, first, ANSWER));
    isRefused(client.retry(call("only_state"), first, ANSWER));
  }

  @ParameterizedTest
  @CsvSource({"prompts/get, name, third", "resources/read, uri, test://ask"})
  void r105TheStateOfOneMethodIsNothingToAnother(String method, String member, String value) {
    ObjectNode params = json("{}").put(member, value);
    params.put("requestState", client.call("only_state").result().path("requestState").asString());
    isRefused(client.ask("2", method, params));
  }

  @Test
  void r105ArgumentsInAnotherOrderAreTheSameRequest() {
    String one = "{\"name\":\"ask_thrice\",\"arguments\":{\"text\":\"a\",\"more\":\"b\"}}";
    String other = "{\"arguments\":{\"more\":\"b\",\"text\":\"a\"},\"name\":\"ask_thrice\"}";
    Sent first = client.ask("tools/call", json(one));
    assertThat(type(client.retry(json(other), first, ANSWER))).isEqualTo("input_required");
  }

  @Test
  void r106UnknownAnswersAreIgnored() {
    Sent sent =
        client.ask(
            "tools/call",
            call("ask_name")
                .set("inputResponses", json(ANSWER.replace("{\"who\"", "{\"other\":7,\"who\""))));
    assertThat(sent.text()).contains("accepted Ada");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"who\":null}",
        "{\"who\":7}",
        "{\"who\":[]}",
        "{\"who\":{}}",
        "{\"who\":{\"action\":7}}",
        "{\"who\":{\"action\":\"ACCEPT\",\"content\":{\"name\":\"Ada\"}}}",
        "{\"who\":{\"action\":\"accept\"}}",
        "{\"who\":{\"action\":\"accept\",\"content\":null}}",
        "{\"who\":{\"action\":\"accept\",\"content\":{\"name\":7}}}",
        "{\"WHO\":{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}}"
      })
  void r106AsksAgainForWhatIsMissingOrMalformed(String responses) {
    Sent sent = client.ask("tools/call", call("ask_name").set("inputResponses", json(responses)));
    assertThat(type(sent)).isEqualTo("input_required");
    assertThat(sent.result().path("inputRequests").has("who")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "[]", "7", "\"x\""})
  void r106RefusesAnswersThatAreNoObject(String responses) {
    ObjectNode params = call("ask_name");
    params.set("inputResponses", json("{\"r\":%s}".formatted(responses)).path("r"));
    Sent sent = client.ask("tools/call", params);
    assertThat(sent.status()).isEqualTo(400);
    assertThat(sent.errorCode()).isEqualTo(-32602);
  }

  @ParameterizedTest
  @CsvSource({"decline, declined", "cancel, dismissed"})
  void r107TheUserMayRefuse(String action, String outcome) {
    String responses = "{\"who\":{\"action\":\"%s\"}}".formatted(action);
    Sent sent = client.ask("tools/call", call("ask_name").set("inputResponses", json(responses)));
    assertThat(sent.text()).contains(outcome);
  }

  @Test
  void r108APageIsAskedForWithItsAddressAlone() {
    JsonNode asked = client.call("ask_page").result().path("inputRequests").path("page");
    assertThat(asked.path("params").propertyNames())
        .containsExactlyInAnyOrder("mode", "message", "url");
    assertThat(asked.path("params").path("mode").asString()).isEqualTo("url");
  }

  @Test
  void r109AFormIsFlat() {
    JsonNode schema =
        client
            .call("ask_name")
            .result()
            .path("inputRequests")
            .path("who")
            .path("params")
            .path("requestedSchema");
    assertThat(schema.path("type").asString()).isEqualTo("object");
    assertThat(schema.path("properties").path("name").path("type").asString()).isEqualTo("string");
  }

  @Test
  void r110TheStateIsVersionedPrintableAndSmall() {
    String state = client.call("only_state").result().path("requestState").asString();
    assertThat(state).matches("v1\\.[A-Za-z0-9_-]{4}\\.[A-Za-z0-9_-]+").hasSizeLessThan(4_096);
  }

  @Test
  void r110AnotherSecretOpensNothing() {
    Sent first = client.call("only_state");
    TalkBench other =
        new TalkBench(Setup.alone().withKeys(StateKeys.of(List.of(UsedSecrets.named("another")))));
    isRefused(client.on(other).retry(call("only_state"), first, "{}"));
  }

  @Test
  void r110ARotatedSecretOpensWhatIsUnderWay() {
    String older = UsedSecrets.named("older");
    String newer = UsedSecrets.named("newer");
    StateKeys old = StateKeys.of(List.of(older));
    StateKeys both = StateKeys.of(List.of(newer, older));
    StateKeys fresh = StateKeys.of(List.of(newer));
    Map<String, TalkBench> benches =
        Map.of(
            "old", new TalkBench(Setup.alone().withKeys(old)),
            "both", new TalkBench(Setup.alone().withKeys(both)),
            "new", new TalkBench(Setup.alone().withKeys(fresh)));
    Sent byOld = client.on(benches.get("old")).call("only_state");
    Sent byBoth = client.on(benches.get("both")).call("only_state");
    assertThat(client.on(benches.get("both")).retry(call("only_state"), byOld, "{}").text())
        .contains("marmalade");
    assertThat(client.on(benches.get("new")).retry(call("only_state"), byBoth, "{}").text())
        .contains("marmalade");
    isRefused(client.on(benches.get("new")).retry(call("only_state"), byOld, "{}"));
  }
}
