package com.quiltdata.mcp.tools.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.local.LocalObjectStore;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BucketObjectLinkToolTest {
  private static final Caller TEAM = Callers.bearer("team");

  private final InMemoryObjectStore store = ToolBench.store();
  private final ToolBench bench = new ToolBench(store);

  @Test
  void makesALink() {
    store.addBucket("team");
    store.add("team", "a b", "x");
    Answer answer =
        bench
            .call(TEAM, "bucket_object_link", "s3_uri", "s3://team/a b", "expiration", 60)
            .succeeds();
    assertThat(answer.names())
        .containsExactly(
            "success",
            "bucket",
            "key",
            "s3_uri",
            "signed_url",
            "expiration_seconds",
            "expires_at",
            "auth_type");
    assertThat(answer.text("signed_url")).startsWith("https://team.");
    assertThat(answer.get("expiration_seconds").intValue()).isEqualTo(60);
    assertThat(answer.text("expires_at")).isEqualTo("2026-01-02T03:05:05Z");
  }

  @Test
  void linksToNothingThatIsNotThere() {
    store.addBucket("team");
    Answer answer = bench.local("bucket_object_link", "s3_uri", "s3://team/none");
    answer.fails(
        "not_found", "Object not found: s3://team/none. bucket_objects_list shows what is there.");
    assertThat(answer.text("key")).isEqualTo("none");
  }

  @Test
  void showsFilesOfTheHostToItsOwnUserOnly(@TempDir Path root) throws IOException {
    Files.createDirectory(root.resolve("team"));
    Files.writeString(root.resolve("team/a.txt"), "x");
    ToolBench local = new ToolBench(new LocalObjectStore(root));
    Answer own = local.local("bucket_object_link", "s3_uri", "s3://team/a.txt").succeeds();
    assertThat(own.text("signed_url")).startsWith("file:///");
    assertThat(own.get("expires_at").isNull()).isTrue();
    Answer foreign = local.call(TEAM, "bucket_object_link", "s3_uri", "s3://team/a.txt");
    assertThat(foreign.text("code")).isEqualTo("unsupported_scheme");
    assertThat(foreign.fields().toString()).doesNotContain(root.getFileName().toString());
  }
}
