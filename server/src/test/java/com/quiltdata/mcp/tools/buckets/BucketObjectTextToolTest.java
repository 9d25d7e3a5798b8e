package com.quiltdata.mcp.tools.buckets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BucketObjectTextToolTest {
  private static final String URI = "s3://team/k.txt";

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final ToolBench bench = new ToolBench(store);

  @BeforeEach
  void addBucket() {
    store.addBucket("team");
  }

  @Test
  void readsText() {
    store.add("team", "k.txt", "Zoë\u200b");
    Answer answer = bench.local("bucket_object_text", "s3_uri", URI).succeeds();
    assertThat(answer.names())
        .containsExactly(
            "success",
            "bucket",
            "key",
            "s3_uri",
            "text",
            "encoding",
            "bytes_read",
            "truncated",
            "auth_type");
    assertThat(answer.text("s3_uri")).isEqualTo(URI);
    assertThat(answer.text("text")).isEqualTo("Zoë\u200b");
    assertThat(answer.text("encoding")).isEqualTo("utf-8");
    assertThat(answer.get("bytes_read").intValue()).isEqualTo(7);
    assertThat(answer.get("truncated").booleanValue()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 6, 7, 100})
  void cutsBetweenCharactersAndGoesOnThere(int maxBytes) {
    String text = "aé日😀".repeat(50);
    store.add("team", "k.txt", text);
    StringBuilder all = new StringBuilder();
    int offset = 0;
    while (offset < text.getBytes(UTF_8).length) {
      Answer part =
          bench
              .local("bucket_object_text", "s3_uri", URI, "max_bytes", maxBytes, "offset", offset)
              .succeeds();
      all.append(part.text("text"));
      assertThat(part.get("bytes_read").intValue()).isBetween(1, maxBytes);
      offset += part.get("bytes_read").intValue();
      if (part.get("truncated").booleanValue()) {
        assertThat(part.get("next_offset").intValue()).isEqualTo(offset);
      }
    }
    assertThat(all).hasToString(text);
  }

  @Test
  void saysSoWhenNotOneCharacterFits() {
    store.add("team", "k.txt", "日本");
    Answer answer = bench.local("bucket_object_text", "s3_uri", URI, "max_bytes", 2).succeeds();
    assertThat(answer.text("text")).isEmpty();
    assertThat(answer.text("hint")).contains("larger");
  }

  @Test
  void replacesWhatIsNoText() {
    store.add("team", "k.txt", new byte[] {'a', (byte) 0xff, 'b', (byte) 0xe6});
    assertThat(bench.local("bucket_object_text", "s3_uri", URI).text("text"))
        .isEqualTo("a\ufffdb\ufffd");
  }

  @Test
  void readsOtherEncodings() {
    store.add("team", "k.txt", "é日".getBytes(StandardCharsets.UTF_16LE));
    assertThat(
            bench.local("bucket_object_text", "s3_uri", URI, "encoding", "utf-16le").text("text"))
        .isEqualTo("é日");
    store.add("team", "k.txt", "é".getBytes(StandardCharsets.ISO_8859_1));
    assertThat(bench.local("bucket_object_text", "s3_uri", URI, "encoding", "latin1").text("text"))
        .isEqualTo("é");
  }

  @ParameterizedTest
  @ValueSource(strings = {"klingon", "", "utf 8", "\u202e"})
  void refusesUnknownEncodings(String encoding) {
    store.add("team", "k.txt", "x");
    Answer answer = bench.local("bucket_object_text", "s3_uri", URI, "encoding", encoding);
    assertThat(answer.text("error")).startsWith("Decode failed: ");
    assertThat(answer.text("code")).isEqualTo("invalid_argument");
    assertThat(bench.storageCalls()).isEmpty();
  }

  @Test
  void givesNothingBehindTheEnd() {
    store.add("team", "k.txt", "abc");
    Answer answer = bench.local("bucket_object_text", "s3_uri", URI, "offset", 99).succeeds();
    assertThat(answer.text("text")).isEmpty();
    assertThat(answer.get("truncated").booleanValue()).isFalse();
  }

  @Test
  void namesBucketAndKeyWhenItFails() {
    Answer answer = bench.local("bucket_object_text", "s3_uri", URI);
    answer.fails(
        "not_found", "Object not found: s3://team/k.txt. bucket_objects_list shows what is there.");
    assertThat(answer.text("bucket")).isEqualTo("team");
    assertThat(answer.text("key")).isEqualTo("k.txt");
  }
}
