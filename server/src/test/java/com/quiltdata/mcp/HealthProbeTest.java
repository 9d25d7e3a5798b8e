package com.quiltdata.mcp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the health command takes for a server that serves.
final class HealthProbeTest {
  @ParameterizedTest
  @CsvSource({
    "0.0.0.0,HTTP/1.1 200 OK,true",
    "127.0.0.1,HTTP/1.1 200 OK,true",
    "'',HTTP/1.1 200 OK,true",
    "0.0.0.0,HTTP/1.1 503 Service Unavailable,false",
    "0.0.0.0,HTTP/1.1 2,false",
    "0.0.0.0,'',false"
  })
  void onlyAServerThatServesIsWell(String host, String line, boolean isWell)
      throws IOException, InterruptedException, ExecutionException {
    try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var asked =
          threads.submit(() -> {
            try (Socket socket = server.accept()) {
              byte[] request = socket.getInputStream().readNBytes("GET /healthz ".length());
              socket.getOutputStream().write((line + "\r\n").getBytes(US_ASCII));
              return new String(request, US_ASCII);
            }
          });
      Map<String, String> environment =
          Map.of("FASTMCP_ADDR", host, "FASTMCP_PORT", Integer.toString(server.getLocalPort()));
      assertThat(HealthProbe.serves(environment)).isEqualTo(isWell);
      assertThat(asked.get()).isEqualTo("GET /healthz ");
    }
  }

  @ParameterizedTest
  @CsvSource({"1", "x", "70000"})
  void nobodyIsNotWell(String port) {
    assertThat(HealthProbe.serves(Map.of("FASTMCP_PORT", port))).isFalse();
  }
}
