package com.quiltdata.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.ServerProcess.Finished;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.schema.SentMessages;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The sub-commands, and how the process ends.
@Timeout(120)
final class ProgramTest {
  private static final String SECRET = "the-TOPSECRET-of-this-test-0123456789";
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  @TempDir private static Path cache;

  private static Map<String, String> environment() {
    return Map.of("QUILT_MCP_CACHE", cache.toString());
  }

  @Test
  void healthTellsAServerFromNone() {
    try (ServerProcess server = ServerProcess.serving(environment())) {
      String port = String.valueOf(server.url().getPort());
      Finished well = ServerProcess.run(Map.of(), "health", "--port", port);
      assertThat(well.exitCode()).isZero();
      assertThat(JSON.read(well.out()).path("status").asString()).isEqualTo("ok");
      assertThat(
              ServerProcess.run(Map.of("FASTMCP_ADDR", "0.0.0.0", "FASTMCP_PORT", port), "health")
                  .exitCode())
          .isZero();
      server.terminate();
      server.finished();
      Finished gone = ServerProcess.run(Map.of(), "health", "--port", port);
      assertThat(gone.exitCode()).isEqualTo(1);
      assertThat(gone.err()).contains("127.0.0.1:" + port, "does not answer");
    }
  }

  @Test
  void configShowsEverySettingButNoSecret() {
    Map<String, String> environment =
        Map.of(
            "MCP_ENHANCED_JWT_SECRET",
            SECRET,
            "MCP_ENHANCED_JWT_PREVIOUS_SECRET",
            SECRET + "-old",
            "MCP_ENHANCED_JWT_PREVIOUS_KID",
            "older",
            "QUILT_LOCAL_ROOT",
            "sample");
    Finished table = ServerProcess.run(environment, "config", "--port", "8123");
    assertThat(table.exitCode()).as(table.err()).isZero();
    assertThat(table.out())
        .containsPattern("MCP_ENHANCED_JWT_SECRET +\\*\\*\\* +environment MCP_ENHANCED_JWT_SECRET")
        .containsPattern("FASTMCP_PORT +8123 +flag --port")
        .contains("development mode");
    assertThat(table.out() + table.err()).doesNotContain("TOPSECRET");
    Finished json = ServerProcess.run(environment, "config", "--json");
    JsonNode all = JSON.read(json.out());
    assertThat(all.path("MCP_ENHANCED_JWT_PREVIOUS_SECRET").path("value").asString())
        .isEqualTo("***");
    assertThat(all.path("FASTMCP_PORT").path("origin").asString()).isEqualTo("default");
    assertThat(json.out() + json.err()).doesNotContain("TOPSECRET");
  }

  @Test
  void versionAndHelpAreToldOnStandardOutput() {
    assertThat(ServerProcess.run(Map.of(), "--version").out()).startsWith("quilt-mcp ");
    Finished help = ServerProcess.run(Map.of(), "--help");
    assertThat(help.exitCode()).isZero();
    assertThat(help.out()).contains("stdio", "token", "health", "config", "--root");
  }

  @Test
  void tokenIsNotMintedForOthersOrWithoutASecret() {
    Finished others =
        ServerProcess.run(
            Map.of("FASTMCP_ADDR", "0.0.0.0", "MCP_ENHANCED_JWT_SECRET", SECRET),
            "token",
            "--bucket",
            "b");
    assertThat(others.exitCode()).isEqualTo(2);
    assertThat(others.out()).isEmpty();
    Finished without = ServerProcess.run(Map.of(), "token", "--bucket", "b");
    assertThat(without.exitCode()).isEqualTo(2);
    assertThat(without.err()).contains("MCP_ENHANCED_JWT_SECRET");
    assertThat(others.err() + without.err()).doesNotContain("TOPSECRET");
  }

