package com.quiltdata.mcp.protocol;

import static com.quiltdata.mcp.protocol.EndpointBench.json;
import static com.quiltdata.mcp.protocol.TalkBench.ANNA;
import static com.quiltdata.mcp.protocol.TalkBench.BERT;
import static com.quiltdata.mcp.protocol.TalkBench.NOBODY;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.change.Change;
import com.quiltdata.mcp.protocol.TalkBench.Client;
import com.quiltdata.mcp.protocol.TalkBench.Setup;
import com.quiltdata.mcp.tool.LogLevel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What a session wishes after its opening, and its stream of news, in the revisions up to
/// 2025-11-25: log levels, subscriptions, GET.
@Timeout(60)
final class SessionStreamTest {
  private static final String URI = "test://fixed/1";
  private static final String URI_OF_ALL = "test://7";
  private static final Change UPDATE = new Change.ResourceContents(URI);

  private final TalkBench bench = new TalkBench();
  private final Client client = bench.open("2025-11-25", "{}", ANNA);

  private static void listening(TalkBench bench, int count) {
    while (bench.changes().listeners() != count) {
      Thread.onSpinWait();
    }
  }

  private static List<String> levels(Sent call) {
    return call.rest().stream()
        .filter(message -> message.path("method").asString().equals("notifications/message"))
        .map(message -> message.path("params").path("level").asString())
        .toList();
  }

  private static Sent subscribe(Client client, String uri) {
    return client.ask("resources/subscribe", "{\"uri\":\"%s\"}".formatted(uri));
  }

  private static Sent setLevel(Client client, String level) {
    return client.ask("logging/setLevel", "{\"level\":\"%s\"}".formatted(level));
  }

