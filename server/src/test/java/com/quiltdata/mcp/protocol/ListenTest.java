package com.quiltdata.mcp.protocol;

import static com.quiltdata.mcp.protocol.EndpointBench.json;
import static com.quiltdata.mcp.protocol.TalkBench.ANNA;
import static com.quiltdata.mcp.protocol.TalkBench.BERT;
import static com.quiltdata.mcp.protocol.TalkBench.NOBODY;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.change.Change;
import com.quiltdata.mcp.protocol.TalkBench.Modern;
import com.quiltdata.mcp.protocol.TalkBench.Setup;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `subscriptions/listen` of 2026-07-28: requirements R90 to R97.
@Timeout(60)
final class ListenTest {
  private static final String EVERYTHING =
      "{\"toolsListChanged\":true,\"promptsListChanged\":true,\"resourcesListChanged\":true,\"resourceSubscriptions\":[\"test://fixed/1\"]}";

  private final TalkBench bench = new TalkBench();
  private final Modern client = bench.modern(ANNA, "{}");

  private static ObjectNode asking(String notifications) {
    return json("{\"notifications\":%s}".formatted(notifications));
  }

  private static Sent listen(Modern client, String notifications) {
    return client.ask("subscriptions/listen", asking(notifications));
  }

  private static JsonNode tag(JsonNode message) {
    return message.path("params").path("_meta").path(MetaKeys.SUBSCRIPTION_ID);
  }

  private static String method(JsonNode message) {
    return message.path("method").asString();
  }

  private void tellAll() {
    bench.changes().tell(new Change.ToolList());
    bench.changes().tell(new Change.PromptList());
    bench.changes().tell(new Change.ResourceList());
    bench.changes().tell(new Change.ResourceContents("test://fixed/1"));
    bench.changes().tell(new Change.ResourceContents("test://fixed/2"));
  }

  @ParameterizedTest
  @CsvSource({"7, NUMBER", "'\"7\"', STRING", "123456789012345678901234567890, NUMBER"})
  void r90AndR91TheAcknowledgementComesFirstAndEverythingNamesTheSubscription(
      String id, String type) {
    Sent stream = client.ask(id, "subscriptions/listen", asking(EVERYTHING));
    JsonNode first = stream.next();
    assertThat(method(first)).isEqualTo("notifications/subscriptions/acknowledged");
    assertThat(first.path("params").path("notifications")).isEqualTo(json(EVERYTHING));
    tellAll();
    List<JsonNode> news = List.of(stream.next(), stream.next(), stream.next(), stream.next());
    assertThat(news)
        .extracting(ListenTest::method)
        .containsExactly(
            "notifications/tools/list_changed",
            "notifications/prompts/list_changed",
            "notifications/resources/list_changed",
            "notifications/resources/updated");
    assertThat(news.getLast().path("params").path("uri").asString()).isEqualTo("test://fixed/1");
    bench.endpoint().endStreams();
    assertThat(stream.body().path("id").toString()).isEqualTo(id);
    JsonNode ofResult = stream.result().path("_meta").path(MetaKeys.SUBSCRIPTION_ID);
    for (JsonNode tag : List.of(tag(first), tag(news.getFirst()), tag(news.getLast()), ofResult)) {
      assertThat(tag.toString()).isEqualTo(id);
      assertThat(tag.getNodeType()).hasToString(type);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "'{\"toolsListChanged\":true}', notifications/tools/list_changed",
    "'{\"promptsListChanged\":true,\"toolsListChanged\":false}', notifications/prompts/list_changed",
    "'{\"resourcesListChanged\":true}', notifications/resources/list_changed",
    "'{\"resourceSubscriptions\":[\"test://fixed/1\"]}', notifications/resources/updated"
  })
  void r92OnlyWhatWasAskedForIsTold(String notifications, String expected) {
    Sent stream = listen(client, notifications);
    stream.next();
    tellAll();
    assertThat(method(stream.next())).isEqualTo(expected);
    bench.endpoint().endStreams();
    assertThat(stream.rest())
        .extracting(ListenTest::method)
        .containsOnly("notifications/cancelled");
  }

  @Test
  void r92NothingIsToldToWhoAskedForNothing() {
    Sent stream = listen(client, "{}");
    assertThat(stream.next().path("params").path("notifications").isEmpty()).isTrue();
    tellAll();
    assertThat(stream.isSilent()).isTrue();
    bench.endpoint().endStreams();
  }

