package com.quiltdata.mcp.transport.http;

import static com.quiltdata.mcp.transport.http.RawConnection.request;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Answers that are larger than a packet must not wait for the client's delayed acknowledgement.
@Timeout(30)
final class NagleTest {
  @Test
  void medianOfLargeAnswersOverOneConnectionIsShort() {
    try (TestServer server = new TestServer();
        RawConnection connection = server.connect()) {
      long[] micros = new long[20];
      for (int i = 0; i < micros.length; i++) {
        long started = System.nanoTime();
        assertThat(connection.send(request("GET /large")).read().body()).hasSize(60_000);
        micros[i] = (System.nanoTime() - started) / 1_000;
      }
      Arrays.sort(micros);
      assertThat(micros[10]).as("median in microseconds").isLessThan(20_000);
    }
  }
}
