package com.quiltdata.mcp.protocol;

import static com.quiltdata.mcp.protocol.EndpointBench.json;
import static com.quiltdata.mcp.protocol.TalkBench.ANNA;
import static com.quiltdata.mcp.protocol.TalkBench.BERT;
import static com.quiltdata.mcp.protocol.TalkBench.NOBODY;
import static com.quiltdata.mcp.protocol.TalkBench.bearer;
import static com.quiltdata.mcp.protocol.TalkBench.message;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.protocol.TalkBench.Client;
import com.quiltdata.mcp.protocol.TalkBench.Setup;
import com.quiltdata.mcp.state.StateKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Session ids that hold all that the session is: requirement R143 and section 5.2 of the
/// checklist.
final class SessionsTest {
  private static final String ALL =
      "{\"elicitation\":{\"form\":{},\"url\":{}},\"sampling\":{},\"roots\":{}}";
  private static final Instant START = Instant.parse("2030-01-01T00:00:00Z");
  private static final Caller LOCAL = new Caller.Local();

  private final TalkBench bench = new TalkBench();

  private static TalkBench at(Instant instant) {
    return new TalkBench(Setup.alone().withClock(InstantSource.fixed(instant)));
  }

  private static void hasEnded(Sent sent) {
    assertThat(sent.status()).isEqualTo(404);
    assertThat(sent.errorCode()).isEqualTo(-32600);
    assertThat(sent.errorText()).contains("initialize");
  }