  @Test
  void signalEndsItCleanlyAndTheRequestInWorkIsAnswered() throws IOException {
    try (ServerProcess server = ServerProcess.serving(environment())) {
      URI url = server.url();
      String body =
          "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"packages_list\",\"arguments\":{\"registry\":\"s3://quilt-sample\"}}}";
      try (Socket socket = new Socket(url.getHost(), url.getPort())) {
        socket.setSoTimeout(30_000);
        OutputStream out = socket.getOutputStream();
        out.write(
            "POST /mcp HTTP/1.1\r\nHost: localhost\r\nX-Request-ID: the-last\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
                .formatted(body.length(), body.substring(0, 20))
                .getBytes(UTF_8));
        out.flush();
        // The request is in work once the server has read its head.
        try (McpClient client = new McpClient(url)) {
          client.get("/healthz");
        }
        long start = System.nanoTime();
        server.terminate();
        server.event("shutdown");
        out.write(body.substring(20).getBytes(UTF_8));
        out.flush();
        InputStream in = socket.getInputStream();
        String answer = new String(in.readAllBytes(), UTF_8);
        SentMessages.inReplyTo(body.getBytes(UTF_8), Optional.empty())
            .hears(answer.substring(answer.indexOf('{')).getBytes(UTF_8));
        assertThat(answer)
            .startsWith("HTTP/1.1 200")
            .containsIgnoringCase("connection: close")
            .contains("demo/tiny");
        Finished end = server.finished();
        assertThat(end.exitCode()).isZero();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        assertThat(end.out()).containsPattern("\"http.request\"[^\n]*\"the-last\"");
      }
    }
  }

  @Test
  void secondSignalEndsItAtOnce() throws IOException {
    try (ServerProcess server = ServerProcess.serving(environment());
        Socket socket = new Socket(server.url().getHost(), server.url().getPort())) {
      // A request of which nothing more comes keeps it for some seconds.
      socket
          .getOutputStream()
          .write(
              "POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 20\r\n\r\n{"
                  .getBytes(UTF_8));
      server.terminate();
      server.event("shutdown");
      server.terminate();
      assertThat(server.finished().exitCode()).isEqualTo(143);
    }
  }

  @Test
  void idleServerEndsWithinASecondOrTwo() {
    try (ServerProcess server = ServerProcess.serving(environment())) {
      long start = System.nanoTime();
      server.terminate();
      assertThat(server.finished().exitCode()).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }
  }

  @Test
  void stdioSpeaksTheProtocolAndNothingElse() throws IOException {
    Map<String, String> environment =
        Map.of("QUILT_MCP_CACHE", cache.toString(), "LOG_LEVEL", "TRACE");
    for (List<String> arguments : List.of(List.of("stdio"), List.<String>of())) {
      Map<String, String> all = new HashMap<>(environment);
      if (arguments.isEmpty()) {
        all.put("FASTMCP_TRANSPORT", "stdio");
      }
      try (ServerProcess server = ServerProcess.started(all, arguments.toArray(String[]::new))) {
        OutputStream in = server.input();
        in.write(
            """
            {"jsonrpc":"2.0","id":"a","method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"t","version":"1"}}}
            {"jsonrpc":"2.0","method":"notifications/initialized"}
            {"jsonrpc":"2.0","id":2,"method":"tools/call","params":{"name":"packages_list","arguments":{"registry":"quilt-sample"}}}
            """
                .getBytes(UTF_8));
        in.flush();
        assertThat(JSON.read(server.line()).path("id").asString()).isEqualTo("a");
        assertThat(
                JSON.read(server.line())
                    .path("result")
                    .path("structuredContent")
                    .path("count")
                    .intValue())
            .isEqualTo(8);
        in.close();
        Finished end = server.finished();
        assertThat(end.exitCode()).isZero();
        assertThat(end.out().lines()).hasSize(2).allMatch(line -> line.startsWith("{\"jsonrpc\""));
        assertThat(end.err()).contains("\"event\":\"tool.call\"");
        assertThat(end.err().lines()).allMatch(line -> line.startsWith("{"));
      }
    }
  }

  @Test
  void stdioAnswersWhatAScriptPipesIn() throws IOException {
    try (ServerProcess server = ServerProcess.started(environment(), "stdio")) {
      try (OutputStream in = server.input()) {
        in.write(
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"packages_list\",\"arguments\":{\"registry\":\"quilt-sample\"}}}"
                .getBytes(UTF_8));
      }
      Finished end = server.finished();
      assertThat(end.exitCode()).isZero();
      assertThat(end.out()).contains("demo/tiny");
    }
  }
}
