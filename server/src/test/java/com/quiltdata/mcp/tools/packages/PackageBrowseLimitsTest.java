package com.quiltdata.mcp.tools.packages;

import static com.quiltdata.mcp.tools.packages.PackageBrowseToolTest.keys;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.sample.SampleRegistry;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.local.LocalObjectStore;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Results that would be too long, too deep or tell too much.
final class PackageBrowseLimitsTest {
  private static final String TOOL = "package_browse";

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final TestPackages packages = new TestPackages(store);
  private final ToolBench bench = new ToolBench(store);

  private Answer browse(Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("registry", "team", "package_name", "a/b"));
    arguments.addAll(List.of(more));
    return bench.local(TOOL, arguments.toArray()).succeeds();
  }

  private List<String> allKeys(int limit) {
    List<String> keys = new ArrayList<>();
    Answer page = browse("limit", limit);
    keys.addAll(keys(page));
    while (page.fields().has("next_cursor")) {
      page = browse("limit", limit, "cursor", page.text("next_cursor"));
      keys.addAll(keys(page));
    }
    return keys;
  }

  @Test
  void cutsAPageForWhichThereIsNoRoomAndGoesOnBehindIt() {
    List<ObjectNode> entries =
        IntStream.range(0, 1_000)
            .mapToObj(i -> TestPackages.entry("%04d/%s".formatted(i, "日".repeat(600))))
            .toList();
    packages.push("a/b", TestPackages.header(), entries);
    Answer first = browse("limit", 1_000);
    assertThat(first.get("truncated").booleanValue()).isTrue();
    assertThat(first.get("count").intValue()).isBetween(100, 900);
    assertThat(allKeys(1_000)).hasSize(1_000).doesNotHaveDuplicates();
  }

  @Test
  void leavesOutMetadataForWhichThereIsNoRoom() {
    ObjectNode header = TestPackages.header();
    header.putObject("user_meta").put("notes", "x".repeat(300_000));
    ObjectNode entry = TestPackages.entry("big");
    entry.withObjectProperty("meta").putObject("user_meta").put("notes", "x".repeat(70_000));
    String hash = packages.push("a/b", header, List.of(entry, TestPackages.entry("small")));
    Answer answer = browse();
    assertThat(answer.get("metadata_truncated").booleanValue()).isTrue();
    assertThat(answer.get("metadata")).isEmpty();
    assertThat(answer.text("hint")).contains("s3://team/.quilt/packages/" + hash);
    assertThat(answer.get("entries").get(0).get("meta_truncated").booleanValue()).isTrue();
    assertThat(answer.get("entries").get(1).has("meta_truncated")).isFalse();
  }

  @Test
  void getsPastAnEntryThatIsTooLargeForAnyResult() {
    // Logical keys have no limit of their own on reading.
    packages.push(
        "a/b",
        TestPackages.header(),
        List.of(
            TestPackages.entry("a", "s3://team/" + "x".repeat(600_000)), TestPackages.entry("b")));
    Answer first = browse();
    assertThat(first.get("truncated").booleanValue()).isTrue();
    JsonNode stub = first.get("entries").get(0);
    assertThat(stub.get("truncated").booleanValue()).isTrue();
    assertThat(stub.get("logical_key").stringValue()).isEqualTo("a…");
    assertThat(allKeys(10)).containsExactly("a…", "b");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 31, 32, 33, 300, 20_000})
  void showsPathsOfAnyDepth(int levels) {
    String key = "d/".repeat(levels - 1) + "file";
    packages.push("a/b", TestPackages.header(), List.of(TestPackages.entry(key)));
    Answer answer = browse();
    assertThat(keys(answer)).containsExactly(key);
    int depth = 1;
    JsonNode node = answer.get("file_tree");
    while (node.has("d")) {
      node = node.get("d").get("children");
      depth++;
    }
    assertThat(depth).isEqualTo(Math.min(levels, 32));
    assertThat(node.propertyNames()).hasSize(1);
  }

  @Test
  void cutsLongMessages() {
    packages.push("a/b", TestPackages.header().put("message", "😀".repeat(20_000)), List.of());
    assertThat(browse().text("message")).hasSize(20_001).endsWith("😀…");
  }

  @Test
  void browsesWhatNoStoreHereHolds() {
    packages.push(
        "a/b",
        TestPackages.header(),
        List.of(
            TestPackages.entry("1", "s3://nowhere/x?versionId=v"),
            TestPackages.entry("2", "s3://Old_Bucket/x"),
            TestPackages.entry("3", "file:///elsewhere/x"),
            TestPackages.entry("4", "ftp://example.com/x")));
    Answer answer = browse();
    assertThat(answer.get("entries").get(0).get("s3_uri").stringValue())
        .isEqualTo("s3://nowhere/x?versionId=v");
    for (int i = 1; i < 4; i++) {
      assertThat(answer.get("entries").get(i).get("s3_uri").isNull()).isTrue();
      assertThat(answer.get("entries").get(i).get("download_url").isNull()).isTrue();
    }
    assertThat(answer.get("entries").get(2).get("physical_key").stringValue())
        .isEqualTo("file:///elsewhere/x");
  }

  @Test
  void showsFilesOfTheHostToItsOwnUserOnly(@TempDir Path cache) {
    ToolBench local = new ToolBench(new LocalObjectStore(new SampleRegistry().materialise(cache)));
    String bucket = SampleRegistry.BUCKET.value();
    Object[] arguments = {"registry", bucket, "package_name", "demo/tiny"};
    JsonNode own = local.local(TOOL, arguments).succeeds().get("entries").get(0);
    assertThat(own.get("physical_key").stringValue()).startsWith("file:///");
    assertThat(own.get("download_url").stringValue()).startsWith("file:///");
    Answer foreign = local.call(Callers.bearer(bucket), TOOL, arguments).succeeds();
    JsonNode entry = foreign.get("entries").get(0);
    assertThat(entry.get("physical_key").stringValue()).startsWith("s3://" + bucket + "/");
    assertThat(entry.get("s3_uri")).isEqualTo(own.get("s3_uri"));
    assertThat(entry.get("download_url").isNull()).isTrue();
    assertThat(foreign.fields().toString())
        .doesNotContain(cache.toString())
        .doesNotContain("file:");
  }

  @Test
  void browsesACopyOfAnS3RegistryInAFolder(@TempDir Path root) throws Exception {
    Files.createDirectories(root.resolve("team/.quilt/packages"));
    Files.createDirectories(root.resolve("team/.quilt/named_packages/a/b"));
    String hash =
        packages.push(
            "a/b",
            TestPackages.header(),
            List.of(TestPackages.entry("1", "s3://team/x?versionId=v")));
    for (String key : List.of(".quilt/packages/" + hash, ".quilt/named_packages/a/b/latest")) {
      Files.write(root.resolve("team").resolve(key), store.bytes("s3://team/" + key));
    }
    Answer answer =
        new ToolBench(new LocalObjectStore(root))
            .local(TOOL, "registry", "team", "package_name", "a/b")
            .succeeds();
    assertThat(answer.get("entries").get(0).get("download_url").isNull()).isTrue();
  }
}
