package com.quiltdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Level;
import com.quiltdata.mcp.auth.SigningKey;
import com.quiltdata.mcp.auth.TokenConfig;
import com.quiltdata.mcp.auth.TokenMinter;
import com.quiltdata.mcp.auth.TokenRequest;
import com.quiltdata.mcp.credentials.FakeRegistry;
import com.quiltdata.mcp.credentials.RecordingProxy;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.PutOptions;
import com.quiltdata.mcp.storage.s3.MotoServer;
import com.quiltdata.mcp.storage.s3.S3Server;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The real program with a secret, in front of S3 and STS of moto, both behind proxies that keep
/// what was asked: whose keys sign, and how far the roles were narrowed.
@Timeout(180)
final class CredentialsEndToEndTest {
  private static final String SECRET = "end-to-end-secret-0123456789-abcdef-0123456789";
  private static final String OWN_KEY = "own-key-of-the-process";
  private static final String OWN_SECRET = "own-secret-of-the-process";
  private static final String DATA_ROLE = "arn:aws:iam::123456789012:role/data";
  private static final String LISTED = "arn:aws:iam::123456789012:role/listed";

  @TempDir private Path home;
  private S3Server moto;
  private RecordingProxy s3;
  private RecordingProxy sts;

  @BeforeEach
  void start() {
    moto = MotoServer.server();
    s3 = new RecordingProxy(moto.endpoint());
    sts = new RecordingProxy(moto.endpoint());
  }

  @AfterEach
  void stop() {
    if (s3 != null) {
      s3.close();
      sts.close();
    }
  }

  private Map<String, String> environment(String... more) {
    Map<String, String> all = new HashMap<>();
    all.put("AWS_ENDPOINT_URL_S3", s3.address().toString());
    all.put("AWS_ENDPOINT_URL_STS", sts.address().toString());
    all.put("AWS_ACCESS_KEY_ID", OWN_KEY);
    all.put("AWS_SECRET_ACCESS_KEY", OWN_SECRET);
    all.put("AWS_EC2_METADATA_DISABLED", "true");
    all.put("AWS_CONFIG_FILE", home.resolve("config").toString());
    all.put("AWS_SHARED_CREDENTIALS_FILE", home.resolve("credentials").toString());
    all.put("MCP_ENHANCED_JWT_SECRET", SECRET);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }

  private static String token(String subject, List<String> roles, BucketName... buckets) {
    String token =
        new TokenMinter(
                TokenConfig.of(SigningKey.of("frontend-enhanced", SECRET)),
                InstantSource.system(),
                new Random(1))
            .mint(
                new TokenRequest(
                    subject,
                    Arrays.stream(buckets).map(BucketName::value).toList(),
                    List.of("s3:*"),
                    roles,
                    Level.READ,
                    Duration.ofHours(1)));
    return UsedSecrets.note(token);
  }

  /// A bucket with a package of one file that is in another bucket.
  private BucketName registry(BucketName other) {
    BucketName bucket = moto.bucket();
    store(other, "elsewhere.txt", "elsewhere");
    String hash = "a".repeat(64);
    store(bucket, ".quilt/named_packages/team/set/latest", hash);
    store(bucket, ".quilt/named_packages/team/set/1700000001", hash);
    store(
        bucket,
        ".quilt/packages/" + hash,
        """
        {"version":"v0","message":null}
        {"logical_key":"a.txt","physical_keys":["s3://%s/elsewhere.txt"],"size":9,"hash":{"type":"SHA256","value":"c0"},"meta":{}}
        """
            .formatted(other));
    return bucket;
  }

  private void store(BucketName bucket, String key, String text) {
    moto.store()
        .put(
            ObjectLocation.of(bucket, key),
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
            PutOptions.NONE);
  }

  private static JsonNode browse(McpClient client, BucketName bucket) {
    return client.call(
        "package_browse",
        "{\"package_name\":\"team/set\",\"registry\":\"s3://%s\",\"include_signed_urls\":false}"
            .formatted(bucket));
  }

  /// What whoami says of the rights of its caller.
  private static String rights(McpClient client) {
    return client.call("whoami", "{}").path("aws").toString();
  }

  private static String assumed(String source, String role) {
    return "{\"source\":\"%s\",\"narrowed\":true,\"role_arn\":\"%s\"}".formatted(source, role);
  }

