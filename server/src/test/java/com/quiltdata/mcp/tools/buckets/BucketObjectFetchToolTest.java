package com.quiltdata.mcp.tools.buckets;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.util.Base64;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class BucketObjectFetchToolTest {
  private static final String URI = "s3://team/k";

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final ToolBench bench = new ToolBench(store);

  @BeforeEach
  void addBucket() {
    store.addBucket("team");
  }

  @Test
  void readsBytes() {
    byte[] bytes = {0, (byte) 0xff, 1};
    store.add("team", "k", bytes);
    Answer answer = bench.local("bucket_object_fetch", "s3_uri", URI).succeeds();
    assertThat(answer.names())
        .containsExactly(
            "success",
            "bucket",
            "key",
            "s3_uri",
            "data",
            "content_type",
            "bytes_read",
            "truncated",
            "is_base64",
            "auth_type");
    assertThat(Base64.getDecoder().decode(answer.text("data"))).isEqualTo(bytes);
    assertThat(answer.get("is_base64").booleanValue()).isTrue();
    assertThat(answer.text("content_type")).isEqualTo("application/octet-stream");
  }

  @Test
  void readsPartByPart() {
    store.add("team", "k", new byte[25]);
    Answer first = bench.local("bucket_object_fetch", "s3_uri", URI, "max_bytes", 10).succeeds();
    assertThat(first.get("truncated").booleanValue()).isTrue();
    assertThat(first.get("next_offset").intValue()).isEqualTo(10);
    Answer last =
        bench.local("bucket_object_fetch", "s3_uri", URI, "max_bytes", 10, "offset", 20).succeeds();
    assertThat(last.get("bytes_read").intValue()).isEqualTo(5);
    assertThat(last.fields().has("next_offset")).isFalse();
  }

  @Test
  void givesTextWhereTheBytesAreText() {
    store.add("team", "k", "日本日本");
    Answer whole = bench.local("bucket_object_fetch", "s3_uri", URI, "base64_encode", false);
    assertThat(whole.text("data")).isEqualTo("日本日本");
    assertThat(whole.get("is_base64").booleanValue()).isFalse();
    Answer cut =
        bench.local("bucket_object_fetch", "s3_uri", URI, "base64_encode", false, "max_bytes", 7);
    assertThat(cut.text("data")).isEqualTo("日本");
    assertThat(cut.get("next_offset").intValue()).isEqualTo(6);
  }

  @Test
  void givesBase64WhereTheyAreNot() {
    store.add("team", "k", new byte[] {'a', (byte) 0xff});
    Answer answer = bench.local("bucket_object_fetch", "s3_uri", URI, "base64_encode", false);
    assertThat(answer.get("is_base64").booleanValue()).isTrue();
    store.add("team", "k", "日");
    assertThat(
            bench
                .local("bucket_object_fetch", "s3_uri", URI, "base64_encode", false, "max_bytes", 2)
                .get("is_base64")
                .booleanValue())
        .isTrue();
    store.add("team", "k", "");
    Answer empty = bench.local("bucket_object_fetch", "s3_uri", URI, "base64_encode", false);
    assertThat(empty.get("is_base64").booleanValue()).isFalse();
  }

  @Test
  void namesBucketAndKeyWhenItFails() {
    Answer answer = bench.local("bucket_object_fetch", "s3_uri", URI);
    assertThat(answer.text("code")).isEqualTo("not_found");
    assertThat(answer.text("bucket")).isEqualTo("team");
    assertThat(answer.text("key")).isEqualTo("k");
    bench
        .local("bucket_object_fetch", "s3_uri", URI, "max_bytes", 10_485_761)
        .fails("invalid_argument", "Argument 'max_bytes' must be from 1 to 10485760");
  }
}
