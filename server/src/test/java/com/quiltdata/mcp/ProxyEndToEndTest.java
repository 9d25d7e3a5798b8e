package com.quiltdata.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.ServerProcess.Finished;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.ServerParameters;
import io.modelcontextprotocol.client.transport.StdioClientTransport;
import io.modelcontextprotocol.json.McpJsonDefaults;
import io.modelcontextprotocol.spec.McpSchema.CallToolRequest;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The real program twice: a proxy in front of a server that wants tokens.
@Timeout(120)
final class ProxyEndToEndTest {
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);
  private static final String META =
      "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}";

  @TempDir private static Path folder;
  private static Map<String, String> environment;
  private static ServerProcess server;
  private static Path tokenFile;

  @BeforeAll
  static void start() throws IOException {
    environment =
        Map.of(
            "QUILT_MCP_CACHE",
            folder.resolve("cache").toString(),
            "MCP_ENHANCED_JWT_SECRET",
            "proxy-end-to-end-secret-0123456789-abcdef",
            "QUILT_LOCAL_ROOT",
            "sample");
    server = ServerProcess.serving(environment);
    tokenFile = Files.writeString(folder.resolve("token"), token("quilt-sample"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String token(String bucket) {
    Finished minted = ServerProcess.run(environment, "token", "--bucket", bucket);
    assertThat(minted.exitCode()).as(minted.err()).isZero();
    return minted.out();
  }

  private static ServerProcess proxy(Path file) {
    return ServerProcess.started(
        Map.of("LOG_LEVEL", "TRACE"),
        "proxy",
        "--url",
        server.url().toString(),
        "--token-file",
        file.toString());
  }

  private static JsonNode ask(ServerProcess proxy, String line) throws IOException {
    OutputStream in = proxy.input();
    in.write((line + "\n").getBytes(UTF_8));
    in.flush();
    return JSON.read(proxy.line());
  }

  private static String list(int id, String bucket) {
    return "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"tools/call\",\"params\":{\"name\":\"bucket_objects_list\",\"arguments\":{\"bucket\":\"%s\",\"max_keys\":1},%s}}"
        .formatted(id, bucket, META);
  }

  @Test
  void newestRevisionWorksWithItsHeaders() throws IOException {
    try (ServerProcess proxy = proxy(tokenFile)) {
      JsonNode discovered =
          ask(
              proxy,
              "{\"jsonrpc\":\"2.0\",\"id\":\"d\",\"method\":\"server/discover\",\"params\":{%s}}"
                  .formatted(META));
      assertThat(discovered.path("result").path("supportedVersions").toString())
          .isEqualTo("[\"2026-07-28\"]");
      // The server refuses this call when Mcp-Param-Bucket is missing.
      JsonNode listed = ask(proxy, list(1, "quilt-sample"));
      assertThat(listed.path("result").path("structuredContent").path("objects").size())
          .isEqualTo(1);
      JsonNode odd = ask(proxy, list(2, "日本"));
      assertThat(odd.path("result").path("isError").booleanValue()).isTrue();
      proxy.input().close();
      Finished end = proxy.finished();
      assertThat(end.exitCode()).isZero();
      assertThat(end.out().lines()).hasSize(3).allMatch(line -> line.startsWith("{\"jsonrpc\""));
      assertThat(end.err().lines()).isNotEmpty().allMatch(line -> line.startsWith("{"));
      assertThat(end.err()).doesNotContain(Files.readString(tokenFile).strip());
    }
  }

  @Test
  void freshTokenIsReadWithoutARestart() throws IOException {
    Path file = Files.writeString(folder.resolve("fresh"), "stale.token.x");
    try (ServerProcess proxy = proxy(file)) {
      JsonNode refused = ask(proxy, list(1, "quilt-sample"));
      assertThat(refused.path("error").path("message").asString())
          .contains("401", file.toString(), "nothing needs to be restarted");
      Files.writeString(file, token("quilt-sample"));
      assertThat(ask(proxy, list(2, "quilt-sample")).path("result").path("isError").booleanValue())
          .isFalse();
      Files.writeString(file, token("another-bucket"));
      assertThat(ask(proxy, list(3, "quilt-sample")).path("result").path("isError").booleanValue())
          .as("the token in use is kept until it is refused")
          .isFalse();
    }
  }

  @Test
  void officialClientWorksOverStandardInputAndOutput() {
    List<String> command = ServerProcess.command("proxy", "--url", server.url().toString());
    StdioClientTransport transport =
        new StdioClientTransport(
            ServerParameters.builder(command.getFirst())
                .args(command.subList(1, command.size()))
                .addEnvVar("QUILT_MCP_TOKEN", token("quilt-sample").strip())
                .build(),
            McpJsonDefaults.getMapper());
    KeptLines log = new KeptLines("test-logs", "proxy-of-the-official-client.log");
    transport.setStdErrorHandler(log::add);
    try (McpSyncClient official =
        io.modelcontextprotocol.client.McpClient.sync(transport)
            .requestTimeout(Duration.ofSeconds(30))
            .build()) {
      assertThat(official.initialize().protocolVersion()).startsWith("2025-");
      assertThat(official.listTools().tools())
          .extracting(Tool::name)
          .contains("packages_list", "package_browse");
      official.ping();
      CallToolResult result =
          official.callTool(
              CallToolRequest.builder("packages_list")
                  .arguments(Map.of("registry", "s3://quilt-sample"))
                  .build());
      assertThat(result.isError()).isFalse();
    }
  }

  @Test
  void signalEndsItCleanly() throws IOException {
    try (ServerProcess proxy = proxy(tokenFile)) {
      assertThat(ask(proxy, list(1, "quilt-sample")).has("result")).isTrue();
      proxy.terminate();
      assertThat(proxy.finished().exitCode()).isZero();
    }
  }

  @Test
  void whatCannotWorkIsToldAtTheStart() {
    Finished plain =
        ServerProcess.run(
            Map.of("QUILT_MCP_TOKEN", "a-token-for-nobody"),
            "proxy",
            "--url",
            "http://quilt.example/mcp");
    assertThat(plain.exitCode()).isEqualTo(2);
    assertThat(plain.err())
        .contains("a token is sent to https:// addresses only", "`quilt-mcp proxy --help`")
        .doesNotContain("a-token-for-nobody");
    assertThat(plain.out()).isEmpty();
    Finished missing = ServerProcess.run(Map.of(), "proxy");
    assertThat(missing.exitCode()).isEqualTo(2);
    assertThat(missing.err()).contains("--url=URL");
  }
}
