package com.quiltdata.mcp.tools.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.local.LocalObjectStore;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class BucketObjectsListToolTest {
  private final InMemoryObjectStore store = ToolBench.store();
  private final ToolBench bench = new ToolBench(store);

  @BeforeEach
  void addBucket() {
    store.addBucket("team");
  }

  private static List<String> keys(Answer answer) {
    return answer.get("objects").valueStream().map(o -> o.get("key").stringValue()).toList();
  }

  @Test
  void describesObjects() {
    store.add("team", "a b/é.csv", "1,2");
    Answer answer = bench.local("bucket_objects_list", "bucket", "s3://team").succeeds();
    assertThat(answer.names())
        .containsExactly(
            "success",
            "bucket",
            "prefix",
            "objects",
            "count",
            "is_truncated",
            "next_continuation_token",
            "auth_type");
    assertThat(answer.text("bucket")).isEqualTo("team");
    assertThat(answer.text("auth_type")).isEqualTo("iam");
    assertThat(answer.get("is_truncated").booleanValue()).isFalse();
    assertThat(answer.text("next_continuation_token")).isEmpty();
    JsonNode object = answer.get("objects").get(0);
    assertThat(object.propertyNames())
        .containsExactly(
            "key",
            "s3_uri",
            "size",
            "last_modified",
            "etag",
            "storage_class",
            "signed_url",
            "signed_url_expiry");
    assertThat(object.get("s3_uri").stringValue()).isEqualTo("s3://team/a b/é.csv");
    assertThat(object.get("size").intValue()).isEqualTo(3);
    assertThat(Instant.parse(object.get("last_modified").stringValue())).isEqualTo(ToolBench.NOW);
    assertThat(object.get("signed_url").stringValue()).startsWith("https://team.memory.test/");
    assertThat(object.get("signed_url_expiry").intValue()).isEqualTo(3_600);
  }

  @Test
  void leavesLinksOutWhenAsked() {
    store.add("team", "a", "1");
    Answer answer =
        bench.local("bucket_objects_list", "bucket", "team", "include_signed_urls", false);
    assertThat(answer.get("objects").get(0).has("signed_url")).isFalse();
    assertThat(bench.storageCalls()).containsExactly("list s3://team/");
  }

  @Test
  void goesOnWhereThePageEnded() {
    for (int i = 0; i < 25; i++) {
      store.add("team", "k%02d".formatted(i), "x");
    }
    List<String> keys = new ArrayList<>();
    String token = "";
    do {
      Answer page =
          bench.local(
              "bucket_objects_list", "bucket", "team", "max_keys", 10, "continuation_token", token);
      keys.addAll(keys(page));
      token = page.text("next_continuation_token");
    } while (!token.isEmpty());
    assertThat(keys).hasSize(25).doesNotHaveDuplicates();
  }

  @Test
  void cutsAPageForWhichThereIsNoRoomAndGoesOnBehindIt() {
    for (int i = 0; i < 1_000; i++) {
      store.add("team", "%04d-%s".formatted(i, "ü".repeat(400)), "x");
    }
    Answer first = bench.local("bucket_objects_list", "bucket", "team", "max_keys", 1_000);
    int count = first.get("count").intValue();
    assertThat(count).isBetween(200, 999);
    assertThat(first.get("truncated").booleanValue()).isTrue();
    assertThat(first.get("is_truncated").booleanValue()).isTrue();
    Answer second =
        bench.local(
            "bucket_objects_list",
            "bucket",
            "team",
            "max_keys",
            1,
            "continuation_token",
            first.text("next_continuation_token"));
    assertThat(keys(second).getFirst()).startsWith("%04d-".formatted(count));
    assertThat(second.fields().has("truncated")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b/", "%41/", "a+b/", "q?x=", "h#", "..", "back\\", "\u202e", "日本/", "a\"b", "*"
      })
  void takesThePrefixLiterally(String prefix) {
    store.add("team", prefix + "x", "1");
    store.add("team", "other", "1");
    Answer answer = bench.local("bucket_objects_list", "bucket", "team", "prefix", prefix);
    assertThat(keys(answer)).containsExactly(prefix + "x");
    assertThat(answer.text("prefix")).isEqualTo(prefix);
  }

  @Test
  void namesBucketAndPrefixWhenItFails() {
    Answer none = bench.local("bucket_objects_list", "bucket", "s3://nowhere", "prefix", "p/");
    none.fails("not_found", "Failed to list objects: Bucket nowhere not found");
    assertThat(none.text("bucket")).isEqualTo("s3://nowhere");
    assertThat(none.text("prefix")).isEqualTo("p/");
    assertThat(bench.local("bucket_objects_list", "bucket", "No Bucket").text("code"))
        .isEqualTo("invalid_bucket");
    assertThat(
            bench
                .local("bucket_objects_list", "bucket", "team", "continuation_token", "?")
                .text("code"))
        .isEqualTo("invalid_argument");
  }

  @Test
  void teachesWhoNamesNoBucket() {
    String text =
        "Bucket parameter is required for bucket_objects_list. Specify target S3 bucket"
            + " (e.g., bucket='s3://my-bucket')";
    bench.local("bucket_objects_list").fails("invalid_argument", text);
    bench.local("bucket_objects_list", "bucket", "").fails("invalid_argument", text);
  }

  @Test
  void showsFilesOfTheHostToItsOwnUserOnly(@TempDir Path root) throws IOException {
    Files.createDirectory(root.resolve("team"));
    Files.writeString(root.resolve("team/a.txt"), "x");
    ToolBench local = new ToolBench(new LocalObjectStore(root));
    JsonNode own =
        local.local("bucket_objects_list", "bucket", "team").succeeds().get("objects").get(0);
    assertThat(own.get("signed_url").stringValue()).startsWith("file:///");
    assertThat(own.get("signed_url_expiry").isNull()).isTrue();
    Answer foreign =
        local.call(Callers.bearer("team"), "bucket_objects_list", "bucket", "team").succeeds();
    assertThat(foreign.get("objects").get(0).get("signed_url").isNull()).isTrue();
    assertThat(foreign.fields().toString()).doesNotContain(root.getFileName().toString());
    assertThat(foreign.text("auth_type")).isEqualTo("jwt");
  }
}
