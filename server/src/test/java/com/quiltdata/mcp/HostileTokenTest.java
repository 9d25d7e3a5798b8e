package com.quiltdata.mcp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.McpClient.Answer;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Signatures, secrets, bucket names and bucket claims that others made, at the real program.
@Timeout(120)
final class HostileTokenTest {
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);
  private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
  private static final Set<String> DENIALS =
      Set.of("forbidden_bucket", "invalid_bucket", "invalid_s3_uri", "invalid_argument");

  @TempDir private static Path folder;
  private static HostileServer server;

  @BeforeAll
  static void start() {
    SharedData.path("fixtures/security/jws");
    server = new HostileServer(folder, true);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.requireCleanLog();
      server.close();
    }
  }

  private static McpClient bearing(String buckets) {
    return server.client().withToken(HostileServer.token(JSON.read(buckets)));
  }

  private static void isRefused(String token) {
    try (McpClient client = server.client().withToken(token)) {
      Answer answer = client.request("tools/list", StrictJson.NODES.objectNode());
      assertThat(answer.status()).isEqualTo(401);
      assertThat(answer.json().path("error").asString()).isEqualTo("invalid_token");
      assertThat(answer.time()).isLessThan(Duration.ofSeconds(1));
    }
  }

  @Test
  void tokenOfTheTestIsGoodSoThatTheOthersAreRefusedForWhatTheyAre() {
    try (McpClient client = bearing("[\"team-data\"]")) {
      assertThat(client.request("tools/list", StrictJson.NODES.objectNode()).status())
          .isEqualTo(200);
    }
  }

  @Test
  void signaturesOfOtherKeysAreRefused() {
    for (String file : new String[] {"jws/hs256-compact.json", "jws/hmac-key-size.json"}) {
      HostileServer.cases(file).stream()
          .filter(given -> given.path("jws").isString())
          .map(given -> given.path("jws").stringValue().strip())
          .filter(jws -> !jws.isEmpty() && jws.chars().allMatch(c -> c > ' ' && c < 0x7f))
          .forEach(HostileTokenTest::isRefused);
    }
  }

  @Test
  void tagsOfOtherMessagesAreRefused() {
    String good = HostileServer.token(JSON.read("[\"team-data\"]"));
    String signed = good.substring(0, good.lastIndexOf('.') + 1);
    for (JsonNode given : HostileServer.cases("hmac/hmac-sha256.json")) {
      byte[] tag = HexFormat.of().parseHex(given.path("tag").stringValue());
      isRefused(signed + BASE64.encodeToString(tag));
      // Shortening a good tag is no way in either.
      byte[] own = Base64.getUrlDecoder().decode(good.substring(signed.length()));
      if (tag.length < own.length) {
        isRefused(signed + BASE64.encodeToString(Arrays.copyOf(own, tag.length)));
      }
    }
  }

  @Test
  void tokensOfKnownSecretsAreRefused() {
    HostileServer.strings("secrets/weak-hmac-secrets.json").stream()
        .filter(secret -> !secret.isEmpty())
        .map(secret -> HostileServer.token(secret.getBytes(UTF_8), JSON.read("[\"*\"]")))
        .forEach(HostileTokenTest::isRefused);
  }

  @Test
  void bucketNamesFollowTheRulesOfS3() {
    try (McpClient client = bearing("[\"*\"]")) {
      for (JsonNode given : HostileServer.cases("s3/bucket-names.json")) {
        ObjectNode arguments =
            StrictJson.NODES.objectNode().put("bucket", given.path("bucket").stringValue());
        JsonNode result = client.call("bucket_objects_list", arguments);
        String code = result.path("code").asString("");
        assertThat(result.path("success").booleanValue()).as("%s", given).isFalse();
        if (given.path("valid").asInt() == 1) {
          assertThat(code).as("%s", given).isEqualTo("not_found");
        } else {
          assertThat(DENIALS).as("%s", given).contains(code);
        }
      }
    }
  }

  @Test
  void claimsCoverTheBucketsThatTheyNameAndNoOthers() {
    for (JsonNode given : HostileServer.cases("s3/bucket-scope.json")) {
      try (McpClient client =
          server.client().withToken(HostileServer.token(given.path("granted")))) {
        String asked = given.path("asked").stringValue();
        JsonNode list =
            client.call("bucket_objects_list", StrictJson.NODES.objectNode().put("bucket", asked));
        JsonNode packages =
            client.call("packages_list", StrictJson.NODES.objectNode().put("registry", asked));
        for (JsonNode result : new JsonNode[] {list, packages}) {
          boolean isAllowed = given.path("expect").asString().equals("allow");
          assertThat(result.path("success").booleanValue())
              .as("%s %s", given, result)
              .isEqualTo(isAllowed);
          if (!isAllowed) {
            assertThat(DENIALS).as("%s %s", given, result).contains(result.path("code").asString());
          }
        }
      }
    }
  }
}
