package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RawConnection.request;
import static com.quiltdata.mcp.transport.http.TestServer.ORIGIN;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.transport.http.RawConnection.Answer;
import java.time.Duration;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is too large, and how it is said.
@Timeout(60)
final class LimitsTest {
  private static final String FROM_CATALOG = "Origin: " + ORIGIN;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void assertRefused(int status, String code, boolean withCors, String bytes) {
    try (RawConnection connection = server.connect()) {
      connection.sendQuietly(bytes.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1));
      Answer answer = connection.read();
      assertThat(answer.status()).isEqualTo(status);
      assertThat(answer.body()).contains("\"error\":\"" + code + "\"", "\"detail\":");
      assertThat(answer.header("content-type")).isEqualTo("application/json");
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(answer.header("x-request-id")).isNotEmpty();
      assertThat(answer.header("vary")).isEqualTo("Origin");
      if (withCors) {
        assertThat(answer.header("access-control-allow-origin")).isEqualTo(ORIGIN);
      }
      assertThat(connection.isEnded()).isTrue();
    }
  }

  private static String target(int lineBytes) {
    return "/hello?q=" + "a".repeat(lineBytes - "GET /hello?q= HTTP/1.1".length());
  }

  private static String[] headers(int count) {
    return IntStream.range(0, count).mapToObj(i -> "X-" + i + ": v").toArray(String[]::new);
  }

  @Test
  void lineOf8KiBPassesAndOneByteMoreIsTooLong() {
    try (RawConnection connection = server.connect()) {
      assertThat(connection.send(request("GET " + target(8_192))).read().status()).isEqualTo(200);
    }
    assertRefused(414, "uri_too_long", true, request("GET " + target(8_193), FROM_CATALOG));
    assertRefused(414, "uri_too_long", true, request("GET " + target(20_000), FROM_CATALOG));
  }

  @Test
  void hundredHeadersPassAndOneMoreIsTooMany() {
    try (RawConnection connection = server.connect()) {
      assertThat(connection.send(request("GET /hello", headers(99))).read().status())
          .isEqualTo(200);
    }
    assertRefused(431, "header_too_large", false, request("GET /hello", headers(100)));
    assertRefused(431, "header_too_large", false, request("GET /hello", headers(6_000)));
  }

  @Test
  void sameHeaderCountsEachTime() {
    String[] same = new String[100];
    Arrays.fill(same, "X-Same: v");
    assertRefused(431, "header_too_large", false, request("GET /hello", same));
  }

  @ParameterizedTest
  @ValueSource(ints = {65_500, 120_000, 300_000, 3_000_000})
  void headerOver64KiBIsTooLarge(int bytes) {
    assertRefused(
        431,
        "header_too_large",
        true,
        request("GET /hello", FROM_CATALOG, "X-Big: " + "b".repeat(bytes)));
  }

  @Test
  void headerOf60KiBPasses() {
    try (RawConnection connection = server.connect()) {
      connection.send(request("GET /hello", "Authorization: Bearer " + "b".repeat(60 << 10)));
      assertThat(connection.read().status()).isEqualTo(200);
    }
  }

  @Test
  void declaredBodyOverTheLimitIsRefusedUnread() {
    assertRefused(
        413,
        "body_too_large",
        true,
        request("POST /echo", FROM_CATALOG, "Content-Length: " + ((12 << 20) + 1)));
    assertRefused(
        413,
        "body_too_large",
        true,
        request("POST /small", FROM_CATALOG, "Content-Length: 11") + "x");
  }

  @Test
  void chunkedBodyIsCountedWhileItIsRead() {
    String chunk = "1000\r\n" + "x".repeat(4_096) + "\r\n";
    assertRefused(
        413,
        "body_too_large",
        true,
        request("POST /echo", FROM_CATALOG, "Transfer-Encoding: chunked") + chunk.repeat(300));
    assertRefused(
        413,
        "body_too_large",
        true,
        request("POST /small", FROM_CATALOG, "Transfer-Encoding: chunked") + chunk);
  }

  @Test
  void oneHugeChunkOrAnEndlessChunkSizeIsNotBuffered() {
    String start = request("POST /small", FROM_CATALOG, "Transfer-Encoding: chunked");
    assertRefused(413, "body_too_large", true, start + "b00000\r\n" + "x".repeat(200_000));
    assertRefused(413, "body_too_large", true, start + "0".repeat(200_000));
  }

  @Test
  void bodiesOfAllRequestsShareTheirRoom() {
    HttpLimits one = new HttpLimits(8 << 10, 64 << 10, 100, 1 << 20, 1 << 20, 64, 64, 64, 1);
    String half = "a".repeat(600_000);
    try (TestServer small = new TestServer(TestServer.config().withLimits(one));
        RawConnection first = small.connect();
        RawConnection announced = small.connect();
        RawConnection second = small.connect()) {
      announced.send(request("POST /echo", "Content-Length: 1000000"));
      first.send(request("POST /echo", "Content-Length: 600001") + half);
      await(() -> small.server.bodyBytesKept() == half.length() - (64 << 10));
      second.send(request("POST /echo", "Content-Length: 600000") + half);
      Answer refused = second.read();
      assertThat(refused.status()).isEqualTo(503);
      assertThat(refused.header("retry-after")).isEqualTo("1");
      assertThat(first.send("a").read().status()).isEqualTo(200);
      await(() -> small.server.bodyBytesKept() == 0);
      assertThat(announced.send("a".repeat(1_000_000)).read().status()).isEqualTo(200);
    }
  }

  private static void await(java.util.function.BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void bodyUpToTheLimitIsRead() {
    try (RawConnection connection = server.connect()) {
      connection.send(request("POST /small", "Content-Length: 10") + "0123456789");
      assertThat(connection.read().body()).isEqualTo("0123456789");
      connection.send(request("POST /echo", "Content-Length: 1048576") + "x".repeat(1 << 20));
      assertThat(connection.read().body()).hasSize(1 << 20);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "br", "identity, gzip", "deflate"})
  void encodedBodyIsUnsupported(String encoding) {
    assertRefused(
        415,
        "unsupported_encoding",
        true,
        request("POST /echo", FROM_CATALOG, "Content-Encoding: " + encoding, "Content-Length: 0"));
  }

  @Test
  void identityIsNoEncoding() {
    try (RawConnection connection = server.connect()) {
      connection.send(
          request("POST /echo", "Content-Encoding: Identity", "Content-Length: 2") + "ab");
      assertThat(connection.read().body()).isEqualTo("ab");
    }
  }

  @Test
  void answerToAnUnreadBodyClosesTheConnection() {
    try (RawConnection connection = server.connect()) {
      connection.send(request("POST /unread", "Content-Length: 50") + request("GET /hello"));
      Answer answer = connection.read();
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.header("connection")).isEqualTo("close");
      assertThat(connection.isEnded()).isTrue();
    }
  }

  @Test
  void clientThatStillSendsReceivesTheRefusal() throws InterruptedException {
    HttpTimers patient = SlowClientTest.timers(Duration.ofSeconds(3));
    try (TestServer lingering = new TestServer(TestServer.config().withTimers(patient));
        RawConnection connection = lingering.connect()) {
      connection.send(request("POST /unread", "Content-Length: 300000"));
      for (int i = 0; i < 3; i++) {
        connection.send(new byte[100_000]);
        Thread.sleep(50);
      }
      assertThat(connection.read().status()).isEqualTo(401);
    }
  }

  @Test
  void expectationIsMetOnlyWhenTheBodyIsWanted() {
    try (RawConnection connection = server.connect();
        RawConnection unread = server.connect()) {
      connection.send(request("POST /echo", "Content-Length: 2", "Expect: 100-continue"));
      assertThat(connection.read().status()).isEqualTo(100);
      assertThat(connection.send("ab").read().body()).isEqualTo("ab");
      unread.send(request("POST /unread", "Content-Length: 2", "Expect: 100-continue"));
      assertThat(unread.read().status()).isEqualTo(401);
    }
  }
}