  @Test
  void eachUserReadsWithARoleThatIsNarrowedToTheCall() {
    BucketName other = moto.bucket();
    BucketName bucket = registry(other);
    try (ServerProcess server =
            ServerProcess.serving(
                environment("MCP_DATA_ROLE_ARN", DATA_ROLE, "MCP_ALLOWED_ROLE_ARNS", LISTED));
        McpClient ada =
            new McpClient(server.url()).withToken(token("ada@lab", List.of(), bucket, other));
        McpClient bob =
            new McpClient(server.url()).withToken(token("bob|1", List.of(LISTED), bucket))) {
      assertThat(rights(ada)).isEqualTo(assumed("data_role", DATA_ROLE));
      assertThat(rights(bob)).isEqualTo(assumed("role", LISTED));
      assertThat(sts.asked()).isEmpty();
      JsonNode seen = browse(ada, bucket);
      assertThat(seen.path("success").booleanValue()).as(seen.toString()).isTrue();
      assertThat(sts.asked())
          .singleElement()
          .satisfies(asked -> {
            assertThat(asked.key()).isEqualTo(OWN_KEY);
            assertThat(asked.form())
                .containsEntry("RoleArn", DATA_ROLE)
                .containsEntry("RoleSessionName", "ada@lab")
                .containsEntry("SourceIdentity", "ada@lab");
            assertThat(asked.form().get("Policy"))
                .contains("arn:aws:s3:::%s\"".formatted(bucket), "s3:GetObject", "s3:ListBucket")
                .doesNotContain(other.value() + "\"", "PutObject", "Delete");
          });
      assertThat(browse(ada, bucket).path("success").booleanValue()).isTrue();
      assertThat(sts.asked()).hasSize(1);
      String keyOfAda = onlyKey();
      assertThat(keyOfAda).startsWith("ASIA");

      assertThat(browse(bob, bucket).path("success").booleanValue()).isTrue();
      assertThat(sts.asked()).hasSize(2);
      assertThat(sts.asked().getLast().form())
          .containsEntry("RoleArn", LISTED)
          .hasEntrySatisfying(
              "SourceIdentity", name -> assertThat(name).matches("bob_1-[0-9a-f]{8}"));
      assertThat(s3.asked().getLast().key()).startsWith("ASIA").isNotEqualTo(keyOfAda);

      JsonNode linked =
          ada.call(
              "package_browse",
              "{\"package_name\":\"team/set\",\"registry\":\"s3://%s\",\"include_signed_urls\":true}"
                  .formatted(bucket));
      assertThat(linked.toString()).contains("/elsewhere.txt?X-Amz-");
      assertThat(sts.asked().getLast().form().get("Policy"))
          .contains("arn:aws:s3:::%s/*".formatted(other), "arn:aws:s3:::%s/*".formatted(bucket));
      assertThat(server.output() + server.errors())
          .doesNotContain(OWN_SECRET, keyOfAda)
          .contains("\"source\":\"data_role\"", "\"session\":\"ada@lab\"")
          .contains("\"source\":\"role\"", "\"session\":\"bob_1-");
    }
  }

  private String onlyKey() {
    return s3.asked().stream()
        .map(RecordingProxy.Asked::key)
        .distinct()
        .reduce((a, b) -> a + "," + b)
        .orElse("");
  }

  @Test
  void refusesWithoutAnyRequestToAws() {
    BucketName bucket = registry(moto.bucket());
    try (ServerProcess server =
            ServerProcess.serving(environment("MCP_ALLOWED_ROLE_ARNS", LISTED));
        McpClient nothing = new McpClient(server.url()).withToken(token("ada", List.of(), bucket));
        McpClient wrongRole =
            new McpClient(server.url()).withToken(token("bob", List.of(LISTED + "2"), bucket));
        McpClient wrongBucket =
            new McpClient(server.url())
                .withToken(token("eve", List.of(LISTED), new BucketName("another")))) {
      assertThat(rights(nothing)).contains("\"source\":\"none\"", "\"code\":\"no_credentials\"");
      assertThat(rights(wrongRole))
          .contains("\"source\":\"none\"", "\"code\":\"forbidden_role\"")
          .doesNotContain("arn:");
      JsonNode refused = browse(nothing, bucket);
      assertThat(refused.path("code").stringValue()).isEqualTo("no_credentials");
      assertThat(refused.toString()).contains("MCP_DATA_ROLE_ARN");
      assertThat(browse(wrongRole, bucket).path("code").stringValue()).isEqualTo("forbidden_role");
      assertThat(browse(wrongBucket, bucket).path("code").stringValue())
          .isEqualTo("forbidden_bucket");
      assertThat(s3.asked()).isEmpty();
      assertThat(sts.asked()).isEmpty();
    }
  }

  @Test
  void plainTokensOfTheCatalogGetWhatTheRegistryGives() {
    BucketName bucket = registry(moto.bucket());
    String plain = plain("ada");
    try (FakeRegistry registry = new FakeRegistry();
        ServerProcess server =
            ServerProcess.serving(
                environment(
                    "MCP_CATALOG_TOKENS",
                    "true",
                    "QUILT_CATALOG_URL",
                    registry.address().toString()));
        McpClient known = new McpClient(server.url()).withToken(plain);
        McpClient unknown = new McpClient(server.url()).withToken(plain("eve"))) {
      registry.know(plain, "ASIAREGISTRY");
      assertThat(browse(known, bucket).path("success").booleanValue()).isTrue();
      assertThat(onlyKey()).isEqualTo("ASIAREGISTRY");
      assertThat(sts.asked()).isEmpty();
      assertThat(rights(known)).isEqualTo("{\"source\":\"registry\",\"narrowed\":false}");
      assertThat(unknown.request("tools/list", StrictJson.NODES.objectNode()).status())
          .isEqualTo(401);
      assertThat(server.output() + server.errors()).doesNotContain(plain, FakeRegistry.SECRET);
    }
  }

  private static String plain(String id) {
    Base64.Encoder encoder = Base64.getUrlEncoder().withoutPadding();
    return UsedSecrets.note(
        "%s.%s.%s"
            .formatted(
                encoder.encodeToString("{\"alg\":\"HS256\"}".getBytes(StandardCharsets.UTF_8)),
                encoder.encodeToString(
                    "{\"id\":\"%s\",\"uuid\":\"u\",\"exp\":4000000000}"
                        .formatted(id)
                        .getBytes(StandardCharsets.UTF_8)),
                encoder.encodeToString(new byte[32])));
  }
}
