package com.quiltdata.mcp.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.json.VisibleJson;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.tool.ToolLimits;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// What one call gives where an operator has set other limits.
final class ToolLimitsTest {
  private static final Caller TEAM = Callers.bearer("team");
  private static final ToolLimits NARROW =
      new ToolLimits(20_000, 100, Duration.ofSeconds(30), Duration.ofSeconds(60));

  private final InMemoryObjectStore store = ToolBench.store();
  private final ToolBench bench = new ToolBench(store, NARROW);

  @Test
  void readsNoMoreOfAnObject() {
    store.addBucket("team");
    store.add("team", "k", "x".repeat(250));
    for (String tool : new String[] {"bucket_object_text", "bucket_object_fetch"}) {
      Answer answer = bench.local(tool, "s3_uri", "s3://team/k", "max_bytes", 1_000).succeeds();
      assertThat(answer.get("bytes_read").intValue()).isEqualTo(100);
      assertThat(answer.get("truncated").booleanValue()).isTrue();
      assertThat(answer.get("next_offset").intValue()).isEqualTo(100);
    }
  }

  @Test
  void linksLiveNoLonger() {
    store.addBucket("team");
    store.add("team", "k", "x");
    Answer link =
        bench
            .call(TEAM, "bucket_object_link", "s3_uri", "s3://team/k", "expiration", 3_600)
            .succeeds();
    assertThat(link.get("expiration_seconds").intValue()).isEqualTo(60);
    Answer list =
        bench
            .call(TEAM, "bucket_objects_list", "bucket", "team", "include_signed_urls", true)
            .succeeds();
    assertThat(list.get("objects").get(0).get("signed_url_expiry").intValue()).isEqualTo(30);
  }

  @Test
  void resultsAreNoLonger() {
    store.addBucket("team");
    for (int i = 0; i < 200; i++) {
      store.add("team", "some/rather/long/key/of/an/object/number/" + i, "x");
    }
    Answer answer = bench.local("bucket_objects_list", "bucket", "team").succeeds();
    assertThat(VisibleJson.bytes(answer.fields())).isBetween(10_000L, 20_000L);
    assertThat(answer.get("truncated").booleanValue()).isTrue();
    assertThat(answer.text("next_continuation_token")).isNotEmpty();
  }
}
