package com.quiltdata.mcp;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/// The health command of an image: does the server of this container serve?
///
/// Stands alone, for the processor time of each probe is taken from the server: nothing of the
/// program is loaded, and one line of the answer is read.
public final class HealthProbe {
  private static final int MILLIS = 3_000;
  private static final int PORT = 8000;
  private static final String SERVES = "HTTP/1.1 200";

  private HealthProbe() {}

  /// Asks, and ends the process with 0 when the server serves, with 1 when not.
  ///
  /// @param args nobody reads them
  public static void main(String[] args) {
    System.exit(serves(System.getenv()) ? 0 : 1);
  }

  /// Asks `/healthz` where the server listens by its variables; 3 s for connecting and for each
  /// byte.
  static boolean serves(Map<String, String> environment) {
    try (Socket socket = new Socket()) {
      socket.setSoTimeout(MILLIS);
      socket.connect(address(environment), MILLIS);
      socket
          .getOutputStream()
          .write(
              "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"
                  .getBytes(StandardCharsets.US_ASCII));
      String line =
          new String(
              socket.getInputStream().readNBytes(SERVES.length()), StandardCharsets.US_ASCII);
      if (line.equals(SERVES)) {
        return true;
      }
      System.err.println("unhealthy: " + line);
    } catch (IOException | IllegalArgumentException e) {
      System.err.println("unhealthy: " + e.getMessage());
    }
    return false;
  }

  private static InetSocketAddress address(Map<String, String> environment) throws IOException {
    String host = environment.getOrDefault("FASTMCP_ADDR", "");
    int port = Integer.parseInt(environment.getOrDefault("FASTMCP_PORT", Integer.toString(PORT)));
    boolean isEverywhere = host.isEmpty() || host.equals("0.0.0.0") || host.contains("::");
    return new InetSocketAddress(
        isEverywhere ? InetAddress.getLoopbackAddress() : InetAddress.getByName(host), port);
  }
}