  @Test
  void r122TheLevelIsInfoUntilTheSessionSaysOtherwise() {
    assertThat(levels(client.call("speak"))).startsWith("info").hasSize(7);
    assertThat(setLevel(client, "error").result().isEmpty()).isTrue();
    assertThat(levels(client.call("speak")))
        .containsExactly("error", "critical", "alert", "emergency");
    assertThat(levels(bench.open("2025-11-25", "{}", ANNA).call("speak"))).hasSize(7);
    setLevel(client, "debug");
    assertThat(levels(client.call("speak"))).hasSize(8);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"level\":\"loud\"}", "{\"level\":7}", "{\"level\":\"INFO\"}"})
  void r122RefusesAnUnknownLevel(String params) {
    assertThat(client.ask("logging/setLevel", params).errorCode()).isEqualTo(-32602);
  }

  @Test
  void r122WithoutASessionTheLevelIsTakenAndForgotten() {
    Client stranger = client.with("made-up");
    assertThat(setLevel(stranger, "error").status()).isEqualTo(200);
    assertThat(levels(stranger.call("speak"))).hasSize(7);
  }

  @Test
  void r122TheLevelHoldsOnEveryReplica() {
    List<TalkBench> replicas = TalkBench.two();
    Client one = replicas.get(0).open("2025-11-25", "{}", ANNA);
    setLevel(one, "error");
    assertThat(levels(one.on(replicas.get(1)).call("speak"))).hasSize(4);
  }

  @Test
  void aReplicaThatComesLaterLearnsWhatASessionWished() {
    Neighbours neighbours = new Neighbours();
    TalkBench first = new TalkBench(Setup.of(neighbours.join()));
    Client one = first.open("2025-11-25", "{}", ANNA);
    setLevel(one, "error");
    subscribe(one, URI);
    TalkBench second = new TalkBench(Setup.of(neighbours.join()));
    // It hears of the session before the session comes.
    setLevel(one, "alert");
    Client other = one.on(second);
    Sent stream = other.get();
    listening(second, 1);
    first.changes().tell(UPDATE);
    assertThat(stream.next().path("method").asString())
        .isEqualTo("notifications/resources/updated");
    assertThat(levels(other.call("speak"))).containsExactly("alert", "emergency");
    second.endpoint().endStreams();
  }

  @Test
  void theOthersAreAskedOnceForASessionAndOnlyWhenItMatters() {
    Neighbours.Member member = new Neighbours().join();
    Client one = new TalkBench(Setup.of(member)).open("2025-11-25", "{}", NOBODY);
    one.ask("ping", "{}");
    one.as(ANNA).ask("tools/list", "{}");
    assertThat(member.published).isEmpty();
    one.as(ANNA).call("speak").body();
    one.as(ANNA).call("speak").body();
    assertThat(member.published).containsExactly("session");
  }

  @Test
  void aSubscriptionIsToldOnTheStreamOfTheSessionAlone() {
    Client deaf = bench.open("2025-11-25", "{}", ANNA);
    assertThat(subscribe(client, URI).result().isEmpty()).isTrue();
    Sent stream = client.get();
    Sent other = deaf.get();
    listening(bench, 2);
    bench.changes().tell(UPDATE);
    bench.changes().tell(new Change.ToolList());
    assertThat(stream.next())
        .isEqualTo(
            json(
                "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/resources/updated\",\"params\":{\"uri\":\"%s\"}}"
                    .formatted(URI)));
    assertThat(stream.next().path("method").asString())
        .isEqualTo("notifications/tools/list_changed");
    assertThat(other.next().path("method").asString())
        .isEqualTo("notifications/tools/list_changed");
    bench.endpoint().endStreams();
    assertThat(stream.status()).isEqualTo(202);
    assertThat(stream.rest()).isEmpty();
  }

  @Test
  void anEndedSubscriptionIsToldNoMore() {
    subscribe(client, URI);
    subscribe(client, "test://t1/x");
    client.ask("resources/unsubscribe", "{\"uri\":\"%s\"}".formatted(URI));
    Sent stream = client.get();
    listening(bench, 1);
    bench.changes().tell(UPDATE);
    bench.changes().tell(new Change.ResourceContents("test://t1/x"));
    assertThat(stream.next().path("params").path("uri").asString()).isEqualTo("test://t1/x");
    bench.endpoint().endStreams();
  }

  @Test
  void everyReplicaTellsAndIsTold() {
    List<TalkBench> replicas = TalkBench.two();
    Client one = replicas.get(0).open("2025-11-25", "{}", ANNA);
    Sent stream = one.on(replicas.get(1)).get();
    listening(replicas.get(1), 1);
    subscribe(one, URI);
    replicas.get(0).changes().tell(UPDATE);
    replicas.get(0).changes().tell(new Change.PromptList());
    assertThat(stream.next().path("params").path("uri").asString()).isEqualTo(URI);
    assertThat(stream.next().path("method").asString())
        .isEqualTo("notifications/prompts/list_changed");
    replicas.get(1).endpoint().endStreams();
  }

  @Test
  void theSecondStreamOfASessionReplacesTheFirst() {
    Sent first = client.get().opened();
    Sent second = client.get().opened();
    assertThat(first.status()).isEqualTo(202);
    bench.changes().tell(new Change.ToolList());
    assertThat(second.next().path("method").asString())
        .isEqualTo("notifications/tools/list_changed");
    assertThat(first.rest()).isEmpty();
    bench.endpoint().endStreams();
  }

  @Test
  void theSecondStreamReplacesTheFirstOnAnotherReplicaToo() {
    List<TalkBench> replicas = TalkBench.two();
    Client one = replicas.get(0).open("2025-11-25", "{}", ANNA);
    Sent first = one.get().opened();
    Sent second = one.on(replicas.get(1)).get().opened();
    assertThat(first.status()).isEqualTo(202);
    listening(replicas.get(0), 0);
    assertThat(second.isAnswered()).isFalse();
    replicas.get(1).endpoint().endStreams();
  }

  @Test
  void aClientWithoutASessionHearsOfLists() {
    Sent stream = client.with("made-up").get();
    Sent another = client.with("made-up").get();
    listening(bench, 2);
    bench.changes().tell(UPDATE);
    bench.changes().tell(new Change.ResourceList());
    assertThat(stream.next().path("method").asString())
        .isEqualTo("notifications/resources/list_changed");
    assertThat(another.next().has("method")).isTrue();
    bench.endpoint().endStreams();
  }

  @Test
  void theStreamIsOfWhoOpenedTheSession() {
    assertThat(client.as(BERT).get().status()).isEqualTo(404);
    assertThat(client.as(NOBODY).get().status()).isEqualTo(401);
    assertThat(bench.changes().listeners()).isZero();
  }

  @Test
  void theStreamEndsWithTheTokenThatOpenedIt() {
    Instant start = Instant.parse("2030-01-01T00:00:00Z");
    TalkBench late = new TalkBench(Setup.alone().withClock(InstantSource.fixed(start)));
    Client soonGone =
        late.open("2025-11-25", "{}", TalkBench.bearer("anna", Set.of(), start.plusMillis(200)));
    assertThat(soonGone.get().status()).isEqualTo(202);
    assertThat(late.changes().listeners()).isZero();
  }

  @Test
  void r95StreamsHaveAnEndOfTheirOwn() {
    TalkBench brief =
        new TalkBench(Setup.alone().withLimits(TalkBench.limits(Duration.ofMillis(100))));
    assertThat(brief.open("2025-11-25", "{}", ANNA).get().status()).isEqualTo(202);
  }

  @Test
  void r95ThereAreSoManyStreamsOfOneCallerAndOfAll() {
    TalkBench small = new TalkBench(Setup.alone().withLimits(TalkBench.limits().withStreams(3, 2)));
    Sent first = small.open("2025-11-25", "{}", ANNA).get();
    small.open("2025-11-25", "{}", ANNA).get();
    listening(small, 2);
    Sent third = small.open("2025-11-25", "{}", ANNA).get();
    assertThat(third.status()).isEqualTo(429);
    assertThat(third.headers()).containsEntry("Retry-After", "1");
    small.open("2025-11-25", "{}", BERT).get();
    listening(small, 3);
    Sent fourth = small.open("2025-11-25", "{}", BERT).get();
    assertThat(fourth.status()).isEqualTo(503);
    assertThat(fourth.headers()).containsEntry("Retry-After", "1");
    first.cancel();
    first.body();
    small.open("2025-11-25", "{}", BERT).get();
    listening(small, 3);
    small.endpoint().endStreams();
  }

  @ParameterizedTest
  @ValueSource(strings = {"test://nothing", "test://secret", "test://t1/a/b"})
  void onlyWhatTheCallerMayReadCanBeSubscribedTo(String uri) {
    Sent sent = subscribe(client, uri);
    assertThat(sent.errorCode()).isEqualTo(-32002);
    assertThat(sent.body().path("error").path("data").path("uri").asString()).isEqualTo(uri);
  }

  @ParameterizedTest
  @ValueSource(ints = {2_049, 1_000_000})
  void aLongUriIsNotKept(int length) {
    String uri = "test://t1/" + "x".repeat(length - 10);
    for (String method : List.of("resources/subscribe", "resources/unsubscribe")) {
      Sent sent = client.ask(method, "{\"uri\":\"%s\"}".formatted(uri));
      assertThat(sent.errorCode()).isEqualTo(-32602);
    }
  }

  @Test
  void aSessionHasAHundredSubscriptionsAtMost() {
    IntStream.range(0, 100)
        .forEach(i -> assertThat(subscribe(client, "test://t1/" + i).errorCode()).isZero());
    assertThat(subscribe(client, "test://t1/100").errorCode()).isEqualTo(-32602);
    client.ask("resources/unsubscribe", "{\"uri\":\"test://t1/7\"}");
    assertThat(subscribe(client, "test://t1/100").errorCode()).isZero();
  }

  @Test
  void manySessionsDoNotGrowWithoutBound() {
    SessionNotes notes = new SessionNotes(new Neighbours().join());
    for (int i = 0; i <= 10_000; i++) {
      notes.setLevel(session(i), LogLevel.ERROR);
    }
    // The one used longest ago is forgotten.
    assertThat(notes.level(session(1))).contains(LogLevel.ERROR);
    assertThat(notes.level(session(10_000))).contains(LogLevel.ERROR);
    assertThat(notes.level(session(0))).isEmpty();
  }

  @Test
  void manySubscriptionsDoNotGrowWithoutBound() {
    SessionNotes notes = new SessionNotes(new Neighbours().join());
    for (int i = 0; i <= 101; i++) {
      for (int j = 0; j < 100; j++) {
        assertThat(notes.subscribe(session(i), "test://" + j)).isTrue();
      }
    }
    assertThat(notes.wants("0", URI_OF_ALL)).isFalse();
    assertThat(notes.wants("101", URI_OF_ALL)).isTrue();
  }

  private static Session session(int key) {
    return new Session(ProtocolVersion.V2025_11_25, Set.of(), String.valueOf(key), "");
  }

  @Test
  void r41WithoutASessionThereIsNothingToSubscribeBy() {
    Sent sent = subscribe(client.with("made-up"), URI);
    assertThat(sent.status()).isEqualTo(200);
    assertThat(sent.errorCode()).isEqualTo(-32601);
    assertThat(sent.errorText()).contains("initialize");
  }

  @ParameterizedTest
  @ValueSource(strings = {"resources/subscribe", "resources/unsubscribe", "logging/setLevel"})
  void theStatelessRevisionHasNoneOfIt(String method) {
    Sent sent = bench.modern(ANNA, "{}").ask(method, json("{\"uri\":\"%s\"}".formatted(URI)));
    assertThat(sent.status()).isEqualTo(404);
    assertThat(sent.errorCode()).isEqualTo(-32601);
  }

  @Test
  void r41WhereOtherReplicasCannotBeReachedNothingIsOffered() {
    TalkBench lonely = new TalkBench(Setup.of(new Neighbours().join().isolated()));
    Client one = lonely.open("2025-11-25", "{}", ANNA);
    JsonNode capabilities = capabilities(one.ask("initialize", opening("2025-11-25")));
    assertThat(capabilities)
        .isEqualTo(
            json(
                "{\"tools\":{},\"resources\":{},\"prompts\":{},\"completions\":{},\"logging\":{}}"));
    assertThat(subscribe(one, URI).errorCode()).isEqualTo(-32601);
    assertThat(one.ask("resources/unsubscribe", "{\"uri\":\"x\"}").errorCode()).isEqualTo(-32601);
    assertThat(lonely.endpoint().hasSessionStreams()).isFalse();
    assertThat(setLevel(one, "error").status()).isEqualTo(200);
    Sent discovered = lonely.modern(ANNA, "{}").ask("server/discover", json("{}"));
    assertThat(capabilities(discovered).findValues("listChanged")).isEmpty();
    assertThat(capabilities(discovered).findValues("subscribe")).isEmpty();
    Sent listening =
        lonely.modern(ANNA, "{}").ask("subscriptions/listen", json("{\"notifications\":{}}"));
    assertThat(listening.status()).isEqualTo(404);
    assertThat(listening.errorCode()).isEqualTo(-32601);
  }

  private static String opening(String version) {
    return "{\"protocolVersion\":\"%s\",\"capabilities\":{}}".formatted(version);
  }

  private static JsonNode capabilities(Sent sent) {
    return sent.result().path("capabilities");
  }

  @Test
  void r41SubscriptionsAreOfferedToSessionsOnly() {
    assertThat(capabilities(client.ask("initialize", opening("2025-11-25"))).path("resources"))
        .isEqualTo(json("{\"listChanged\":true,\"subscribe\":true}"));
    assertThat(capabilities(client.ask("initialize", opening("2024-11-05"))).path("resources"))
        .isEqualTo(json("{\"listChanged\":true}"));
    TalkBench keyless = new TalkBench(Setup.alone().withoutSharedKeys());
    Sent opened =
        keyless.post(
            TalkBench.message("0", "initialize", json(opening("2025-11-25"))), ANNA, Map.of());
    assertThat(capabilities(opened).path("resources")).isEqualTo(json("{\"listChanged\":true}"));
  }
}
