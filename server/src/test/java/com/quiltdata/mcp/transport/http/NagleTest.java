package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Answers that are larger than a packet must not wait for the client's delayed acknowledgement.
@Timeout(30)
final class NagleTest {
  private static final Route STREAM =
      TestServer.route(
          "GET",
          exchange -> {
            try (SseStream stream = exchange.openStream(Map.of())) {
              stream.event(new byte[60_000]);
              stream.event(new byte[100]);
            }
          });
  private static final Route LARGE =
      TestServer.route("GET", e -> e.answer(200, "text/plain", new byte[300_000]));

  @ParameterizedTest
  @ValueSource(strings = {"/large", "/stream"})
  void medianOfTwentyAnswersOverOneConnectionIsShort(String path) {
    try (TestServer server =
            new TestServer(TestServer.config(), Map.of("/stream", STREAM, "/large", LARGE));
        RawConnection connection = server.connect()) {
      long[] micros = new long[20];
      for (int i = 0; i < micros.length; i++) {
        long started = System.nanoTime();
        assertThat(connection.send(request("GET " + path)).read().body())
            .hasSizeGreaterThan(60_000);
        micros[i] = (System.nanoTime() - started) / 1_000;
      }
      Arrays.sort(micros);
      assertThat(micros[10]).as("median in microseconds").isLessThan(20_000);
    }
  }
}
