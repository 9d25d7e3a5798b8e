package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Requests that two parsers could cut at different places: one refusal, then the end.
@Timeout(30)
final class SmugglingTest {
  private static final String HIDDEN = request("GET /hello");

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = new TestServer();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static void assertRefused(String bytes) {
    try (RawConnection connection = server.connect()) {
      String all = connection.send(bytes + HIDDEN).readToEnd();
      assertThat(all)
          .startsWith("HTTP/1.1 400")
          .containsOnlyOnce("HTTP/1.1 ")
          .doesNotContain("hello");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Content-Length: 0\r\nContent-Length: 5",
        "Content-Length: 5\r\nContent-Length: 5",
        "Content-Length: 5, 5",
        "Content-Length: +5",
        "Content-Length: -1",
        "Content-Length: 0x5",
        "Content-Length: 5 5",
        "Content-Length:",
        "Content-Length: five",
        "Content-Length: 99999999999999999999",
        "Content-Length: \u00b2",
        "Transfer-Encoding: Chunked",
        "Transfer-Encoding: gzip, chunked",
        "Transfer-Encoding: chunked, identity",
        "Transfer-Encoding: xchunked",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Transfer-Encoding: identity",
        "Transfer-Encoding: \"chunked\"",
        "Transfer-Encoding:\u000bchunked",
        "Transfer-Encoding: chunked\r\nContent-Length: 5",
        "Content-Length: 5\r\nTransfer-Encoding: chunked",
        "Content-Length : 5",
        "Transfer-Encoding : chunked",
        " Content-Length: 5",
        "X-A: b\r\n Content-Length: 5",
        "X-A: b\r\n\tfolded: yes",
        "X-A: b\nContent-Length: 5",
        "X-A: b\rContent-Length: 5",
        "X-A: b\u0000",
        "X\u0000A: b",
        ": nameless",
        "no colon at all",
        "Host: other"
      })
  void ambiguousHeadIsRefused(String header) {
    assertRefused(request("POST /echo", header));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /hello HTTP/1.1\nHost: localhost\n\n",
        "GET  /hello HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /hello\r\nHost: localhost\r\n\r\n",
        "GET /hello HTTP/1.1 \r\nHost: localhost\r\n\r\n",
        "GET /hello HTTP/1.2\r\nHost: localhost\r\n\r\n",
        "GET /hello http/1.1\r\nHost: localhost\r\n\r\n",
        "GET /hello HTTP/1.1\r\n\r\n",
        "GET /hello HTTP/1.1\r\nHost:\r\n\r\n",
        "GET /hel\u0000lo HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "G\u0001T /hello HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "\r\n\r\n\r\n"
      })
  void badLineIsRefused(String head) {
    assertRefused(head);
  }

  @Test
  void oneLengthOrOneChunkedIsFine() {
    try (RawConnection connection = server.connect()) {
      connection.send(request("POST /echo", "Content-Length: 3") + "abc");
      assertThat(connection.read().body()).isEqualTo("abc");
      connection.send(
          request("POST /echo", "Transfer-Encoding: chunked")
              + "2\r\nab\r\n003\r\ncde\r\nA\r\n0123456789\r\n0\r\n\r\n");
      assertThat(connection.read().body()).isEqualTo("abcde0123456789");
      assertThat(connection.send(HIDDEN).read().body()).isEqualTo("hello");
    }
  }

  @Test
  void chunksMayArriveInAnyPieces() {
    String chunked = "2\r\nab\r\n1\r\nc\r\n2\r\nde\r\n0\r\n\r\n";
    try (RawConnection connection = server.connect()) {
      connection.send(request("POST /echo", "Transfer-Encoding: chunked"));
      chunked.chars().forEach(c -> connection.send(String.valueOf((char) c)));
      assertThat(connection.read().body()).isEqualTo("abcde");
    }
  }
}
