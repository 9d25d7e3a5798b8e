package com.quiltdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Level;
import com.quiltdata.mcp.auth.SigningKey;
import com.quiltdata.mcp.auth.TokenConfig;
import com.quiltdata.mcp.auth.TokenDigest;
import com.quiltdata.mcp.auth.TokenMinter;
import com.quiltdata.mcp.auth.TokenRequest;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.replica.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The real program with a secret: tokens from its own sub-command, expired ones, foreign buckets.
@Timeout(120)
final class TokenEndToEndTest {
  private static final String SECRET =
      UsedSecrets.note("end-to-end-secret-0123456789-abcdef-0123456789");
  @TempDir private static Path cache;
  private static Map<String, String> environment;
  private static ServerProcess server;

  @BeforeAll
  static void start() {
    environment =
        Map.of(
            "QUILT_MCP_CACHE",
            cache.toString(),
            "MCP_ENHANCED_JWT_SECRET",
            SECRET,
            "QUILT_LOCAL_ROOT",
            "sample",
            "LOG_LEVEL",
            "TRACE");
    server = ServerProcess.serving(environment);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static McpClient client() {
    return new McpClient(server.url());
  }

  private static String minted(String... arguments) {
    ServerProcess.Finished token = ServerProcess.run(environment, arguments);
    assertThat(token.exitCode()).as(token.err()).isZero();
    assertThat(token.out()).matches("eyJ[\\w-]+\\.[\\w-]+\\.[\\w-]+");
    return token.out();
  }

  @Test
  void tokenOfTheSubCommandOpensItsBucketAndNoOther() {
    String token = minted("token", "--bucket", "quilt-sample");
    try (McpClient client = client().withToken(token)) {
      assertThat(
              client
                  .call("packages_list", "{\"registry\":\"s3://quilt-sample\"}")
                  .path("count")
                  .intValue())
          .isEqualTo(8);
      for (String bucket : List.of("other-bucket", "quilt-sample-2", "quilt-sampl")) {
        JsonNode refused =
            client.call(
                "packages_list", StrictJson.NODES.objectNode().put("registry", "s3://" + bucket));
        assertThat(refused.path("success").booleanValue()).isFalse();
        assertThat(refused.path("code").asString()).isEqualTo("forbidden_bucket");
        assertThat(refused.path("error").asString()).isNotBlank();
      }
    }
    String forOther = minted("token", "--bucket", "another", "--hours", "1");
    try (McpClient client = client().withToken(forOther)) {
      for (String call :
          List.of(
              "packages_list {\"registry\":\"quilt-sample\"}",
              "bucket_objects_list {\"bucket\":\"quilt-sample\"}",
              "bucket_object_text {\"s3_uri\":\"s3://quilt-sample/data/sum/README.md\"}",
              "bucket_object_fetch {\"s3_uri\":\"s3://quilt-sample/data/sum/README.md\"}",
              "bucket_object_link {\"s3_uri\":\"s3://quilt-sample/data/sum/README.md\"}",
              "package_browse {\"registry\":\"quilt-sample\",\"package_name\":\"demo/tiny\"}",
              "package_diff {\"registry\":\"quilt-sample\",\"package1_name\":\"demo/tiny\",\"package2_name\":\"demo/tiny\"}")) {
        String[] parts = call.split(" ", 2);
        assertThat(client.call(parts[0], parts[1]).path("code").asString())
            .as(call)
            .isEqualTo("forbidden_bucket");
      }
    }
  }

  @Test
  void callWithoutTokenIsAskedForOne() {
    try (McpClient client = client()) {
      McpClient.Answer answer = client.request("tools/list", StrictJson.NODES.objectNode());
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.json().path("error").asString()).isEqualTo("missing_authorization");
      assertThat(answer.header("www-authenticate")).isEqualTo("Bearer");
      assertThat(client.request("server/discover", StrictJson.NODES.objectNode()).status())
          .isEqualTo(200);
      assertThat(client.get("/healthz").status()).isEqualTo(200);
    }
  }

