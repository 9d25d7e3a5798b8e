package com.quiltdata.mcp.tools.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import com.quiltdata.mcp.tools.authoring.AuthoringBench.Kind;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

final class PackageUpdateToolTest {
  private static final PackageName NAME = new PackageName("lab/data");

  private final AuthoringBench bench = AuthoringBench.plain();

  private static Answer update(AuthoringBench bench, Object... more) {
    return bench.onOne("package_update", more);
  }

  private static List<String> warnings(Answer answer) {
    return answer.get("warnings").valueStream().map(JsonNode::stringValue).toList();
  }

  @ParameterizedTest
  @EnumSource
  void addsReplacesRemovesAndMerges(Kind kind, @TempDir Path root) {
    AuthoringBench some = AuthoringBench.of(kind, root);
    String first = some.createOne().text("top_hash");
    some.add("s3://source/new/a.txt", "changed");
    some.add("s3://source/new/b.txt", "more");
    Answer answer =
        update(
                some,
                "s3_uris",
                List.of("s3://source/new/a.txt", "s3://source/new/b.txt"),
                "metadata",
                ToolBench.json("{'b': null, 'd': [1]}"))
            .succeeds();
    assertThat(answer.names())
        .containsExactly(
            "success",
            "status",
            "action",
            "package_name",
            "registry",
            "top_hash",
            "files_added",
            "package_url",
            "message",
            "warnings",
            "auth_type",
            "files");
    assertThat(answer.text("action")).isEqualTo("updated");
    assertThat(answer.text("message")).isEqualTo("Added objects via package_update tool");
    assertThat(answer.get("files_added").intValue()).isEqualTo(2);
    assertThat(some.files("lab/data")).isEqualTo(Map.of("a.txt", "changed", "b.txt", "more"));
    assertThat(some.registry().header(some.registry().latest(NAME)).userMeta().orElseThrow())
        .hasToString("{\"a\":1,\"b\":null,\"d\":[1]}");
    assertThat(warnings(answer))
        .contains(
            "'a.txt' was replaced; revision %s still has it".formatted(first.substring(0, 10)));
    Answer removed = update(some, "remove", List.of("b.txt")).succeeds();
    assertThat(some.files("lab/data")).isEqualTo(Map.of("a.txt", "changed"));
    assertThat(removed.get("files").get(0).get("change").stringValue()).isEqualTo("removed");
    assertThat(removed.get("files_added").intValue()).isZero();
  }

  @Test
  void keepsOlderRevisionsReadable() {
    String first = bench.createOne().text("top_hash");
    bench.add("s3://source/a.txt", "changed");
    update(bench, "s3_uris", List.of("s3://source/a.txt"), "copy", true).succeeds();
    bench.onOne("package_rollback", "top_hash", first).succeeds();
    assertThat(bench.files("lab/data")).isEqualTo(Map.of("a.txt", "one"));
  }

  @Test
  void givesNoNumberThatAFileOfThePackageHas() {
    bench.createOne();
    bench.add("s3://team/in/b_2.txt", "kept");
    update(bench, "s3_uris", List.of("s3://team/in/b_2.txt")).succeeds();
    bench.add("s3://team/x/b.txt", "x");
    bench.add("s3://team/y/b.txt", "y");
    update(bench, "s3_uris", List.of("s3://team/x/b.txt", "s3://team/y/b.txt")).succeeds();
    assertThat(bench.files("lab/data"))
        .isEqualTo(Map.of("a.txt", "one", "b.txt", "x", "b_2.txt", "kept", "b_3.txt", "y"));
  }

  @Test
  void saysThatNothingChanged() {
    bench.createOne();
    Answer first = update(bench, "s3_uris", List.of("s3://team/in/a.txt")).succeeds();
    Answer second = update(bench, "s3_uris", List.of("s3://team/in/a.txt")).succeeds();
    assertThat(second.text("top_hash")).isEqualTo(first.text("top_hash"));
    assertThat(warnings(second))
        .contains("Nothing was written: the latest revision is this very one already");
  }

