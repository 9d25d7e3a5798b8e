package com.quiltdata.mcp.transport.stdio;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.change.Change;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.schema.ReadAlong;
import com.quiltdata.mcp.schema.SentMessages;
import com.quiltdata.mcp.transport.ResultRoom;
import com.quiltdata.mcp.transport.TestTools;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// The protocol over two pipes: requirements R29 to R31.
@Timeout(30)
final class StdioTransportTest {
  private static final int MAX_LINE = 10_000;
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);
  private static final String META =
      "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}";

  private final TestTools tools = new TestTools(Duration.ofSeconds(20));
  private final SentMessages messages = SentMessages.conversation();
  private final OutputStream toServer;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
  private final Thread serving;

  StdioTransportTest() throws IOException {
    Pipe input = Pipe.open();
    Pipe output = Pipe.open();
    toServer = new ReadAlong(Channels.newOutputStream(input.sink()), messages::asks);
    InputStream in = Channels.newInputStream(input.source());
    InputStream fromServer = Channels.newInputStream(output.source());
    PrintStream out =
        new PrintStream(Channels.newOutputStream(output.sink()), false, StandardCharsets.UTF_8);
    StdioTransport transport =
        new StdioTransport(
            tools.endpoint(), in, out, MAX_LINE, new ResultRoom(96 << 20), Duration.ofMillis(500));
    serving =
        Thread.ofPlatform()
            .start(() -> {
              transport.serve();
              out.close();
            });
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(fromServer, StandardCharsets.UTF_8));
    Thread.ofVirtual()
        .start(() ->
            reader
                .lines()
                .forEach(line -> {
                  messages.hears(line.getBytes(StandardCharsets.UTF_8));
                  lines.add(line);
                }));
  }

  @AfterEach
  void stop() throws IOException, InterruptedException {
    tools.release.countDown();
    toServer.close();
    serving.join();
  }

  private void send(String text) throws IOException {
    toServer.write(text.getBytes(StandardCharsets.UTF_8));
    toServer.flush();
  }

  private JsonNode next() throws InterruptedException {
    String line = lines.poll(10, TimeUnit.SECONDS);
    assertThat(line).as("a line of the server").isNotNull();
    return JSON.read(line);
  }

  private static String request(int id, String method, String params) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":{%s}}\n"
        .formatted(id, method, params);
  }

  private static String call(int id, String tool) {
    return request(id, "tools/call", "\"name\":\"%s\",\"arguments\":{}".formatted(tool));
  }

  private static String modernCall(int id, String tool) {
    return request(id, "tools/call", "\"name\":\"%s\",\"arguments\":{},%s".formatted(tool, META));
  }

  private static String cancel(int id) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"notifications/cancelled\",\"params\":{\"requestId\":%d}}\n"
        .formatted(id);
  }

  @Test
  void r29OneMessageALineEvenIfItsTextHasLines() throws Exception {
    send(
        request(
            1,
            "tools/call",
            "\"name\":\"echo\",\"arguments\":{\"text\":\"a\\nb\\r\\nc\\u2028d grüße\"}"));
    assertThat(next().path("result").toString()).contains("a\\\\nb\\\\r\\\\nc", "grüße");
    send(request(2, "ping", "") + "\n\r\n" + request(3, "ping", "").replace("\n", "\r\n"));
    assertThat(List.of(next().path("id").intValue(), next().path("id").intValue()))
        .containsExactly(2, 3);
  }

  @Test
  void r29NothingIsSaidThatIsNoMessage() throws Exception {
    send("{\"jsonrpc\":\"2.0\",\"method\":\"notifications/initialized\"}\n");
    send("{\"jsonrpc\":\"2.0\",\"id\":5,\"result\":{}}\n");
    send(cancel(99));
    send(request(1, "ping", ""));
    assertThat(next().path("id").intValue()).isEqualTo(1);
    assertThat(lines).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rubbish", "{", " ", "\u0000", "[]", "{\"jsonrpc\":\"2.0\"}"})
  void whatIsNoMessageIsAnsweredAndTheNextLineIsRead(String line) throws Exception {
    send(line + "\n" + request(1, "ping", ""));
    assertThat(next().path("error").path("code").intValue()).isIn(-32700, -32600);
    assertThat(next().path("id").intValue()).isEqualTo(1);
  }

  @Test
  void longLineIsRefusedAndTheNextOneIsRead() throws Exception {
    // Cut at the limit it would be a good message.
    String good = request(7, "ping", "").strip();
    send(good + " ".repeat(MAX_LINE) + "x\n");
    JsonNode refusal = next();
    assertThat(refusal.path("error").path("code").intValue()).isEqualTo(-32700);
    assertThat(refusal.path("error").path("message").asString()).contains("over 10000 bytes");
    assertThat(refusal.path("id").isNull()).isTrue();
    send(good + " ".repeat(MAX_LINE - good.length()) + "\r\n");
    assertThat(next().path("id").intValue()).isEqualTo(7);
  }

  /// The revision that was agreed on decides whether an unreadable id is null or left out.
  @ParameterizedTest
  @CsvSource({"2024-11-05, true", "2025-06-18, true", "2025-11-25, false"})
  void longLineIsRefusedInTheRevisionThatWasAgreedOn(String revision, boolean isNull)
      throws Exception {
    send(
        request(
            1,
            "initialize",
            "\"protocolVersion\":\"%s\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}"
                .formatted(revision)));
    assertThat(next().path("result").path("protocolVersion").asString()).isEqualTo(revision);
    send("x".repeat(MAX_LINE + 1) + "\n");
    JsonNode refusal = next();
    assertThat(refusal.has("id")).isEqualTo(isNull);
    assertThat(refusal.path("id").isNull()).isEqualTo(isNull);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void r30CancellationStopsACallAndNothingIsSentForIt(boolean isModern) throws Exception {
    send(isModern ? modernCall(1, "wait") : call(1, "wait"));
    tools.begun.take();
    long sent = System.nanoTime();
    send(cancel(1));
    long micros = (tools.interrupted.take() - sent) / 1_000;
    assertThat(micros).isLessThan(1_000_000);
    send(request(2, "ping", ""));
    assertThat(next().path("id").intValue()).isEqualTo(2);
    assertThat(lines.poll(200, TimeUnit.MILLISECONDS)).isNull();
    assertThat(tools.finished).isEmpty();
  }

  @Test
  void r30CancellationOfAnotherIdStopsNothing() throws Exception {
    send(call(1, "wait"));
    tools.begun.take();
    send(cancel(2) + cancel(1).replace(":1}", ":\"1\"}"));
    assertThat(tools.interrupted.poll(200, TimeUnit.MILLISECONDS)).isNull();
    tools.release.countDown();
    assertThat(next().path("result").toString()).contains("released");
  }

  @Test
  void r31RevisionsMixAndMethodsBeforeInitializeAreAnswered() throws Exception {
    send(request(1, "no/such", ""));
    assertThat(next().path("error").path("code").intValue()).isEqualTo(-32601);
    send(modernCall(2, "echo"));
    assertThat(next().path("result").path("resultType").asString()).isEqualTo("complete");
    send(
        request(
            3,
            "initialize",
            "\"protocolVersion\":\"2025-06-18\",\"capabilities\":{},\"clientInfo\":{\"name\":\"t\",\"version\":\"1\"}"));
    assertThat(next().path("result").path("protocolVersion").asString()).isEqualTo("2025-06-18");
    send(call(4, "echo"));
    assertThat(next().path("result").has("resultType")).isFalse();
    send(request(5, "server/discover", META));
    assertThat(next().path("result").path("supportedVersions").toString()).contains("2026-07-28");
  }

  @Test
  void twoCallsAtOnce() throws Exception {
    send(call(1, "wait") + call(2, "wait") + call(3, "echo"));
    assertThat(next().path("id").intValue()).isEqualTo(3);
    tools.begun.take();
    tools.begun.take();
    tools.release.countDown();
    assertThat(List.of(next().path("id").intValue(), next().path("id").intValue()))
        .containsExactlyInAnyOrder(1, 2);
  }

  @Test
  void notificationsComeBeforeTheAnswer() throws Exception {
    send(call(1, "report"));
    assertThat(next().path("method").asString()).isEqualTo("notifications/message");
    assertThat(next().path("id").intValue()).isEqualTo(1);
  }

  @Test
  void callThatBreaksIsAnswered() throws Exception {
    send(call(1, "break"));
    assertThat(next().path("error").path("code").intValue()).isEqualTo(-32603);
  }

  private static String listen(int id) {
    return request(
        id, "subscriptions/listen", "\"notifications\":{\"toolsListChanged\":true}," + META);
  }

  private void listening(int count) {
    while (tools.changes.listeners() != count) {
      Thread.onSpinWait();
    }
  }

  @Test
  void r90ListensUntilTheClientCancels() throws Exception {
    send(listen(5));
    assertThat(next().path("method").asString())
        .isEqualTo("notifications/subscriptions/acknowledged");
    tools.changes.tell(new Change.ToolList());
    assertThat(next().path("method").asString()).isEqualTo("notifications/tools/list_changed");
    send(call(6, "echo"));
    assertThat(next().path("id").intValue()).isEqualTo(6);
    send(cancel(5));
    listening(0);
    tools.changes.tell(new Change.ToolList());
    assertThat(lines.poll(200, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void r94EndOfInputEndsStreamsAndSaysSo() throws Exception {
    send(listen(5));
    next();
    toServer.close();
    serving.join();
    assertThat(next().path("method").asString()).isEqualTo("notifications/cancelled");
    assertThat(next().path("id").intValue()).isEqualTo(5);
  }

  private void initialize(String version) throws Exception {
    send(
        request(
            1,
            "initialize",
            "\"protocolVersion\":\"%s\",\"capabilities\":{\"elicitation\":{}}".formatted(version)));
    assertThat(next().path("result").path("protocolVersion").asString()).isEqualTo(version);
  }

  @ParameterizedTest
  @ValueSource(strings = {"2025-11-25", "2025-06-18"})
  void clientIsAskedAndAnswers(String version) throws Exception {
    initialize(version);
    send(call(2, "ask"));
    JsonNode question = next();
    assertThat(question.path("method").asString()).isEqualTo("elicitation/create");
    send(call(3, "echo"));
    assertThat(next().path("id").intValue()).isEqualTo(3);
    send(
        "{\"jsonrpc\":\"2.0\",\"id\":%s,\"result\":{\"action\":\"accept\",\"content\":{\"name\":\"Ada\"}}}\n"
            .formatted(question.path("id")));
    JsonNode answer = next();
    assertThat(answer.path("id").intValue()).isEqualTo(2);
    assertThat(answer.path("result").toString()).contains("Ada");
  }

  @Test
  void r30CallThatAsksCanBeCancelled() throws Exception {
    initialize("2025-11-25");
    send(call(2, "ask"));
    next();
    send(cancel(2));
    send(request(3, "ping", ""));
    assertThat(next().path("id").intValue()).isEqualTo(3);
    assertThat(lines.poll(200, TimeUnit.MILLISECONDS)).isNull();
  }

  @Test
  void clientThatDidNotSaySoIsNotAsked() throws Exception {
    send(call(2, "ask"));
    assertThat(next().path("result").toString()).contains("input_required");
    initialize("2025-03-26");
    send(call(3, "ask"));
    assertThat(next().path("result").toString()).contains("input_required");
  }

  @Test
  void r100ModernClientIsAskedInTheResult() throws Exception {
    send(modernCall(2, "ask").replace("Capabilities\":{}", "Capabilities\":{\"elicitation\":{}}"));
    JsonNode result = next().path("result");
    assertThat(result.path("resultType").asString()).isEqualTo("input_required");
    assertThat(result.path("inputRequests").has("name")).isTrue();
  }

  @Test
  void levelAndSubscriptionsAreOfTheConnection() throws Exception {
    initialize("2025-11-25");
    send(request(2, "logging/setLevel", "\"level\":\"critical\""));
    assertThat(next().path("result").isEmpty()).isTrue();
    send(call(3, "report"));
    assertThat(next().path("id").intValue()).isEqualTo(3);
  }

  @Test
  void endOfInputLetsWhatRunsFinish() throws Exception {
    send(call(1, "echo") + call(2, "report") + request(3, "ping", "").strip());
    toServer.close();
    serving.join();
    List<Integer> ids =
        List.of(next(), next(), next(), next()).stream()
            .filter(line -> line.has("id"))
            .map(line -> line.path("id").intValue())
            .toList();
    assertThat(ids).containsExactlyInAnyOrder(1, 2, 3);
  }

  @Test
  void endOfInputCancelsWhatDoesNotFinishInTime() throws Exception {
    send(call(1, "wait"));
    tools.begun.take();
    toServer.close();
    assertThat(serving.join(Duration.ofSeconds(5))).isTrue();
    assertThat(tools.interrupted.poll(5, TimeUnit.SECONDS)).isNotNull();
  }
}
