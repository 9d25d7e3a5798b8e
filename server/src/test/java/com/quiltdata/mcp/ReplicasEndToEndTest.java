package com.quiltdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.ServerProcess.Finished;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The real program twice: two processes that know each other.
@Timeout(120)
final class ReplicasEndToEndTest {
  private static final String SECRET = "a-state-secret-0123456789-TOPSECRET";
  @TempDir private static Path cache;

  private static Map<String, String> environment(String peers, String port) {
    return new HashMap<>(
        Map.of(
            "QUILT_MCP_CACHE", cache.toString(),
            "QUILT_LOCAL_ROOT", "sample",
            "MCP_STATE_SECRET", SECRET,
            "MCP_PEERS", peers,
            "MCP_PEER_PORT", port));
  }

  /// Where the replica listens for others, as its `startup` event tells.
  private static String peerAddress(JsonNode startup) {
    String peers = startup.path("peers").stringValue();
    return "127.0.0.1:" + peers.substring(peers.lastIndexOf(' ') + 1);
  }

  @Test
  void replicasMeetAtTheStartAndPartAtTheEnd() {
    try (ServerProcess one =
        ServerProcess.started(environment("127.0.0.1:1", "0"), "--port", "0")) {
      JsonNode first = one.event("startup");
      assertThat(first.path("peers").stringValue()).startsWith("0 on port ");
      try (ServerProcess two =
          ServerProcess.started(environment(peerAddress(first), "0"), "--port", "0")) {
        JsonNode second = two.event("startup");
        assertThat(second.path("peers").stringValue()).startsWith("1 on port ");
        assertThat(one.event("replica.joined").path("replica")).isEqualTo(second.path("replica"));
        two.terminate();
        assertThat(two.finished().exitCode()).isZero();
        assertThat(one.event("replica.left").path("replica")).isEqualTo(second.path("replica"));
        assertThat(one.output() + two.output() + one.errors()).doesNotContain("TOPSECRET");
      }
    }
  }

  @Test
  void doesNotStartOnAPeerPortInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      Finished program = ServerProcess.run(environment("127.0.0.1:1", port), "--port", "0");
      assertThat(program.exitCode()).isEqualTo(2);
      assertThat(program.err())
          .contains(List.of("MCP_PEER_PORT: cannot listen on 127.0.0.1:" + port, "Choose another"))
          .doesNotContain("Exception");
    }
  }
}