  @Test
  void writesNothingInADryRun() {
    String first = bench.createOne().text("top_hash");
    Answer answer = update(bench, "remove", List.of("a.txt"), "dry_run", true).succeeds();
    assertThat(answer.text("action")).isEqualTo("preview");
    assertThat(bench.latest("lab/data").orElseThrow().value()).isEqualTo(first);
  }

  @Test
  void saysWhatIsWrong() {
    update(bench, "remove", List.of("a.txt"))
        .fails("not_found", "Package lab/data does not exist in registry s3://team");
    bench.createOne();
    update(bench)
        .fails(
            "invalid_argument",
            "No S3 URIs provided: give s3_uris to add or remove to take out; package_update_metadata changes metadata alone");
    assertThat(update(bench, "remove", List.of("none.txt")).text("code")).isEqualTo("not_found");
    update(bench, "remove", List.of("a.txt"), "s3_uris", List.of("s3://team/in/a.txt"))
        .fails(
            "invalid_argument",
            "'a.txt' is both to be added and to be removed, or to be removed twice");
    assertThat(update(bench, "remove", List.of("a//b")).text("code"))
        .isEqualTo("invalid_logical_key");
  }

  @Test
  void copiesNoBytesOfABucketThatTheTokenDoesNotCover() {
    // Somebody who may read both buckets made a package that refers to the other one.
    bench.add("s3://source/secret.txt", "secret");
    bench.add("s3://team/b.txt", "b");
    String manifest =
        """
        {"version": "v0", "message": null}
        {"logical_key": "secret.txt", "physical_keys": ["s3://source/secret.txt"], "size": 6, "hash": {"type": "SHA256", "value": "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"}, "meta": {}}
        """;
    String hash = "b".repeat(64);
    bench.add("s3://team/.quilt/packages/" + hash, manifest);
    bench.add("s3://team/.quilt/named_packages/lab/data/latest", hash);
    bench
        .tools
        .call(
            Callers.bearer("team"),
            "package_update",
            "package_name",
            "lab/data",
            "registry",
            "team",
            "s3_uris",
            List.of("s3://team/b.txt"),
            "copy",
            true)
        .fails(
            "forbidden_bucket",
            "The bytes of 'secret.txt' are in bucket source, which this caller may not read");
    assertThat(bench.tools.storageCalls()).noneMatch(call -> call.contains("s3://source"));
  }

  @Test
  void changesMetadataAlone() {
    String first = bench.createOne().text("top_hash");
    Answer merged =
        bench.onOne("package_update_metadata", "metadata", ToolBench.json("{'b': 2}")).succeeds();
    assertThat(merged.text("previous_top_hash")).isEqualTo(first);
    assertThat(merged.get("metadata")).hasToString("{\"a\":1,\"b\":2}");
    assertThat(bench.registry().header(bench.registry().latest(NAME)).userMeta().orElseThrow())
        .hasToString("{\"a\":1,\"b\":2}");
    Answer replaced =
        bench
            .onOne(
                "package_update_metadata",
                "metadata",
                ToolBench.json("{'x': 1}"),
                "merge_with_existing",
                false)
            .succeeds();
    assertThat(bench.latest("lab/data").orElseThrow().value()).isEqualTo(replaced.text("top_hash"));
    assertThat(bench.registry().header(bench.registry().latest(NAME)).userMeta().orElseThrow())
        .hasToString("{\"x\":1}");
    assertThat(bench.files("lab/data")).isEqualTo(Map.of("a.txt", "one"));
    Answer dry =
        bench
            .onOne(
                "package_update_metadata", "metadata", ToolBench.json("{'y': 1}"), "dry_run", true)
            .succeeds();
    assertThat(dry.text("action")).isEqualTo("preview");
    assertThat(bench.latest("lab/data").orElseThrow().value()).isEqualTo(replaced.text("top_hash"));
  }
}