  private static String titleOfFirstTool(Sent sent) {
    return sent.result().path("tools").path(0).path("title").asString("none");
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-11-25", "2025-06-18", "2025-03-26"})
  void r143AnIdIsShortAndVisible(String version) {
    String id = bench.open(version, ALL, ANNA).session().orElseThrow();
    assertThat(id).matches("q1\\.[\\x21-\\x7e]+").hasSizeLessThan(1_024);
    assertThat(id).doesNotContain("anna");
    assertThat(bench.open(version, ALL, ANNA).session().orElseThrow()).isNotEqualTo(id);
  }

  @Test
  void aClientOfTheOldestRevisionIsGivenNone() {
    assertThat(bench.open("2024-11-05", ALL, ANNA).session()).isEmpty();
  }

  @Test
  void noneIsGivenWhereTheKeysAreNotShared() {
    TalkBench alone = new TalkBench(Setup.alone().withoutSharedKeys());
    assertThat(alone.open("2025-11-25", ALL, ANNA).session()).isEmpty();
  }

  @Test
  void anotherReplicaKnowsAllOfIt() {
    Client client = bench.open("2025-03-26", "{\"sampling\":{}}", ANNA).saying("");
    Client elsewhere = client.on(new TalkBench());
    assertThat(titleOfFirstTool(elsewhere.ask("tools/list", "{}"))).isEqualTo("none");
    Sent call = elsewhere.call("ask_model");
    assertThat(call.next().path("method").asString()).isEqualTo("sampling/createMessage");
    call.cancel();
    assertThat(elsewhere.call("ask_roots").faultCode()).isEqualTo("input_required");
  }

  @Test
  void theVersionOfTheSessionBeatsTheHeader() {
    Client old = bench.open("2025-03-26", ALL, ANNA);
    assertThat(titleOfFirstTool(old.saying("2025-11-25").ask("tools/list", "{}")))
        .isEqualTo("none");
    Client newer = bench.open("2025-11-25", ALL, ANNA);
    assertThat(titleOfFirstTool(newer.saying("").ask("tools/list", "{}"))).isNotEqualTo("none");
    assertThat(newer.saying("").post("[" + message("1", "ping", json("{}")) + "]").status())
        .isEqualTo(400);
  }

  @Test
  void r21AModernRequestIgnoresIt() {
    Map<String, String> headers =
        new TreeMap<>(EndpointBench.modernHeaders("tools/list", json("{}")));
    headers.put(SessionIds.HEADER, "q1.forged");
    Sent sent = bench.post(EndpointBench.modernBody("tools/list", json("{}")), ANNA, headers);
    assertThat(sent.status()).isEqualTo(200);
    assertThat(sent.headers()).doesNotContainKey(SessionIds.HEADER);
  }

  @Test
  void expiresAfterADay() {
    Client client = at(START).open("2025-11-25", ALL, ANNA);
    Duration day = Duration.ofHours(24);
    assertThat(client.on(at(START.plus(day).minusSeconds(1))).ask("ping", "{}").status())
        .isEqualTo(200);
    hasEnded(client.on(at(START.plus(day))).ask("ping", "{}"));
  }

  static List<String> ownButNotGood() {
    String good = new TalkBench().open("2025-11-25", ALL, ANNA).session().orElseThrow();
    String[] parts = good.split("\\.", -1);
    return List.of(
        "q1.",
        "q1...",
        "q1.a.b.c",
        "q1.a.b.c.d",
        "q1.%%%",
        good.substring(0, good.length() - 1),
        good + "A",
        good + ".",
        good.replace("q1.", "q1.."),
        String.join(".", parts[0], parts[1], parts[2], "A".repeat(22)),
        String.join(".", parts[0], parts[1], other(parts[2]), parts[3]),
        String.join(".", parts[0], "AAAA", parts[2], parts[3]));
  }

  private static String other(String content) {
    byte[] bytes = Base64.getUrlDecoder().decode(content);
    System.arraycopy("2025-03-26".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 10);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @ParameterizedTest
  @MethodSource("ownButNotGood")
  void r143AForgedIdIsNotFound(String id) {
    Client client = bench.open("2025-11-25", ALL, ANNA).with(id);
    hasEnded(client.ask("ping", "{}"));
    hasEnded(client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}"));
    hasEnded(client.answer("some-id", "{}"));
    hasEnded(client.get());
  }

  @Test
  void r13ABatchWithAForgedIdIsNotFoundAsAWhole() {
    Client client = bench.open("2025-03-26", ALL, ANNA).saying("").with("q1.a.b.c");
    hasEnded(client.post("[" + message("1", "ping", json("{}")) + "]"));
  }

  @Test
  void anUnreadableMessageIsAnsweredInTheRevisionOfItsSession() {
    Client newer = bench.open("2025-11-25", ALL, ANNA).saying("");
    Client older = bench.open("2025-06-18", ALL, ANNA).saying("2025-11-25");
    for (String body : List.of("{", "{}", "[1]")) {
      assertThat(newer.post(body).body().has("id")).as(body).isFalse();
      assertThat(older.post(body).body().path("id").isNull()).as(body).isTrue();
    }
  }

  @Test
  void theErrorNamesTheRequest() {
    Sent sent = bench.open("2025-11-25", ALL, ANNA).with("q1.x").ask("ping", "{}");
    assertThat(sent.body().path("id").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "stateless-1700000000000", "q2.a.b.c", "Q1.a", "q1", "\u00e9"})
  void aForeignIdIsIgnored(String id) {
    Client client = bench.open("2025-11-25", ALL, ANNA).with(id);
    assertThat(client.ask("tools/list", "{}").status()).isEqualTo(200);
    assertThat(client.post("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/x\"}").status())
        .isEqualTo(202);
  }

  @Test
  void anIdOfAnotherSecretIsNotFound() {
    TalkBench other =
        new TalkBench(Setup.alone().withKeys(StateKeys.of(List.of(UsedSecrets.named("another")))));
    hasEnded(bench.open("2025-11-25", ALL, ANNA).on(other).ask("ping", "{}"));
  }

  @Test
  void aClientWhoseSessionHasEndedBeginsAgain() {
    Client client = at(START).open("2025-11-25", ALL, ANNA).on(at(START.plus(Duration.ofDays(2))));
    Sent again =
        client.ask("initialize", "{\"protocolVersion\":\"2025-11-25\",\"capabilities\":{}}");
    assertThat(again.status()).isEqualTo(200);
    String id = again.headers().get(SessionIds.HEADER);
    assertThat(id).isNotEqualTo(client.session().orElseThrow());
    assertThat(client.with(id).ask("ping", "{}").status()).isEqualTo(200);
  }

  @Test
  void r143ASessionIsOfWhoOpenedIt() {
    Client client = bench.open("2025-11-25", ALL, ANNA);
    assertThat(client.ask("ping", "{}").status()).isEqualTo(200);
    hasEnded(client.as(BERT).ask("ping", "{}"));
    hasEnded(client.as(LOCAL).ask("ping", "{}"));
    hasEnded(client.as(NOBODY).ask("ping", "{}"));
    hasEnded(client.as(BERT).get());
    // Another token of the same person is as good.
    Caller later = bearer("anna", Set.of("s3:GetObject"), START);
    assertThat(client.as(later).ask("ping", "{}").status()).isEqualTo(200);
  }

  @Test
  void aSessionThatNobodyOpenedIsForAnybody() {
    Client client = bench.open("2025-11-25", ALL, NOBODY);
    assertThat(client.session()).isPresent();
    for (Caller caller : List.of(ANNA, BERT, LOCAL, NOBODY)) {
      assertThat(client.as(caller).ask("ping", "{}").status()).isEqualTo(200);
    }
  }

  @Test
  void r12AndR132ASessionIsNoCredential() {
    Caller mighty = bearer("carla", Set.of("s3:*"), START);
    Client anybodys = bench.open("2025-11-25", ALL, NOBODY);
    assertThat(anybodys.as(mighty).call("privileged").text()).contains("the treasure");
    assertThat(anybodys.as(ANNA).call("privileged").faultCode()).isEqualTo("forbidden_action");
    assertThat(anybodys.as(NOBODY).call("privileged").status()).isEqualTo(401);
    Client hers = bench.open("2025-11-25", ALL, mighty);
    Caller weaker = bearer("carla", Set.of(), START);
    assertThat(hers.as(weaker).call("privileged").faultCode()).isEqualTo("forbidden_action");
    assertThat(hers.as(NOBODY).call("privileged").status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({"2025-11-25", "2025-06-18", "2025-03-26", "2024-11-05"})
  void r44InitializeAnswersInItsOwnRevision(String version) {
    Sent sent =
        bench.post(
            message(
                "0",
                "initialize",
                json("{\"protocolVersion\":\"%s\",\"capabilities\":{}}".formatted(version))),
            NOBODY,
            Map.of());
    JsonNode result = sent.result();
    assertThat(result.path("protocolVersion").asString()).isEqualTo(version);
    assertThat(result.path("serverInfo").path("name").asString()).isEqualTo("test");
    assertThat(result.path("capabilities").has("tools")).isTrue();
    assertThat(result.path("instructions").asString()).isEqualTo("Use it.");
    assertThat(result.has("resultType")).isFalse();
    assertThat(result.has("_meta")).isFalse();
  }
}
