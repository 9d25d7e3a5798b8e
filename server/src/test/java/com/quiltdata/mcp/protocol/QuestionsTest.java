package com.quiltdata.mcp.protocol;

import static com.quiltdata.mcp.protocol.EndpointBench.json;
import static com.quiltdata.mcp.protocol.TalkBench.ANNA;
import static com.quiltdata.mcp.protocol.TalkBench.BERT;
import static com.quiltdata.mcp.protocol.TalkBench.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.protocol.TalkBench.Client;
import com.quiltdata.mcp.protocol.TalkBench.Setup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The same handlers asked by clients of the revisions up to 2025-11-25: on the stream of the call,
/// answered by a message of its own.
@Timeout(60)
final class QuestionsTest {
  private static final String ALL =
      "{\"elicitation\":{\"form\":{},\"url\":{}},\"sampling\":{},\"roots\":{}}";
  private static final String ADA = "{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}";

  private final TalkBench bench = new TalkBench();
  private final Client client = bench.open("2025-11-25", ALL, ANNA);

  private static String id(JsonNode question) {
    return question.path("id").asString();
  }

  @ParameterizedTest
  @CsvSource({"2025-11-25, form", "2025-06-18, ''"})
  void r102AFormIsAskedOnTheStreamOfTheCall(String version, String mode) {
    Client some = bench.open(version, ALL, ANNA);
    Sent call = some.call("ask_name");
    JsonNode question = call.next();
    assertThat(question.path("method").asString()).isEqualTo("elicitation/create");
    assertThat(question.path("jsonrpc").asString()).isEqualTo("2.0");
    assertThat(question.path("params").path("mode").asString("")).isEqualTo(mode);
    assertThat(question.path("params").has("requestedSchema")).isTrue();
    Sent answer = some.answer(id(question), ADA);
    assertThat(answer.status()).isEqualTo(202);
    assertThat(call.text()).contains("accepted Ada");
    assertThat(call.result().has("resultType")).isFalse();
  }

  @Test
  void r108APageHasAnIdOfItsOwn() {
    Sent call = client.call("ask_page");
    JsonNode params = call.next().path("params");
    assertThat(params.path("mode").asString()).isEqualTo("url");
    assertThat(params.path("url").asString()).isEqualTo("https://example.com/sign-in");
    assertThat(params.path("elicitationId").asString()).isNotEmpty();
    call.cancel();
  }

  @ParameterizedTest
  @CsvSource({
    "2025-06-18, ask_page, false",
    "2025-03-26, ask_name, false",
    "2025-03-26, ask_page, false",
    "2025-06-18, ask_name, true",
    "2025-03-26, ask_model, true",
    "2025-03-26, ask_roots, true"
  })
  void r102IsNotAskedWhatItsRevisionDoesNotKnow(String version, String tool, boolean isAsked) {
    Sent call = bench.open(version, ALL, ANNA).call(tool);
    if (isAsked) {
      assertThat(call.next().has("method")).isTrue();
      call.cancel();
    } else {
      assertThat(call.faultCode()).isEqualTo("input_required");
      assertThat(call.rest()).isEmpty();
    }
  }

  @Test
  void samplingAndRootsAreAnsweredInTheOldestRevisionThatHasThem() {
    Client old = bench.open("2025-03-26", ALL, ANNA).saying("");
    Sent model = old.call("ask_model");
    JsonNode question = model.next();
    assertThat(question.path("method").asString()).isEqualTo("sampling/createMessage");
    old.answer(
        id(question), "{\"role\":\"assistant\",\"content\":{\"type\":\"text\",\"text\":\"42\"}}");
    assertThat(model.text()).contains("42");
    Sent roots = old.call("ask_roots");
    old.answer(id(roots.next()), "{\"roots\":[{\"uri\":\"file:///a\"}]}");
    assertThat(roots.text()).contains("file:///a");
  }

  @ParameterizedTest
  @CsvSource({"prompts/get, '{\"name\":\"third\"}'", "resources/read, '{\"uri\":\"test://ask\"}'"})
  void r100PromptsAndResourcesAskAsWell(String method, String params) {
    Sent call = client.ask(method, params);
    client.answer(id(call.next()), ADA);
    assertThat(call.result().isEmpty()).isFalse();
  }

  @Test
  void theAnswerMayReachAnotherReplica() {
    List<TalkBench> replicas = TalkBench.two();
    Client one = replicas.get(0).open("2025-11-25", ALL, ANNA);
    Sent call = one.call("ask_name");
    assertThat(one.on(replicas.get(1)).answer(id(call.next()), ADA).status()).isEqualTo(202);
    assertThat(call.text()).contains("accepted Ada");
  }

  @Test
  void severalQuestionsAreAskedAtOnceAndAnsweredInAnyOrder() {
    Sent call = client.call("ask_both");
    JsonNode form = call.next();
    JsonNode model = call.next();
    client.answer(id(model), "{\"content\":{\"type\":\"text\",\"text\":\"42\"}}");
    client.answer(id(form), ADA);
    assertThat(call.text()).contains("42");
  }