  @Test
  void expiredTokenIsTold() {
    TokenConfig keys = TokenConfig.of(SigningKey.of("frontend-enhanced", SECRET));
    Instant yesterday = Instant.now().minus(Duration.ofDays(1));
    String token =
        new TokenMinter(keys, InstantSource.fixed(yesterday), new Random(1))
            .mint(
                new TokenRequest(
                    "user",
                    List.of("quilt-sample"),
                    List.of("s3:*"),
                    List.of(),
                    Level.READ,
                    Duration.ofHours(1)));
    try (McpClient client = client().withToken(token)) {
      McpClient.Answer answer = client.request("tools/list", StrictJson.NODES.objectNode());
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.json().path("error").asString()).isEqualTo("token_expired");
      assertThat(answer.json().path("detail").asString()).isEqualTo("JWT token expired");
    }
  }

  @Test
  void nothingSecretIsEverLogged() {
    String token = minted("token", "--bucket", "quilt-sample", "--subject", "eve\nforged");
    try (McpClient client = client().withToken(token)) {
      client.call("packages_list", "{\"registry\":\"s3://quilt-sample\"}");
      JsonNode success = server.event("auth.success");
      assertThat(success.path("level_claim").asString()).isEqualTo("READ");
      client.withToken(token + "x").request("tools/list", StrictJson.NODES.objectNode());
      JsonNode failure = server.event("auth.failure");
      assertThat(failure.path("request_id").isString()).isTrue();
      client.get("/healthz?token=" + token);
      JsonNode probe = server.event("http.request");
      while (!probe.path("http.path").asString().equals("/healthz")) {
        probe = server.event("http.request");
      }
      assertThat(probe.path("level").asString()).isEqualTo("DEBUG");
    }
    assertThat(server.output() + server.errors())
        .doesNotContain(SECRET, token.substring(token.lastIndexOf('.') + 1), "eyJ", "Bearer ey");
    assertThat(server.output().lines())
        .allMatch(line -> line.startsWith("{") && line.endsWith("}"));
  }

  /// Who, which tool, which buckets, decided how and by which rule, how long, how much: one line.
  @Test
  void eachCallLeavesOneLine() {
    String token = minted("token", "--bucket", "quilt-sample", "--subject", "ada");
    try (McpClient client = client().withToken(token)) {
      client.call("packages_list", "{\"registry\":\"s3://quilt-sample\"}");
      client.call("bucket_objects_list", "{\"bucket\":\"other-bucket\"}");
      client.callAnswer("no_such_tool", StrictJson.NODES.objectNode());
    }
    Eventually.until("three calls in the log", () -> calls("ada").size() == 3);
    List<JsonNode> lines = calls("ada");
    JsonNode allowed = lines.get(0);
    assertThat(allowed.path("event").asString()).isEqualTo("tool.call");
    assertThat(allowed.path("tool").asString()).isEqualTo("packages_list");
    assertThat(allowed.path("bucket").asString()).isEqualTo("quilt-sample");
    assertThat(allowed.path("decision").asString()).isEqualTo("allow");
    assertThat(allowed.path("rule").asString()).isEqualTo("claims");
    assertThat(allowed.path("success").booleanValue()).isTrue();
    assertThat(allowed.path("duration_ms").isIntegralNumber()).isTrue();
    assertThat(allowed.path("bytes_out").intValue()).isGreaterThan(500);
    JsonNode denied = lines.get(1);
    assertThat(denied.path("event").asString()).isEqualTo("authz.denied");
    assertThat(denied.path("bucket").asString()).isEqualTo("other-bucket");
    assertThat(denied.path("decision").asString()).isEqualTo("deny");
    assertThat(denied.path("rule").asString()).isEqualTo("buckets");
    assertThat(denied.path("error_code").asString()).isEqualTo("forbidden_bucket");
    assertThat(lines.get(2).path("rule").asString()).isEqualTo("unknown_tool");
    assertThat(lines).allMatch(line -> line.path("request_id").asString().length() >= 8);
  }

  private static List<JsonNode> calls(String subject) {
    return lines("\"mcp.method\":\"tools/call\"", subject);
  }

  private static List<JsonNode> lines(String kind, String subject) {
    return server
        .output()
        .lines()
        .filter(line -> line.contains(kind))
        .<JsonNode>map(McpClient::json)
        .filter(line -> line.path("subject").asString().equals(subject))
        .toList();
  }

  @Test
  void eachTokenIsLoggedOnceAndItsFurtherRequestsAtDebug() {
    String token = minted("token", "--bucket", "quilt-sample", "--subject", "grace");
    String kind = "\"event\":\"auth.success\"";
    try (McpClient client = client().withToken(token)) {
      client.request("tools/list", StrictJson.NODES.objectNode());
      client.request("tools/list", StrictJson.NODES.objectNode());
      client.request("tools/list", StrictJson.NODES.objectNode());
    }
    Eventually.until("three successes", () -> lines(kind, "grace").size() == 3);
    assertThat(lines(kind, "grace"))
        .extracting(line -> line.path("level").asString())
        .containsExactly("INFO", "DEBUG", "DEBUG");
    assertThat(lines(kind, "grace"))
        .allMatch(line -> line.path("token").asString().equals(TokenDigest.of(token).forLogs()));
  }
}