  @Test
  void r90OnlyWhatTheCallerMayReadIsHonoured() {
    Sent stream =
        listen(
            client,
            "{\"resourceSubscriptions\":[\"test://secret\",\"test://nothing\",\"test://t2/x\"],\"unknown\":true}");
    assertThat(stream.next().path("params").path("notifications"))
        .isEqualTo(json("{\"resourceSubscriptions\":[\"test://t2/x\"]}"));
    bench.changes().tell(new Change.ResourceContents("test://secret"));
    bench.changes().tell(new Change.ResourceContents("test://t2/x"));
    assertThat(stream.next().path("params").path("uri").asString()).isEqualTo("test://t2/x");
    bench.endpoint().endStreams();
  }

  @Test
  void r93LogAndProgressOfOtherCallsStayAway() {
    Sent stream = listen(client, EVERYTHING);
    stream.next();
    assertThat(client.call("speak").text()).contains("spoken");
    assertThat(stream.isSilent()).isTrue();
    bench.endpoint().endStreams();
  }

  @Test
  void r94TheServerEndsAStreamWithACancellationAndAResult() {
    Sent stream = client.ask("\"s\"", "subscriptions/listen", asking("{}"));
    stream.next();
    bench.endpoint().endStreams();
    JsonNode last = stream.next();
    assertThat(method(last)).isEqualTo("notifications/cancelled");
    assertThat(last.path("params").path("requestId").asString()).isEqualTo("s");
    assertThat(tag(last).asString()).isEqualTo("s");
    assertThat(stream.result().path("resultType").asString()).isEqualTo("complete");
    assertThat(bench.changes().listeners()).isZero();
    // Those that come later are told the same at once.
    assertThat(listen(client, "{}").result().path("resultType").asString()).isEqualTo("complete");
  }

  @Test
  void r95AStreamEndsWithItsTime() {
    TalkBench brief =
        new TalkBench(Setup.alone().withLimits(TalkBench.limits(Duration.ofMillis(100))));
    Sent stream = listen(client.on(brief), "{}");
    assertThat(stream.result().path("_meta").has(MetaKeys.SUBSCRIPTION_ID)).isTrue();
  }

  @Test
  void r95AStreamEndsWithTheTokenThatOpenedIt() {
    Instant start = Instant.parse("2030-01-01T00:00:00Z");
    TalkBench late = new TalkBench(Setup.alone().withClock(InstantSource.fixed(start)));
    Caller soonGone = TalkBench.bearer("anna", Set.of(), start.plusMillis(200));
    assertThat(listen(client.on(late).as(soonGone), "{}").status()).isEqualTo(200);
  }

  @Test
  void r95StreamsAreCountedForOneCallerAndForAll() {
    TalkBench small = new TalkBench(Setup.alone().withLimits(TalkBench.limits().withStreams(3, 2)));
    Modern anna = client.on(small);
    Sent first = listen(anna, "{}");
    first.next();
    listen(anna, "{}").next();
    Sent third = listen(anna, "{}");
    assertThat(third.status()).isEqualTo(429);
    assertThat(third.errorCode()).isEqualTo(-32603);
    assertThat(third.headers()).containsEntry("Retry-After", "1");
    assertThat(third.errorText()).contains("2 streams");
    listen(anna.as(BERT), "{}").next();
    Sent fourth = listen(anna.as(BERT), "{}");
    assertThat(fourth.status()).isEqualTo(503);
    assertThat(fourth.errorCode()).isEqualTo(-32603);
    assertThat(fourth.headers()).containsEntry("Retry-After", "1");
    first.cancel();
    assertThat(first.status()).isEqualTo(202);
    assertThat(method(listen(anna, "{}").next())).contains("acknowledged");
    small.endpoint().endStreams();
  }

  @Test
  void r95AStreamThatIsTooSlowIsDroppedWithoutAResult() throws InterruptedException {
    CountDownLatch isStuck = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    Outcome outcome =
        bench
            .endpoint()
            .take(
                EndpointBench.modernBody("subscriptions/listen", asking(EVERYTHING))
                    .getBytes(UTF_8),
                ANNA,
                Optional.of(name ->
                    Optional.ofNullable(
                            EndpointBench.modernHeaders("subscriptions/listen", json("{}"))
                                .get(name))
                        .stream()
                        .toList()),
                "request-1");
    Reply[] reply = new Reply[1];
    Thread worker =
        Thread.ofVirtual()
            .start(() ->
                reply[0] =
                    ((Outcome.Work) outcome)
                        .task()
                        .run(message -> {
                          if (new String(message, UTF_8).contains("tools/list_changed")) {
                            isStuck.countDown();
                            try {
                              goesOn.await();
                            } catch (InterruptedException e) {
                              throw new AssertionError(e);
                            }
                          }
                        }));
    while (bench.changes().listeners() == 0) {
      Thread.onSpinWait();
    }
    bench.changes().tell(new Change.ToolList());
    isStuck.await();
    for (int i = 0; i < 65; i++) {
      bench.changes().tell(new Change.PromptList());
    }
    goesOn.countDown();
    worker.join();
    assertThat(reply[0]).isInstanceOf(Reply.Accepted.class);
    assertThat(bench.changes().listeners()).isZero();
  }

