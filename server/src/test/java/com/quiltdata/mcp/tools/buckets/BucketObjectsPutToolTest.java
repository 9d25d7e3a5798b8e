package com.quiltdata.mcp.tools.buckets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.local.LocalObjectStore;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

final class BucketObjectsPutToolTest {
  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final ToolBench bench = new ToolBench(store);

  @BeforeEach
  void addBucket() {
    store.addBucket("team");
  }

  private Answer put(String items) {
    return bench.local("bucket_objects_put", "bucket", "s3://team", "items", ToolBench.json(items));
  }

  @Test
  void writesTextsAndBytes() {
    Answer answer =
        put("""
        [{'key': 'a b/é?.txt', 'text': 'Zoë', 'content_type': 'text/plain',
          'metadata': {'Source': 'lab'}},
         {'key': 'b', 'data': 'AP8='},
         {'key': 'c', 'text': 'é', 'encoding': 'latin1'},
         {'key': 'd', 'text': ''}]
        """)
            .succeeds();
    assertThat(answer.names())
        .containsExactly(
            "success", "bucket", "requested", "uploaded", "failed", "results", "auth_type");
    assertThat(answer.get("uploaded").intValue()).isEqualTo(4);
    assertThat(answer.get("failed").intValue()).isZero();
    assertThat(store.bytes("s3://team/a b/é?.txt")).isEqualTo("Zoë".getBytes(UTF_8));
    assertThat(store.bytes("s3://team/b")).containsExactly(0, 255);
    assertThat(store.bytes("s3://team/c")).containsExactly(0xe9);
    assertThat(store.bytes("s3://team/d")).isEmpty();
    ObjectInfo info = store.find(ObjectLocation.parse("s3://team/a b/é?.txt")).orElseThrow();
    assertThat(info.contentType()).contains("text/plain");
    assertThat(info.metadata()).containsEntry("source", "lab");
    JsonNode first = answer.get("results").get(0);
    assertThat(first.get("etag").stringValue()).isEqualTo(info.etag());
    assertThat(first.get("size").intValue()).isEqualTo(4);
    assertThat(first.get("s3_uri").stringValue()).isEqualTo("s3://team/a b/é?.txt");
    assertThat(answer.get("results").get(1).get("content_type").stringValue())
        .isEqualTo("application/octet-stream");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{'text': 'x'}|Key parameter is required for an item of items. Key of the object",
        "{'key': 7, 'text': 'x'}|Argument 'key' must be a string",
        "{'key': 'k'}|Give either text or data, an empty text for an empty object",
        "{'key': 'k', 'text': 'x', 'data': ''}|Give either text or data, an empty text for an empty object",
        "{'key': 'k', 'data': 'x!'}|Argument 'data' is not base64",
        "{'key': 'k', 'text': 'x', 'encoding': 'klingon'}|There is no encoding 'klingon'; try utf-8",
        "{'key': 'k', 'text': '日', 'encoding': 'latin1'}|The text has a character that 'latin1' does not have; leave encoding out",
        "{'key': 'k', 'text': 'x', 'content_type': 'a\\nb'}|Argument 'content_type' must be a media type such as text/plain",
        "{'key': 'k', 'text': 'x', 'metadata': {'a': 1}}|Values in metadata are texts without control characters",
        "{'key': 'k', 'text': 'x', 'metadata': {'a b': 'c'}}|A name in metadata is made of letters, digits, _ and -",
        "{'key': 'k', 'text': 'x', 'metadata': {'a': 'c', 'A': 'd'}}|Two names in metadata differ in case only",
        "{'key': 'k', 'text': 'x', 'acl': 'public'}|an item of items has no argument 'acl'; it takes key, text, data, content_type, encoding, metadata",
        "{'key': '.quilt/objects/00/x', 'text': 'x'}|Objects below .quilt/objects/ are packages; write them with package_create or package_update",
        "{'key': '.quilt/named_packages/a/b/latest', 'text': 'x'}|Objects below .quilt/named_packages/ are packages; write them with package_create or package_update",
      })
  void tellsOfEachItemWhatIsWrongWithIt(String item, String error) {
    Answer answer = put("[%s, {'key': 'good', 'text': 'x'}]".formatted(item)).succeeds();
    assertThat(answer.get("requested").intValue()).isEqualTo(2);
    assertThat(answer.get("uploaded").intValue()).isEqualTo(1);
    assertThat(answer.get("failed").intValue()).isEqualTo(1);
    JsonNode bad = answer.get("results").get(0);
    assertThat(bad.get("error").stringValue()).isEqualTo(error);
    assertThat(bad.get("code").stringValue()).isEqualTo("invalid_argument");
    assertThat(bad.get("etag").isNull()).isTrue();
    assertThat(answer.get("results").get(1).has("error")).isFalse();
    assertThat(store.bytes("s3://team/good")).isEqualTo("x".getBytes(UTF_8));
  }

  @Test
  void keepsWhatIsThereWhenAsked() {
    store.add("team", "k", "old");
    ArrayNode items = (ArrayNode) ToolBench.json("[{'key': 'k', 'text': 'new'}]");
    Answer answer =
        bench.local("bucket_objects_put", "bucket", "team", "items", items, "overwrite", false);
    assertThat(answer.get("results").get(0).get("code").stringValue()).isEqualTo("conflict");
    assertThat(store.bytes("s3://team/k")).isEqualTo("old".getBytes(UTF_8));
    bench.local("bucket_objects_put", "bucket", "team", "items", items).succeeds();
    assertThat(store.bytes("s3://team/k")).isEqualTo("new".getBytes(UTF_8));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "[]|Argument 'items' must hold 1 to 1000 items",
        "{}|Argument 'items' must be a list of objects",
        "['x']|Argument 'items' must be a list of objects",
        "'x'|Argument 'items' must be a list of objects",
      })
  void refusesItemsThatAreNone(String items, String error) {
    put(items).fails("invalid_argument", error);
    assertThat(bench.storageCalls()).isEmpty();
  }

  @Test
  void saysThatTheBucketIsNotThere() {
    Answer answer =
        bench.local(
            "bucket_objects_put",
            "bucket",
            "nowhere",
            "items",
            ToolBench.json("[{'key': 'k', 'text': 'x'}]"));
    assertThat(answer.get("results").get(0).get("code").stringValue()).isEqualTo("not_found");
  }

  @Test
  void needsTheRightToWrite() {
    ArrayNode items = StrictJson.NODES.arrayNode();
    items.addObject().put("key", "k").put("text", "x");
    bench
        .call(Callers.bearer("other"), "bucket_objects_put", "bucket", "team", "items", items)
        .fails("forbidden_bucket", "Access denied to bucket team");
    assertThat(bench.storageCalls()).isEmpty();
  }

  @Test
  void writesIntoAFolder(@TempDir Path root) throws IOException {
    Files.createDirectory(root.resolve("team"));
    ToolBench folder = new ToolBench(new LocalObjectStore(root));
    folder
        .local(
            "bucket_objects_put",
            "bucket",
            "team",
            "items",
            ToolBench.json("[{'key': 'x/y.txt', 'text': 'hello'}]"))
        .succeeds();
    assertThat(root.resolve("team/x/y.txt")).hasContent("hello");
  }
}
