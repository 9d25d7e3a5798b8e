package com.quiltdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.ServerProcess.Finished;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Settings with which the program must not start: exit code 2, and a text that names the variable,
/// the rule and a way out, never a secret.
@Timeout(120)
final class StartRefusalTest {
  private static final String GOOD = "a-good-secret-0123456789-abcdefghijkl";
  @TempDir private static Path folder;

  static Stream<Arguments> refusals() {
    return Stream.of(
        Arguments.of(
            "no secret on all addresses",
            Map.of("FASTMCP_ADDR", "0.0.0.0"),
            List.of("MCP_ENHANCED_JWT_SECRET is missing", "32", "openssl rand", "loopback")),
        Arguments.of(
            "short secret on all addresses",
            Map.of("FASTMCP_ADDR", "0.0.0.0", "MCP_ENHANCED_JWT_SECRET", "short-TOPSECRET"),
            List.of("MCP_ENHANCED_JWT_SECRET is shorter than 32 bytes", "openssl rand")),
        Arguments.of(
            "short secret on this machine",
            Map.of("MCP_ENHANCED_JWT_SECRET", "short-TOPSECRET"),
            List.of("MCP_ENHANCED_JWT_SECRET is shorter than 32 bytes", "openssl rand")),
        Arguments.of(
            "insecure secret is never allowed for others",
            Map.of(
                "FASTMCP_ADDR", "0.0.0.0",
                "MCP_ALLOW_INSECURE_SECRET", "true",
                "MCP_ENHANCED_JWT_SECRET", "short-TOPSECRET"),
            List.of("MCP_ENHANCED_JWT_SECRET is shorter than 32 bytes")),
        Arguments.of(
            "published default",
            Map.of("MCP_ENHANCED_JWT_SECRET", "development-enhanced-jwt-secret"),
            List.of("MCP_ENHANCED_JWT_SECRET is the published default", "openssl rand")),
        Arguments.of(
            "token needed and no secret",
            Map.of("MCP_REQUIRE_TOKEN", "true"),
            List.of("MCP_ENHANCED_JWT_SECRET is missing", "MCP_REQUIRE_TOKEN", "--require-token")),
        Arguments.of(
            "no token for others",
            Map.of(
                "FASTMCP_ADDR", "0.0.0.0",
                "MCP_REQUIRE_TOKEN", "false",
                "MCP_ENHANCED_JWT_SECRET", GOOD),
            List.of("MCP_REQUIRE_TOKEN cannot be false", "127.0.0.1")),
        Arguments.of(
            "port out of range",
            Map.of("FASTMCP_PORT", "70000"),
            List.of("FASTMCP_PORT must be a whole number from 0 to 65535", "70000")),
        Arguments.of(
            "port that is no number",
            Map.of("FASTMCP_PORT", "eighty"),
            List.of("FASTMCP_PORT must be a whole number")),
        Arguments.of(
            "unknown transport",
            Map.of("FASTMCP_TRANSPORT", "carrier-pigeon"),
            List.of("FASTMCP_TRANSPORT must be one of http, streamable-http, stdio")),
        Arguments.of(
            "folder that is not there",
            Map.of("QUILT_LOCAL_ROOT", "/no/such/folder"),
            List.of("QUILT_LOCAL_ROOT (--root) is /no/such/folder", "Make it")),
        Arguments.of(
            "file that is not there",
            Map.of("MCP_CONFIG_FILE", "/no/such/file.yaml"),
            List.of("MCP_CONFIG_FILE (--config): there is no file /no/such/file.yaml")),
        Arguments.of(
            "address that is none",
            Map.of("FASTMCP_ADDR", "no-such-host.invalid", "MCP_ENHANCED_JWT_SECRET", GOOD),
            List.of("FASTMCP_ADDR (--host) is no-such-host.invalid", "Use 127.0.0.1")),
        Arguments.of(
            "address of another machine",
            Map.of(
                "FASTMCP_ADDR", "192.0.2.1",
                "MCP_ENHANCED_JWT_SECRET", GOOD,
                "QUILT_LOCAL_ROOT", "sample"),
            List.of("FASTMCP_PORT (--port), FASTMCP_ADDR (--host)", "192.0.2.1")),
        Arguments.of(
            "origin that is none",
            Map.of("MCP_ALLOWED_ORIGINS", "demo.quiltdata.com"),
            List.of("MCP_ALLOWED_ORIGINS: 'demo.quiltdata.com' is not an origin")),
        Arguments.of(
            "catalog without encryption",
            Map.of("QUILT_CATALOG_URL", "http://demo.quiltdata.com"),
            List.of("QUILT_CATALOG_URL must be an address such as https://")),
        Arguments.of(
            "two kinds of storage",
            Map.of("QUILT_STORAGE", "s3", "QUILT_LOCAL_ROOT", "sample"),
            List.of("QUILT_STORAGE is s3", "QUILT_LOCAL_ROOT")),
        Arguments.of(
            "S3 without encryption",
            Map.of("QUILT_STORAGE", "s3", "AWS_ENDPOINT_URL", "http://s3.example.com"),
            List.of("AWS_ENDPOINT_URL_S3 must be an address such as https://")),
        Arguments.of(
            "cache that cannot be written",
            Map.of("QUILT_MCP_CACHE", "/proc/none"),
            List.of("QUILT_MCP_CACHE: the sample registry cannot be unpacked", "/proc/none")),
        Arguments.of(
            "several at once",
            Map.of("FASTMCP_PORT", "x", "LOG_LEVEL", "loud", "MCP_MAX_BODY_BYTES", "1KB"),
            List.of("FASTMCP_PORT", "LOG_LEVEL must be one of", "MCP_MAX_BODY_BYTES must be")));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("refusals")
  void doesNotStart(String what, Map<String, String> settings, List<String> told) {
    Map<String, String> environment = new HashMap<>(settings);
    environment.putIfAbsent("QUILT_MCP_CACHE", folder.resolve("cache").toString());
    environment.putIfAbsent("FASTMCP_PORT", "0");
    isRefused(ServerProcess.run(environment), told);
  }

  private static void isRefused(Finished program, List<String> told) {
    assertThat(program.exitCode()).as(program.err()).isEqualTo(2);
    assertThat(program.err()).startsWith("quilt-mcp cannot start:").contains(told);
    assertThat(program.err() + program.out())
        .doesNotContain("TOPSECRET", "Exception", "\tat ", "listening");
  }

  @Test
  void doesNotStartOnAPortInUse() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = String.valueOf(taken.getLocalPort());
      isRefused(
          ServerProcess.run(
              Map.of("QUILT_MCP_CACHE", folder.resolve("cache").toString()), "--port", port),
          List.of("FASTMCP_PORT (--port)", "127.0.0.1:" + port, "in use", "another port"));
    }
  }

  @Test
  void doesNotStartWithAnUnknownKeyInTheFile() throws IOException {
    Path file = Files.writeString(folder.resolve("a.yaml"), "fastmcp-prot: 8000\n");
    isRefused(
        ServerProcess.run(Map.of(), "--config", file.toString()),
        List.of("unknown key 'fastmcp-prot'", "quilt-mcp config"));
  }

  @Test
  void wrongFlagIsToldWithTheUsage() {
    Finished program = ServerProcess.run(Map.of(), "--prot", "1");
    assertThat(program.exitCode()).isEqualTo(2);
    assertThat(program.err()).contains("--prot", "--port");
  }
}
