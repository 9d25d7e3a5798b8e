package com.quiltdata.mcp.tools.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.FailingObjectStore;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.local.LocalObjectStore;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class BucketListToolTest {
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final ToolBench bench = new ToolBench(store);

  private static List<String> names(Answer answer) {
    return answer.get("buckets").valueStream().map(b -> b.get("name").stringValue()).toList();
  }

  @Test
  void describesEveryBucket() {
    store.addBucket("beta");
    store.addBucket("alpha");
    Answer answer = bench.local("bucket_list").succeeds();
    assertThat(names(answer)).containsExactly("alpha", "beta");
    assertThat(answer.get("count").intValue()).isEqualTo(2);
    JsonNode first = answer.get("buckets").get(0);
    assertThat(first.propertyNames())
        .containsExactly(
            "name", "title", "description", "iconUrl", "relevanceScore", "browsable", "tags");
  }

  @Test
  void showsOnlyBucketsThatTheTokenCovers() {
    store.addBucket("team");
    store.addBucket("team-private");
    assertThat(names(bench.call(Callers.bearer("team"), "bucket_list"))).containsExactly("team");
    assertThat(names(bench.call(Callers.bearer("te*"), "bucket_list"))).isEmpty();
    assertThat(names(bench.call(Callers.bearer("*"), "bucket_list"))).hasSize(2);
  }

  @Test
  void saysSoWhenThereIsNoRoomForAll() {
    for (int i = 0; i < 6_000; i++) {
      store.addBucket("bucket-with-a-long-name-%05d-%s".formatted(i, "x".repeat(30)));
    }
    Answer answer = bench.local("bucket_list").succeeds();
    assertThat(answer.get("truncated").booleanValue()).isTrue();
    assertThat(answer.get("count").intValue()).isBetween(3_000, 5_999);
    assertThat(answer.text("hint")).contains("more buckets");
  }

  @Test
  void saysWhatFailed(@TempDir Path folder) {
    ToolBench broken =
        new ToolBench(
            new FailingObjectStore(new Fault(FaultCode.UPSTREAM_UNAVAILABLE, "the store is away")));
    broken
        .local("bucket_list")
        .fails("upstream_unavailable", "Failed to list buckets: the store is away");
    ToolBench none = new ToolBench(new LocalObjectStore(folder.resolve("none")));
    assertThat(none.local("bucket_list").text("error")).startsWith("Failed to list buckets: ");
  }
}