  @Test
  void aHandlerRemembersBetweenRoundsAndSeesItsLastAnswersOnly() {
    Sent call = client.call("ask_thrice");
    for (String name : List.of("a", "b", "c")) {
      client.answer(id(call.next()), ADA.replace("Ada", name));
    }
    assertThat(call.text()).contains("a, b, c");
  }

  @Test
  void anAnswerByAnotherCallerIsDropped() {
    Sent call = client.call("ask_name");
    String id = id(call.next());
    Sent other = bench.open("2025-11-25", ALL, BERT).answer(id, ADA.replace("Ada", "Eve"));
    assertThat(other.status()).isEqualTo(202);
    assertThat(call.isSilent()).isTrue();
    assertThat(call.isAnswered()).isFalse();
    client.answer(id, ADA);
    assertThat(call.text()).contains("accepted Ada");
  }

  @Test
  void forgedIdsAreDropped() {
    Sent call = client.call("ask_name");
    String id = id(call.next());
    for (int i = 0; i < id.length(); i++) {
      String forged = id.substring(0, i) + (id.charAt(i) == 'A' ? 'B' : 'A') + id.substring(i + 1);
      assertThat(client.answer(forged, ADA.replace("Ada", "Eve")).status()).isEqualTo(202);
    }
    for (String other : List.of("", "r1", "r1...", "1", "r1.AAAA.AAAA.AAAA")) {
      assertThat(client.answer(other, ADA).status()).isEqualTo(202);
    }
    assertThat(client.post("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":{}}").status()).isEqualTo(202);
    assertThat(call.isAnswered()).isFalse();
    client.answer(id, ADA);
    assertThat(call.text()).contains("accepted Ada");
  }

  @Test
  void aSecondAndALateAnswerAreDropped() {
    Sent call = client.call("ask_name");
    String id = id(call.next());
    client.answer(id, ADA);
    assertThat(client.answer(id, ADA.replace("Ada", "Eve")).status()).isEqualTo(202);
    assertThat(call.text()).contains("accepted Ada");
    assertThat(client.answer(id, ADA).status()).isEqualTo(202);
  }

  @Test
  void anAnswerToAReplicaThatIsGoneIsDropped() {
    Neighbours neighbours = new Neighbours();
    Neighbours.Member first = neighbours.join();
    Client one = new TalkBench(Setup.of(first)).open("2025-11-25", ALL, ANNA);
    TalkBench other = new TalkBench(Setup.of(neighbours.join()));
    Sent call = one.call("ask_name");
    String id = id(call.next());
    first.close();
    assertThat(one.on(other).answer(id, ADA).status()).isEqualTo(202);
    call.cancel();
  }

  @Test
  void anErrorOfTheClientEndsTheCallAndTakesItsOtherQuestionsBack() {
    Sent call = client.call("ask_both");
    String form = id(call.next());
    String model = id(call.next());
    client.post(
        "{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"error\":{\"code\":-1,\"message\":\"no\"}}"
            .formatted(form));
    assertThat(call.faultCode()).isEqualTo("input_required");
    assertThat(call.text()).contains("error -1");
    assertThat(call.rest())
        .singleElement()
        .satisfies(message -> {
          assertThat(message.path("method").asString()).isEqualTo("notifications/cancelled");
          assertThat(message.path("params").path("requestId").asString()).isEqualTo(model);
        });
  }

  @Test
  void r125NoAnswerInTimeEndsTheCallAndTakesTheQuestionBack() {
    TalkBench hasty =
        new TalkBench(Setup.alone().withLimits(TalkBench.limits(Duration.ofMillis(100), 100)));
    Sent call = hasty.open("2025-11-25", ALL, ANNA).call("ask_name");
    JsonNode question = call.next();
    assertThat(call.faultCode()).isEqualTo("input_required");
    assertThat(call.text()).contains("did not answer");
    assertThat(call.rest())
        .singleElement()
        .satisfies(message ->
            assertThat(message.path("params").path("requestId").asString())
                .isEqualTo(id(question)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"null", "7", "[]", "{}", "{\"action\":\"accept\",\"content\":{}}"})
  void r106AMalformedAnswerIsAskedForAgain(String answer) {
    Sent call = client.call("ask_name");
    client.answer(id(call.next()), answer);
    client.answer(id(call.next()), ADA);
    assertThat(call.text()).contains("accepted Ada");
  }

  @Test
  void isAskedEightTimesAtMost() {
    Sent call = client.call("insist");
    List<JsonNode> questions = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      questions.add(call.next());
      client.answer(id(questions.getLast()), ADA);
    }
    assertThat(call.faultCode()).isEqualTo("input_required");
    assertThat(call.text()).contains("8 times");
    assertThat(call.rest()).isEmpty();
    assertThat(questions.stream().map(QuestionsTest::id).distinct()).hasSize(8);
  }

  @Test
  void aClientOfJsonAloneCannotBeAsked() {
    Sent call = client.callForJson("ask_name");
    assertThat(call.faultCode()).isEqualTo("input_required");
    assertThat(call.text()).contains("cannot be asked", "pass the answer as an argument");
  }

  @Test
  void aClientWithoutASessionCannotBeAsked() {
    Client stranger = new Client(bench, ANNA, "2025-11-25", Optional.empty());
    assertThat(stranger.call("ask_name").faultCode()).isEqualTo("input_required");
    assertThat(stranger.with("stateless-1700000000000").call("ask_name").faultCode())
        .isEqualTo("input_required");
  }

  @Test
  void aClientThatDeclaredNothingCannotBeAsked() {
    assertThat(bench.open("2025-11-25", "{}", ANNA).call("ask_name").faultCode())
        .isEqualTo("input_required");
  }

  @Test
  void whereOtherReplicasCannotBeReachedNobodyIsAsked() {
    TalkBench lonely = new TalkBench(Setup.of(new Neighbours().join().isolated()));
    Sent call = lonely.open("2025-11-25", ALL, ANNA).call("ask_name");
    assertThat(call.faultCode()).isEqualTo("input_required");
    assertThat(call.rest()).isEmpty();
    // The stateless way needs nobody.
    assertThat(lonely.modern(ANNA, ALL).call("ask_name").result().path("resultType").asString())
        .isEqualTo("input_required");
  }

  @Test
  void r124ACallThatIsCancelledWhileItWaitsEnds() throws InterruptedException {
    Sent call = client.call("ask_name");
    String id = id(call.next());
    call.cancel();
    assertThat(call.isAnsweredWithin(Duration.ofSeconds(5))).isTrue();
    assertThat(call.faultCode()).isEqualTo("cancelled");
    assertThat(client.answer(id, ADA).status()).isEqualTo(202);
  }

  @Test
  void aCallWhoseClientHasLeftWaitsForNobody() throws InterruptedException {
    Sent call = client.call("ask_name");
    call.next();
    call.leave();
    assertThat(call.isAnsweredWithin(Duration.ofSeconds(10))).isTrue();
    assertThat(call.faultCode()).isEqualTo("input_required");
  }

  @Test
  void r125OneCallerHasSixteenCallsThatWaitAtMost() {
    List<Sent> waiting = new ArrayList<>();
    for (int i = 0; i < 16; i++) {
      waiting.add(client.call("ask_name"));
      waiting.getLast().next();
    }
    Sent tooMany = client.call("ask_name");
    assertThat(tooMany.status()).isEqualTo(429);
    assertThat(tooMany.errorCode()).isEqualTo(-32603);
    assertThat(tooMany.headers()).containsEntry("Retry-After", "1");
    Sent other = bench.open("2025-11-25", ALL, BERT).call("ask_name");
    other.next();
    other.cancel();
    waiting.getFirst().cancel();
    waiting.removeFirst().body();
    Sent again = client.call("ask_name");
    client.answer(id(again.next()), ADA);
    assertThat(again.text()).contains("accepted Ada");
    waiting.forEach(Sent::cancel);
  }

  @Test
  void anAnswerAsDeepAsAMessageMayBeIsUnderstood() {
    Sent call = client.call("ask_name");
    // Around it are the content, the result and the message: 64 levels in all.
    String deep = "[".repeat(61) + "]".repeat(61);
    client.answer(
        id(call.next()),
        "{\"action\":\"accept\",\"content\":{\"name\":\"Ada\",\"deep\":%s}}".formatted(deep));
    assertThat(call.text()).contains("accepted Ada");
  }

  @Test
  void anAnswerThatIsTooLongToBeHandedOnEndsTheCall() {
    Sent call = client.call("ask_name");
    client.answer(id(call.next()), ADA.replace("Ada", "x".repeat(1 << 20)));
    assertThat(call.faultCode()).isEqualTo("input_required");
  }

  @Test
  void r13AMemberOfABatchAsksOnTheStreamOfTheBatch() {
    Client old = bench.open("2025-03-26", ALL, ANNA).saying("");
    ObjectNode params = TalkBench.call("ask_model");
    Sent batch =
        old.post(
            "[%s,%s]"
                .formatted(message("7", "ping", json("{}")), message("8", "tools/call", params)));
    String answer =
        "{\"jsonrpc\":\"2.0\",\"id\":\"%s\",\"result\":{\"content\":{\"type\":\"text\",\"text\":\"42\"}}}"
            .formatted(id(batch.next()));
    // The answer comes in a batch as well.
    assertThat(old.post("[" + answer + "]").status()).isEqualTo(202);
    assertThat(batch.body()).hasSize(2);
    assertThat(batch.body().get(1).path("id").asInt()).isEqualTo(8);
    assertThat(batch.body().get(1).toString()).contains("42");
  }
}
