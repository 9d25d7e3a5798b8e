package com.quiltdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.checker.HttpShelf;
import com.quiltdata.mcp.checker.RegistryChecker;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.PutOptions;
import com.quiltdata.mcp.storage.s3.S3Mock;
import com.quiltdata.mcp.storage.s3.S3Server;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// The real program in front of S3: with credentials, without, and for callers with a token.
@Timeout(120)
final class S3EndToEndTest {
  private static final String SECRET =
      UsedSecrets.note("end-to-end-secret-0123456789-abcdef-0123456789");
  private static final String KEY_ID = UsedSecrets.note("ANY-ID-OF-A-KEY");
  private static final String KEY = UsedSecrets.note("any-key-of-this-test");

  private final S3Server s3 = S3Mock.server();
  private final BucketName bucket = s3.bucket();
  @TempDir private Path home;

  /// What a process gets to know; nothing of the AWS configuration of whoever runs the test.
  private Map<String, String> environment(String... more) {
    Map<String, String> all = new HashMap<>();
    all.put("QUILT_STORAGE", "s3");
    all.put("AWS_ENDPOINT_URL", s3.endpoint().toString());
    all.put("AWS_EC2_METADATA_DISABLED", "true");
    all.put("AWS_CONFIG_FILE", home.resolve("config").toString());
    all.put("AWS_SHARED_CREDENTIALS_FILE", home.resolve("credentials").toString());
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }

  private void store(String key, String text) {
    s3.store()
        .put(
            ObjectLocation.of(bucket, key),
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
            PutOptions.ofType("text/plain"));
  }

  @Test
  void readsWithTheProfileOfItsUser() throws IOException {
    store("a b/ü.txt", "hello");
    Files.writeString(
        home.resolve("credentials"),
        "[lab]\naws_access_key_id = %s\naws_secret_access_key = %s\n".formatted(KEY_ID, KEY));
    try (ServerProcess server = ServerProcess.serving(environment("AWS_PROFILE", "lab"));
        McpClient client = new McpClient(server.url())) {
      JsonNode listed = client.call("bucket_objects_list", "{\"bucket\":\"%s\"}".formatted(bucket));
      assertThat(listed.path("count").intValue()).as(listed.toString()).isEqualTo(1);
      assertThat(listed.path("objects").path(0).path("signed_url").stringValue())
          .contains("/a%20b/%C3%BC.txt?X-Amz-Algorithm=");
      JsonNode read =
          client.call("bucket_object_text", "{\"s3_uri\":\"s3://%s/a b/ü.txt\"}".formatted(bucket));
      assertThat(read.path("text").stringValue()).isEqualTo("hello");
      assertThat(server.output() + server.errors()).doesNotContain(KEY_ID, KEY, "X-Amz-Signature");
    }
  }

  @Test
  void writesPackagesThatAStrangerReads() throws IOException {
    store("raw/plate 1.csv", "a,b\n1,2\n");
    store("raw/ü %41+b.txt", "text");
    String versioned = s3.versionedBucket().value();
    Map<String, String> environment =
        environment("AWS_ACCESS_KEY_ID", KEY_ID, "AWS_SECRET_ACCESS_KEY", KEY);
    try (ServerProcess server = ServerProcess.serving(environment);
        McpClient client = new McpClient(server.url())) {
      for (String registry : new String[] {bucket.value(), versioned}) {
        succeeds(
            client,
            "bucket_objects_put",
            "{\"bucket\":\"%s\",\"items\":[{\"key\":\"in/one.txt\",\"text\":\"one\"}]}"
                .formatted(registry));
        succeeds(
            client,
            "package_create",
            "{\"package_name\":\"team/set\",\"registry\":\"%1$s\",\"s3_uris\":[\"s3://%1$s/in/one.txt\",\"s3://%2$s/raw/plate 1.csv\"],\"metadata\":{\"n\":1.0}}"
                .formatted(registry, bucket));
        succeeds(
            client,
            "package_update",
            "{\"package_name\":\"team/set\",\"registry\":\"%1$s\",\"s3_uris\":[\"s3://%2$s/raw/ü %%41+b.txt\"],\"copy\":true}"
                .formatted(registry, bucket));
        succeeds(
            client,
            "package_create_from_s3",
            "{\"source_bucket\":\"%2$s\",\"source_prefix\":\"raw/\",\"package_name\":\"team/all\",\"target_registry\":\"%1$s\"}"
                .formatted(registry, bucket));
        JsonNode checked =
            succeeds(
                client,
                "package_validate",
                "{\"package_name\":\"team/all\",\"registry\":\"%s\",\"check_integrity\":true}"
                    .formatted(registry));
        assertThat(checked.path("valid").booleanValue()).as(checked.toString()).isTrue();
        HttpShelf shelf = HttpShelf.of(s3.endpoint(), registry);
        assertThat(RegistryChecker.problems(shelf)).isEmpty();
        assertThat(RegistryChecker.packages(shelf)).containsOnlyKeys("team/all", "team/set");
      }
    }
  }

  private static JsonNode succeeds(McpClient client, String tool, String arguments) {
    JsonNode result = client.call(tool, arguments);
    assertThat(result.path("success").booleanValue()).as(tool + " " + result).isTrue();
    return result;
  }

  @Test
  void startsWithoutCredentialsAndSaysWhatToDoThen() {
    try (ServerProcess server = ServerProcess.serving(environment());
        McpClient client = new McpClient(server.url())) {
      assertThat(client.get("/readyz").status()).isEqualTo(200);
      JsonNode refused =
          client.call("bucket_objects_list", "{\"bucket\":\"%s\"}".formatted(bucket));
      assertThat(refused.path("code").stringValue()).isEqualTo("no_credentials");
      assertThat(refused.path("error").stringValue()).contains("aws sso login", "AWS_PROFILE");
    }
  }

  @Test
  void namesTheProfileThatGivesNone() {
    try (ServerProcess server = ServerProcess.serving(environment("AWS_PROFILE", "nobody"));
        McpClient client = new McpClient(server.url())) {
      JsonNode refused =
          client.call("bucket_objects_list", "{\"bucket\":\"%s\"}".formatted(bucket));
      assertThat(refused.path("code").stringValue()).isEqualTo("no_credentials");
      assertThat(refused.path("error").stringValue()).contains("'nobody'");
    }
  }

  @Test
  void callersWithATokenNeverGetTheCredentialsOfTheProcess() {
    store("a", "x");
    Map<String, String> environment =
        environment(
            "AWS_ACCESS_KEY_ID", KEY_ID,
            "AWS_SECRET_ACCESS_KEY", KEY,
            "MCP_ENHANCED_JWT_SECRET", SECRET);
    String token =
        ServerProcess.run(environment, "token", "--bucket", bucket.value()).out().strip();
    try (ServerProcess server = ServerProcess.serving(environment);
        McpClient client = new McpClient(server.url()).withToken(token)) {
      for (String call :
          new String[] {
            "bucket_objects_list {\"bucket\":\"%s\"}",
            "bucket_object_text {\"s3_uri\":\"s3://%s/a\"}",
            "bucket_object_link {\"s3_uri\":\"s3://%s/a\"}",
            "packages_list {\"registry\":\"%s\"}"
          }) {
        String[] parts = call.formatted(bucket).split(" ", 2);
        JsonNode refused = client.call(parts[0], parts[1]);
        assertThat(refused.path("code").stringValue()).as(call).isEqualTo("no_credentials");
      }
    }
  }
}
