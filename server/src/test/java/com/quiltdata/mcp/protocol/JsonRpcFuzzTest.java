package com.quiltdata.mcp.protocol;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.schema.SentMessagesReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Any bytes as a body, in every revision. The seeds run as tests; `.ci/fuzz` looks for more.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class JsonRpcFuzzTest {
  private static final StrictJson READER = new StrictJson(JsonLimits.DEFAULT);
  private static final StrictJson ANSWERS =
      new StrictJson(new JsonLimits(200, 1_000_000, 200, 1 << 20));
  private static final McpEndpoint ENDPOINT = EndpointBench.quick().endpoint();

  /// What an answer to 64 KiB may take; more is counted, and told with the figures.
  private static final Duration QUICK = Duration.ofMillis(100);

  /// So long that no load of the machine explains it.
  private static final Duration FAR_TOO_LONG = Duration.ofSeconds(10);

  private static final JsonNode NOTHING = StrictJson.NODES.missingNode();

  /// In place of the answer to what listens for an hour, or is no part of a batch.
  private static final JsonNode STANDS_ALONE = StrictJson.NODES.objectNode().put("code", -32600);

  private static long answers;
  private static long slow;
  private static long slowestNanos;

  /// An answer as a transport gets it; no JSON when there is nothing to say.
  private record Heard(JsonNode json, List<JsonNode> before) {}

  @FuzzTest
  void answersAnyBytes(byte[] body) {
    Optional<JsonNode> sent = parsed(body);
    for (ProtocolVersion version : ProtocolVersion.values()) {
      requireFitting(sent, version, take(body, Optional.of(headers(version, sent))));
    }
    requireFitting(sent, ProtocolVersion.ASSUMED, take(body, Optional.of(_ -> List.of())));
    requireFitting(sent, ProtocolVersion.ASSUMED, take(body, Optional.empty()));
    SentMessagesReport.requireNoProblems();
  }

  /// Members are the lines of the input, as far as they are JSON.
  @FuzzTest
  void answersABatchAsItsMembers(byte[] lines) {
    List<JsonNode> members =
        new String(lines, ISO_8859_1)
            .lines()
            .map(line -> parsed(line.getBytes(ISO_8859_1)))
            .flatMap(Optional::stream)
            .limit(60)
            .toList();
    ArrayNode batch = StrictJson.NODES.arrayNode().addAll(members);
    byte[] body = READER.write(batch);
    if (parsed(body).isEmpty()) {
      return; // the members together are over a limit
    }
    for (ProtocolVersion version :
        List.of(ProtocolVersion.V2024_11_05, ProtocolVersion.V2025_03_26)) {
      Optional<Headers> headers = Optional.of(headers(version, Optional.empty()));
      Heard heard = take(body, headers);
      requireFitting(Optional.of(batch), version, heard);
      if (members.size() > 50 || members.stream().noneMatch(JsonRpcFuzzTest::isMessage)) {
        assertThat(code(heard.json())).isEqualTo(-32600);
        continue;
      }
      List<JsonNode> expected = new ArrayList<>();
      for (JsonNode member : members) {
        if (standsAlone(member)) {
          expected.add(STANDS_ALONE);
        } else {
          expected.add(take(READER.write(member), headers).json());
        }
      }
      expected.remove(NOTHING);
      requireSame(expected, heard.json());
      SentMessagesReport.requireNoProblems();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[", "{\"a\":", "[],", "1", "1e1,", "\"", "\\u0000", "\\", " ", "\u0000", "\u00ff", "{},",
        "\"a\","
      })
  void answers64KiBOfAnythingIn100Milliseconds(String piece) {
    for (String opening : List.of("", "[", "\"", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"")) {
      String text = opening + piece.repeat((64 << 10) / piece.length());
      byte[] body = text.getBytes(ISO_8859_1);
      // The best of several: what else runs on the machine is not what this is about.
      long best = Long.MAX_VALUE;
      for (int i = 0; i < 5 && best > QUICK.toNanos(); i++) {
        long start = System.nanoTime();
        take(body, Optional.empty());
        best = Math.min(best, System.nanoTime() - start);
      }
      assertThat(Duration.ofNanos(best)).as(opening + piece).isLessThan(QUICK);
    }
  }

  private static void requireSame(List<JsonNode> expected, JsonNode batch) {
    if (expected.stream().allMatch(JsonNode::isMissingNode)) {
      assertThat(batch.isMissingNode()).isTrue();
      return;
    }
    List<JsonNode> answers = batch.valueStream().toList();
    List<JsonNode> wanted = expected.stream().filter(node -> !node.isMissingNode()).toList();
    assertThat(answers).hasSameSizeAs(wanted);
    for (int i = 0; i < wanted.size(); i++) {
      if (wanted.get(i).equals(STANDS_ALONE)) {
        assertThat(code(answers.get(i))).isEqualTo(-32600);
      } else {
        assertThat(answers.get(i)).isEqualTo(wanted.get(i));
      }
    }
  }

  private static boolean standsAlone(JsonNode member) {
    return member.isArray()
        || member.path("method").asString("").equals("initialize")
        || member.path("params").path("_meta").has(MetaKeys.PROTOCOL_VERSION);
  }

  private static boolean isMessage(JsonNode json) {
    try {
      return Message.of(json) != null;
    } catch (RpcException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
      return false;
    }
  }

  /// What is read, checked on the way: what is printed reads the same again.
  private static Optional<JsonNode> parsed(byte[] body) {
    JsonNode json;
    try {
      json = READER.read(body);
    } catch (MalformedJsonException _) {
      return Optional.empty();
    }
    byte[] printed = READER.write(json);
    JsonNode again = READER.read(printed);
    assertThat(again).isEqualTo(json);
    assertThat(READER.write(again)).isEqualTo(printed);
    return Optional.of(json);
  }

  /// Headers of a client that means well: they repeat the body.
  private static Headers headers(ProtocolVersion version, Optional<JsonNode> sent) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    if (version.isStateless()
        && sent.orElse(NOTHING).path("method").isString()
        && sent.get().path("params") instanceof ObjectNode params) {
      headers.putAll(EndpointBench.modernHeaders(sent.get().path("method").stringValue(), params));
    }
    headers.put(RoutingHeaders.VERSION, version.wire());
    return name -> Optional.ofNullable(headers.get(name)).stream().toList();
  }

  private static Heard take(byte[] body, Optional<Headers> headers) {
    List<JsonNode> before = new ArrayList<>();
    long start = System.nanoTime();
    Outcome outcome =
        headers.isPresent()
            ? ENDPOINT.take(body, new Caller.Local(), headers, "r")
            : ENDPOINT.take(body, new Caller.Local(), new Conversation(), "r");
    if (outcome instanceof Outcome.Work work && work.listens()) {
      return new Heard(STANDS_ALONE, before);
    }
    Reply reply =
        switch (outcome) {
          case Outcome.Answered answered -> answered.reply();
          case Outcome.Work work -> work.task().run(json -> before.add(line(json)));
          case Outcome.Cancels _ -> new Reply.Accepted();
          case Outcome.NeedsToken _, Outcome.NeedsScope _ ->
              throw new AssertionError("the local caller has rights");
        };
    count(System.nanoTime() - start);
    return switch (reply) {
      case Reply.Accepted _ -> new Heard(NOTHING, before);
      case Reply.Json answer -> {
        assertThat(answer.httpStatus()).isIn(200, 400, 404);
        yield new Heard(line(answer.json()), before);
      }
    };
  }

  private static void count(long nanos) {
    answers++;
    slowestNanos = Math.max(slowestNanos, nanos);
    if (nanos > QUICK.toNanos()) {
      slow++;
      assertThat(Duration.ofNanos(nanos)).isLessThan(FAR_TOO_LONG);
    }
  }

  /// One line of JSON, as stdio and streams need it.
  private static JsonNode line(byte[] json) {
    for (byte b : json) {
      assertThat(b).isNotIn((byte) '\n', (byte) '\r');
    }
    return ANSWERS.read(json);
  }

  private static void requireFitting(
      Optional<JsonNode> sent, ProtocolVersion version, Heard heard) {
    if (heard.json().equals(STANDS_ALONE)) {
      return;
    }
    heard.before().forEach(JsonRpcFuzzTest::requireNotification);
    if (sent.isEmpty()) {
      requireResponse(heard.json());
      assertThat(code(heard.json())).isEqualTo(-32700);
      assertThat(heard.json().path("id").isNull())
          .isEqualTo(version.has(ProtocolVersion.Feature.NULL_ID));
    } else if (heard.json().isArray()) {
      assertThat(sent.get().isArray() && version.has(ProtocolVersion.Feature.BATCH)).isTrue();
      heard.json().forEach(JsonRpcFuzzTest::requireResponse);
    } else if (sent.get().isArray()) {
      requireErrorOrNothing(heard.json());
    } else if (isMessage(sent.get())) {
      requireAnswer(Message.of(sent.get()), heard.json());
    } else {
      requireResponse(heard.json());
      assertThat(code(heard.json())).isEqualTo(-32600);
      Message.id(sent.get()).ifPresent(id -> assertThat(Message.id(heard.json())).contains(id));
    }
  }

  private static void requireAnswer(Message sent, JsonNode heard) {
    switch (sent) {
      case Message.Request request -> {
        requireResponse(heard);
        assertThat(Message.id(heard)).contains(request.id());
      }
      // Over HTTP one that cannot be taken is told so, to nobody in particular.
      case Message.Notification _ -> {
        requireErrorOrNothing(heard);
        assertThat(heard.path("id").isMissingNode() || heard.path("id").isNull()).isTrue();
      }
      case Message.Response _ -> requireErrorOrNothing(heard);
    }
  }

  private static void requireErrorOrNothing(JsonNode heard) {
    if (!heard.isMissingNode()) {
      requireResponse(heard);
      assertThat(heard.has("error")).isTrue();
    }
  }

  private static void requireResponse(JsonNode heard) {
    assertThat(heard.isObject()).isTrue();
    Set<String> names = Set.copyOf(heard.propertyNames());
    assertThat(heard.path("jsonrpc").asString("")).isEqualTo("2.0");
    assertThat(names).isSubsetOf("jsonrpc", "id", "result", "error");
    assertThat(heard.path("result").isObject()).isNotEqualTo(heard.path("error").isObject());
    assertThat(names.contains("result")).isNotEqualTo(names.contains("error"));
    if (names.contains("error")) {
      assertThat(heard.path("error").path("code").isInt()).isTrue();
      assertThat(code(heard)).isNotEqualTo(-32603);
      assertThat(heard.path("error").path("message").asString("")).isNotBlank();
    } else {
      assertThat(Message.id(heard)).isPresent();
    }
  }

  private static void requireNotification(JsonNode heard) {
    assertThat(heard.path("jsonrpc").asString("")).isEqualTo("2.0");
    assertThat(heard.path("method").asString("")).startsWith("notifications/");
    assertThat(heard.has("id")).isFalse();
  }

  private static int code(JsonNode heard) {
    return heard.path("error").path("code").asInt(0);
  }

  /// For `.ci/fuzz`.
  @AfterAll
  static void tell() {
    System.out.printf(
        "%d answers, %d over %d ms, slowest %d ms%n",
        answers, slow, QUICK.toMillis(), slowestNanos / 1_000_000);
  }
}
