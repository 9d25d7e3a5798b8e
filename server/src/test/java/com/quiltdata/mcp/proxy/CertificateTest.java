package com.quiltdata.mcp.proxy;

import static com.quiltdata.mcp.proxy.ProxiedClient.modern;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.StrangeServer;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A server whose certificate nobody vouches for.
@Timeout(60)
final class CertificateTest {
  @Test
  void isToldAtOnceAndShownNoToken(@TempDir Path folder) {
    Patience patience =
        new Patience(Duration.ofSeconds(20), Duration.ofSeconds(20), Duration.ofSeconds(50));
    try (StrangeServer server = new StrangeServer(folder)) {
      String url = server.address() + "/mcp";
      ProxyConfig config =
          ProxiedClient.config(
              url, TokenSource.ofVariable("V", "a-token"), patience, Duration.ofSeconds(30));
      long start = System.nanoTime();
      try (ProxiedClient client = ProxiedClient.of(config)) {
        assertThat(
                client
                    .send(modern("1", "prompts/get", "{\"name\":\"x\"}"))
                    .hear()
                    .path("error")
                    .path("message")
                    .asString())
            .contains("The certificate of " + url, "trustStore");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(patience.first());
      }
      assertThat(server.asked()).isEmpty();
    }
  }
}
