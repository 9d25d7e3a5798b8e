package com.quiltdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.IssuingKey;
import com.quiltdata.mcp.issuer.FakeIssuer;
import com.quiltdata.mcp.json.StrictJson;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The real program with an OAuth issuer: good tokens, bad ones, and an issuer that cannot be
/// asked.
@Timeout(120)
final class OAuthEndToEndTest {
  private static final String PUBLIC = "https://demo.quiltdata.com/mcp";
  private static final String SECRET =
      UsedSecrets.note("oauth-end-to-end-secret-0123456789-abcdef-0123");
  private static final IssuingKey RSA = IssuingKey.rsa("r1");
  private static final IssuingKey EC = IssuingKey.p256("e1");

  @TempDir private static Path folder;
  private static FakeIssuer issuer;
  private static ServerProcess server;

  @BeforeAll
  static void start() {
    issuer = new FakeIssuer();
    issuer.publish(RSA, EC);
    server = serving(issuer, Map.of("MCP_ENHANCED_JWT_SECRET", SECRET));
  }

  @AfterAll
  static void stop() {
    server.close();
    issuer.close();
  }

  private static ServerProcess serving(FakeIssuer of, Map<String, String> more) {
    Map<String, String> environment = new HashMap<>(more);
    environment.put("QUILT_MCP_CACHE", folder.toString());
    environment.put("QUILT_LOCAL_ROOT", "sample");
    environment.put("MCP_OAUTH_ISSUER", of.address().toString());
    environment.put("MCP_OAUTH_BUCKETS", "quilt-sample");
    environment.put("MCP_PUBLIC_URL", PUBLIC);
    environment.put("LOG_LEVEL", "TRACE");
    return ServerProcess.serving(environment);
  }

  private static String token(IssuingKey key, String issuedBy, String audience, String scope) {
    return key.token(
        "{\"iss\":\"%s\",\"aud\":[\"%s\"],\"sub\":\"ada\",\"exp\":%d,\"scope\":\"%s\"}"
            .formatted(issuedBy, audience, Instant.now().plusSeconds(600).getEpochSecond(), scope));
  }

  private static String good(FakeIssuer of, IssuingKey key) {
    return token(key, of.address().toString(), PUBLIC, "openid quilt:read");
  }

  private static McpClient.Answer listed(ServerProcess of, String token) {
    try (McpClient client = new McpClient(of.url()).withToken(token)) {
      return client.request("tools/list", StrictJson.NODES.objectNode());
    }
  }

  @Test
  void aTokenOfTheIssuerOpensItsBucketAndNoOther() {
    for (IssuingKey key : List.of(RSA, EC)) {
      try (McpClient client = new McpClient(server.url()).withToken(good(issuer, key))) {
        JsonNode sample = client.call("packages_list", "{\"registry\":\"s3://quilt-sample\"}");
        assertThat(sample.path("count").intValue()).isEqualTo(8);
        assertThat(
                client
                    .call("packages_list", "{\"registry\":\"s3://other\"}")
                    .path("code")
                    .asString())
            .isEqualTo("forbidden_bucket");
        JsonNode who = client.call("whoami", "{}");
        assertThat(who.path("issuer").asString()).isEqualTo(issuer.address().toString());
        assertThat(who.path("level").asString()).isEqualTo("read");
      }
    }
    assertThat(issuer.asked()).noneMatch(path -> path.contains("token"));
  }

  @Test
  void aCallThatNeedsMoreScopeAsksForIt() {
    try (McpClient client = new McpClient(server.url()).withToken(good(issuer, EC))) {
      McpClient.Answer answer =
          client.callAnswer(
              "package_delete",
              McpClient.json(
                  "{\"registry\":\"s3://quilt-sample\",\"package_name\":\"demo/tiny\"}"));
      assertThat(answer.status()).isEqualTo(403);
      assertThat(answer.json().path("error").asString()).isEqualTo("insufficient_scope");
      assertThat(answer.header("www-authenticate"))
          .contains(
              "error=\"insufficient_scope\"",
              "scope=\"quilt:read quilt:write\"",
              "resource_metadata=\"https://demo.quiltdata.com/.well-known/oauth-protected-resource/mcp\"");
    }
    JsonNode line = server.event("authz.denied");
    while (!line.path("error_code").asString().equals("insufficient_scope")) {
      line = server.event("authz.denied");
    }
    assertThat(line.path("tool").asString()).isEqualTo("package_delete");
    assertThat(line.path("subject").asString()).isEqualTo("ada");
  }

  @Test
  void tokensOfOthersAre401() {
    String here = issuer.address().toString();
    for (String token :
        List.of(
            token(EC, "https://issuer.example.com", PUBLIC, "quilt:read"),
            token(EC, here, "https://demo.quiltdata.com", "quilt:read"),
            token(IssuingKey.p256("e1"), here, PUBLIC, "quilt:read"),
            token(IssuingKey.rsa("another"), here, PUBLIC, "quilt:read"))) {
      McpClient.Answer answer = listed(server, token);
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.json().path("error").asString()).isEqualTo("invalid_token");
      assertThat(answer.header("www-authenticate")).contains("resource_metadata=");
    }
    assertThat(server.output()).doesNotContain("eyJ");
  }

  @Test
  void tokensOfTheCatalogGoOnWorking() {
    ServerProcess.Finished minted =
        ServerProcess.run(
            Map.of("MCP_ENHANCED_JWT_SECRET", SECRET, "QUILT_LOCAL_ROOT", "sample"),
            "token",
            "--bucket",
            "quilt-sample");
    assertThat(listed(server, minted.out()).status()).isEqualTo(200);
  }

  @Test
  void metadataLeadToTheIssuer() {
    try (McpClient client = new McpClient(server.url())) {
      JsonNode metadata = client.get("/.well-known/oauth-protected-resource/mcp").json();
      assertThat(metadata.path("resource").asString()).isEqualTo(PUBLIC);
      assertThat(metadata.path("authorization_servers").path(0).asString())
          .isEqualTo(issuer.address().toString());
    }
  }

  @Test
  void whileTheIssuerIsSilentItsTokensAreNeitherGoodNorBad() {
    try (FakeIssuer silent = new FakeIssuer()) {
      silent.serve("/keys", 503, "");
      try (ServerProcess alone = serving(silent, Map.of());
          McpClient client = new McpClient(alone.url())) {
        McpClient.Answer answer = listed(alone, good(silent, EC));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isEqualTo("15");
        assertThat(alone.output())
            .contains("keys.failed", "The key set of the issuer cannot be read: status 503");
        assertThat(client.get("/readyz").status()).isEqualTo(200);
        assertThat(client.request("tools/list", StrictJson.NODES.objectNode()).status())
            .isEqualTo(401);
      }
    }
  }

  @Test
  void theCertificateOfTheIssuerIsChecked() {
    SelfSigned certificate = SelfSigned.in(folder);
    try (FakeIssuer secure = new FakeIssuer(certificate.context())) {
      secure.publish(EC);
      try (ServerProcess strict = serving(secure, Map.of())) {
        assertThat(listed(strict, good(secure, EC)).status()).isEqualTo(503);
        assertThat(secure.asked()).isEmpty();
      }
      String trusting =
          "-Djavax.net.ssl.trustStore=%s -Djavax.net.ssl.trustStorePassword=%s"
              .formatted(certificate.store(), SelfSigned.PASSWORD);
      try (ServerProcess trusted = serving(secure, Map.of("JAVA_TOOL_OPTIONS", trusting))) {
        assertThat(listed(trusted, good(secure, EC)).status()).isEqualTo(200);
      }
    }
  }
}