  @Test
  void r95AClientThatLeavesLeavesNothingBehind() {
    for (int i = 0; i < 50; i++) {
      Sent stream = listen(client, EVERYTHING);
      stream.next();
      stream.cancel();
      assertThat(stream.status()).isEqualTo(202);
    }
    assertThat(bench.changes().listeners()).isZero();
  }

  @Test
  void r96NewsOfOtherReplicasArrive() {
    List<TalkBench> replicas = TalkBench.two();
    Sent stream = listen(client.on(replicas.get(1)), EVERYTHING);
    stream.next();
    replicas.get(0).changes().tell(new Change.ResourceContents("test://fixed/1"));
    assertThat(method(stream.next())).isEqualTo("notifications/resources/updated");
    replicas.get(1).endpoint().endStreams();
  }

  @Test
  void r97WhatIsAnnouncedIsDelivered() {
    JsonNode capabilities = client.ask("server/discover", json("{}")).result().path("capabilities");
    assertThat(capabilities.path("tools").path("listChanged").asBoolean(false)).isTrue();
    assertThat(capabilities.path("prompts").path("listChanged").asBoolean(false)).isTrue();
    assertThat(capabilities.path("resources"))
        .isEqualTo(json("{\"listChanged\":true,\"subscribe\":true}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"notifications\":null}",
        "{\"notifications\":[]}",
        "{\"notifications\":{\"toolsListChanged\":\"yes\"}}",
        "{\"notifications\":{\"promptsListChanged\":null}}",
        "{\"notifications\":{\"resourcesListChanged\":1}}",
        "{\"notifications\":{\"resourceSubscriptions\":\"test://fixed/1\"}}",
        "{\"notifications\":{\"resourceSubscriptions\":[7]}}"
      })
  void r92AWishOfAnotherShapeIsRefusedWithAStatus(String params) {
    Sent sent = client.ask("subscriptions/listen", json(params));
    assertThat(sent.status()).isEqualTo(400);
    assertThat(sent.errorCode()).isEqualTo(-32602);
  }

  @Test
  void r92AWishIsBounded() {
    ObjectNode params = json("{\"notifications\":{}}");
    ArrayNode uris = params.withObjectProperty("notifications").putArray("resourceSubscriptions");
    for (int i = 0; i < 100; i++) {
      uris.add("test://t1/" + i);
    }
    Sent stream = client.ask("subscriptions/listen", params);
    assertThat(stream.next().path("params").path("notifications").path("resourceSubscriptions"))
        .hasSize(100);
    bench.endpoint().endStreams();
    uris.add("test://t1/100");
    assertThat(client.ask("subscriptions/listen", params).errorCode()).isEqualTo(-32602);
    Sent longUri =
        listen(
            client, "{\"resourceSubscriptions\":[\"test://t1/%s\"]}".formatted("x".repeat(2_048)));
    assertThat(longUri.errorCode()).isEqualTo(-32602);
  }

  @Test
  void r12NobodyListensWithoutAToken() {
    assertThat(listen(client.as(NOBODY), EVERYTHING).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-11-25", "2025-06-18", "2025-03-26"})
  void olderRevisionsDoNotHaveIt(String version) {
    Sent sent = bench.open(version, "{}", ANNA).ask("subscriptions/listen", asking(EVERYTHING));
    assertThat(sent.status()).isEqualTo(200);
    assertThat(sent.errorCode()).isEqualTo(-32601);
  }

  @Test
  void r13AStreamIsNoMemberOfABatch() {
    String body = EndpointBench.modernBody("subscriptions/listen", asking(EVERYTHING));
    Sent sent = bench.post("[" + body + "]", ANNA, Map.of());
    assertThat(sent.body().get(0).path("error").path("code").asInt()).isEqualTo(-32600);
  }
}
