package com.quiltdata.mcp.tools.packages;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.quilt.QuiltFixtures;
import com.quiltdata.mcp.quilt.QuiltFixtures.ExpectedRevision;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class PackageBrowseToolTest {
  private static final String TOOL = "package_browse";
  private static final ToolBench BENCH = new ToolBench(QuiltFixtures.store());

  static Stream<ExpectedRevision> revisions() {
    return QuiltFixtures.revisions();
  }

  static List<String> keys(Answer answer) {
    return answer
        .get("entries")
        .valueStream()
        .map(entry -> entry.get("logical_key").stringValue())
        .toList();
  }

  private static Answer browse(String registry, String name, Object... more) {
    List<Object> arguments = new ArrayList<>(List.of("registry", registry, "package_name", name));
    arguments.addAll(List.of(more));
    return BENCH.local(TOOL, arguments.toArray()).succeeds();
  }

  @ParameterizedTest
  @MethodSource("revisions")
  void readsEveryGoldenPackagePageByPage(ExpectedRevision expected) {
    List<String> keys = new ArrayList<>();
    List<Object> cursor = List.of();
    Answer page;
    do {
      List<Object> arguments =
          new ArrayList<>(List.of("top_hash", expected.hash().value(), "limit", 700));
      arguments.addAll(cursor);
      page = browse(expected.registry(), expected.name().value(), arguments.toArray());
      keys.addAll(keys(page));
      cursor =
          page.fields().has("next_cursor")
              ? List.of("cursor", page.text("next_cursor"))
              : List.of();
    } while (!cursor.isEmpty());
    assertThat(keys).hasSize(expected.json().get("entries").intValue()).doesNotHaveDuplicates();
    assertThat(page.get("total_entries").intValue()).isEqualTo(keys.size());
    assertThat(page.get("summary").get("total_size").longValue())
        .isEqualTo(expected.json().get("total_size").longValue());
    assertThat(page.text("top_hash")).isEqualTo(expected.hash().value());
  }

  @Test
  void answersWithAllDocumentedMembers() {
    Answer answer = browse("s3://fx-plain", "demo/tiny");
    assertThat(answer.names())
        .contains(
            "success",
            "package_name",
            "registry",
            "top_hash",
            "total_entries",
            "summary",
            "view_type",
            "file_tree",
            "entries",
            "count",
            "metadata");
    assertThat(answer.text("registry")).isEqualTo("s3://fx-plain");
    assertThat(answer.text("view_type")).isEqualTo("recursive");
    assertThat(answer.get("summary").propertyNames())
        .containsExactly(
            "total_size", "total_size_human", "file_types", "total_files", "total_directories");
    assertThat(answer.get("summary").get("total_size_human").stringValue()).isEqualTo("72 B");
    assertThat(answer.get("metadata").get("project").stringValue()).isEqualTo("alpha");
    JsonNode entry = answer.get("entries").get(0);
    assertThat(entry.propertyNames())
        .containsExactlyInAnyOrder(
            "logical_key",
            "physical_key",
            "s3_uri",
            "size",
            "size_human",
            "hash",
            "file_type",
            "is_directory",
            "meta",
            "download_url");
    assertThat(entry.get("s3_uri").stringValue()).isEqualTo("s3://fx-plain/demo/tiny/README.md");
    assertThat(entry.get("hash").get("type").stringValue()).isEqualTo("sha2-256-chunked");
    assertThat(entry.get("file_type").stringValue()).isEqualTo("md");
    JsonNode leaf = answer.get("file_tree").get("README.md");
    assertThat(leaf.propertyNames())
        .containsExactly("type", "size", "size_human", "file_type", "physical_key", "download_url");
    assertThat(leaf.get("download_url")).isEqualTo(entry.get("download_url"));
  }

  @Test
  void givesUrisThatOtherToolsRead() {
    Answer answer = browse("fx-versioned", "demo/odd-keys");
    assertThat(keys(answer)).hasSize(41);
    for (JsonNode entry : answer.get("entries")) {
      Answer text = BENCH.local("bucket_object_fetch", "s3_uri", entry.get("s3_uri").stringValue());
      assertThat(text.succeeds().get("bytes_read").longValue())
          .isEqualTo(entry.get("size").longValue());
    }
  }

  @Test
  void listsOneLevelWithItsFolders() {
    Answer flat = browse("local", "demo/large", "recursive", false, "include_signed_urls", false);
    assertThat(flat.text("view_type")).isEqualTo("flat");
    JsonNode folder = flat.get("entries").get(0);
    assertThat(folder.get("is_directory").booleanValue()).isTrue();
    assertThat(folder.get("file_type").stringValue()).isEqualTo("directory");
    String path = folder.get("logical_key").stringValue();
    assertThat(path).endsWith("/");
    JsonNode branch = flat.get("file_tree").get(path.substring(0, path.length() - 1));
    assertThat(branch.get("type").stringValue()).isEqualTo("directory");
    assertThat(branch.get("children").isObject()).isTrue();
    Answer inside = browse("local", "demo/large", "path", path, "top", 3);
    assertThat(keys(inside)).hasSize(3).allMatch(key -> key.startsWith(path));
    assertThat(browse("local", "demo/large", "max_depth", 1, "top", 1).get("entries").get(0))
        .isEqualTo(folder);
  }

  @Test
  void saysWhichFolderIsMissing() {
    Answer answer =
        BENCH.local(TOOL, "registry", "local", "package_name", "demo/tiny", "path", "none");
    answer.fails("not_found", "Failed to browse package 'demo/tiny'");
    assertThat(answer.text("cause")).startsWith("No folder 'none' in revision 4513d71d");
    assertThat(
            BENCH
                .local(TOOL, "registry", "local", "package_name", "demo/tiny", "path", "a/../b")
                .text("code"))
        .isEqualTo("invalid_logical_key");
  }

  @Test
  void namesThePackageAndTheCauseWhenItFails() {
    Answer none = BENCH.local(TOOL, "registry", "s3://local", "package_name", "demo/none");
    none.fails("not_found", "Failed to browse package 'demo/none'");
    assertThat(none.text("cause"))
        .isEqualTo("Package demo/none does not exist in registry s3://local");
    BENCH
        .local(TOOL, "registry", "local", "package_name", "tiny")
        .fails(
            "invalid_argument",
            "Argument 'package_name' is 'tiny' but must look like NAMESPACE/NAME");
    BENCH
        .local(TOOL, "registry", "local", "package_name", "a b/c")
        .fails("invalid_argument", "Failed to browse package 'a b/c'");
  }

  @Test
  void teachesWhoNamesNoRegistry() {
    BENCH
        .local(TOOL, "package_name", "demo/tiny")
        .fails(
            "invalid_argument",
            "Registry parameter is required for package_browse. Specify target S3 bucket"
                + " (e.g., registry='s3://my-bucket')");
  }

  @Test
  void saysWhatThereIsWhenLatestIsMissing() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    TestPackages packages = new TestPackages(store);
    String hash = packages.push("a/b", TestPackages.header(), List.of());
    packages.point("a/c", "1700000000", hash);
    ToolBench bench = new ToolBench(store);
    Answer answer = bench.local(TOOL, "registry", "team", "package_name", "a/c");
    answer.fails("not_found", "Failed to browse package 'a/c'");
    assertThat(answer.text("cause"))
        .isEqualTo(
            "Package a/c in registry s3://team has no latest revision; name another one, for"
                + " example '1700000000'");
    bench
        .local(TOOL, "registry", "team", "package_name", "a/c", "top_hash", "1700000000")
        .succeeds();
  }

  @Test
  void keepsToTheRevisionOfTheFirstPage() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    TestPackages packages = new TestPackages(store);
    String old =
        packages.push(
            "a/b",
            TestPackages.header(),
            List.of(TestPackages.entry("1"), TestPackages.entry("2")));
    ToolBench bench = new ToolBench(store);
    String cursor =
        bench
            .local(TOOL, "registry", "team", "package_name", "a/b", "limit", 1)
            .text("next_cursor");
    String newer = packages.push("a/b", TestPackages.header(), List.of(TestPackages.entry("3")));
    Answer second =
        bench.local(TOOL, "registry", "team", "package_name", "a/b", "cursor", cursor).succeeds();
    assertThat(keys(second)).containsExactly("2");
    assertThat(second.text("top_hash")).isEqualTo(old);
    assertThat(
            bench
                .local(
                    TOOL,
                    "registry",
                    "team",
                    "package_name",
                    "a/b",
                    "cursor",
                    cursor,
                    "top_hash",
                    newer)
                .text("cause"))
        .startsWith("Argument 'cursor' is not the next_cursor");
  }

  @Test
  void takesNoCursorOfAnotherQuestion() {
    String cursor = browse("local", "demo/large", "limit", 1).text("next_cursor");
    for (List<Object> more :
        List.<List<Object>>of(
            List.of("recursive", false), List.of("path", "x"), List.of("max_depth", 3))) {
      List<Object> arguments =
          new ArrayList<>(
              List.of("registry", "local", "package_name", "demo/large", "cursor", cursor));
      arguments.addAll(more);
      assertThat(BENCH.local(TOOL, arguments.toArray()).text("code")).isEqualTo("invalid_argument");
    }
    for (String broken : List.of("x", "!!!!", "AAAA", "AAAAAAAA", cursor + "AAAA==", "日")) {
      assertThat(
              BENCH
                  .local(TOOL, "registry", "local", "package_name", "demo/tiny", "cursor", broken)
                  .text("code"))
          .isEqualTo("invalid_argument");
    }
  }

  @Test
  void givesATokenNoLinksIntoForeignBuckets() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    store.addBucket("others");
    TestPackages packages = new TestPackages(store);
    packages.push(
        "a/b",
        TestPackages.header(),
        List.of(
            TestPackages.entry("d/foreign", "s3://others/x"),
            TestPackages.entry("own", "s3://team/x")));
    ToolBench bench = new ToolBench(store);
    Caller caller = Callers.bearer("team");
    Answer answer = bench.call(caller, TOOL, "registry", "team", "package_name", "a/b").succeeds();
    JsonNode foreign = answer.get("entries").get(0);
    assertThat(foreign.get("download_url").isNull()).isTrue();
    assertThat(answer.get("entries").get(1).get("download_url").stringValue())
        .startsWith("https://team.");
    assertThat(answer.fields().toString()).doesNotContain("https://others");
    assertThat(bench.storageCalls()).noneMatch(call -> call.contains("others"));
    assertThat(
            bench
                .call(caller, "bucket_object_text", "s3_uri", foreign.get("s3_uri").stringValue())
                .text("code"))
        .isEqualTo("forbidden_bucket");
  }
}
