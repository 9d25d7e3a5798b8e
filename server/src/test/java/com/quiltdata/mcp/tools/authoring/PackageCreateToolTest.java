package com.quiltdata.mcp.tools.authoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.manifest.ManifestHeader;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import com.quiltdata.mcp.tools.authoring.AuthoringBench.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

final class PackageCreateToolTest {
  private final AuthoringBench bench = AuthoringBench.plain();

  private Answer create(List<String> uris, Object... more) {
    List<Object> arguments =
        new ArrayList<>(List.of("package_name", "lab/data", "registry", "s3://team"));
    arguments.addAll(List.of("s3_uris", uris));
    arguments.addAll(List.of(more));
    return bench.tools.local("package_create", arguments.toArray());
  }

  private static List<String> warnings(Answer answer) {
    return answer.get("warnings").valueStream().map(JsonNode::stringValue).toList();
  }

  @ParameterizedTest
  @EnumSource
  void makesAPackage(Kind kind, @TempDir Path root) {
    AuthoringBench some = AuthoringBench.of(kind, root);
    some.add("s3://team/in/a b%?#.txt", "one");
    some.add("s3://source/deep/é.csv", "two!");
    Answer answer =
        some.tools
            .local(
                "create_package_enhanced",
                "package_name",
                "lab/data",
                "registry",
                "s3://team",
                "s3_uris",
                List.of("s3://team/in/a b%?#.txt", "s3://source/deep/é.csv"),
                "metadata",
                ToolBench.json("{'n': 1.0}"),
                "message",
                "First")
            .succeeds();
    assertThat(answer.names())
        .containsExactly(
            "success",
            "package_name",
            "registry",
            "top_hash",
            "message",
            "files_added",
            "total_size",
            "package_url",
            "warnings",
            "auth_type",
            "files");
    assertThat(answer.text("registry")).isEqualTo("s3://team");
    assertThat(answer.get("files_added").intValue()).isEqualTo(2);
    assertThat(answer.get("total_size").intValue()).isEqualTo(7);
    assertThat(answer.text("package_url"))
        .isEqualTo("https://catalog.example.com/b/team/packages/lab/data");
    assertThat(some.latest("lab/data").orElseThrow().value()).isEqualTo(answer.text("top_hash"));
    assertThat(some.files("lab/data")).isEqualTo(Map.of("a b%?#.txt", "one", "é.csv", "two!"));
    JsonNode file = answer.get("files").get(0);
    assertThat(file.get("logical_key").stringValue()).isEqualTo("a b%?#.txt");
    assertThat(file.get("change").stringValue()).isEqualTo("added");
    assertThat(file.get("size").intValue()).isEqualTo(3);
    assertThat(file.get("s3_uri").stringValue()).startsWith("s3://team/");
    ManifestHeader header =
        some.registry().header(some.registry().latest(new PackageName("lab/data")));
    assertThat(header.message()).contains("First");
    assertThat(header.userMeta().orElseThrow()).hasToString("{\"n\":1.0}");
  }

  @Test
  void keepsPathsWhenNotFlat() {
    bench.add("s3://team/x/y/a.txt", "one");
    create(List.of("s3://team/x/y/a.txt"), "flatten", false).succeeds();
    assertThat(bench.files("lab/data")).isEqualTo(Map.of("x/y/a.txt", "one"));
  }

  @Test
  void numbersNamesThatCollideAndSaysSo() {
    bench.add("s3://team/x/a.txt", "1");
    bench.add("s3://team/y/a.txt", "2");
    bench.add("s3://team/z/a.txt", "3");
    bench.add("s3://team/z/a_2.txt", "4");
    Answer answer =
        create(
                List.of(
                    "s3://team/x/a.txt",
                    "s3://team/z/a_2.txt",
                    "s3://team/y/a.txt",
                    "s3://team/y/a.txt",
                    "s3://team/z/a.txt"))
            .succeeds();
    assertThat(bench.files("lab/data"))
        .isEqualTo(Map.of("a.txt", "1", "a_2.txt", "4", "a_3.txt", "2", "a_4.txt", "3"));
    assertThat(warnings(answer))
        .contains(
            "Two objects would be 'a.txt': 's3://team/y/a.txt' became 'a_3.txt'",
            "'s3://team/y/a.txt' was given twice");
  }

  @Test
  void writesNothingInADryRun() {
    bench.add("s3://team/a.txt", "one");
    Answer answer = create(List.of("s3://team/a.txt"), "dry_run", true).succeeds();
    assertThat(answer.get("dry_run").booleanValue()).isTrue();
    assertThat(answer.get("files_added").intValue()).isEqualTo(1);
    assertThat(answer.get("total_size").intValue()).isEqualTo(3);
    assertThat(bench.latest("lab/data")).isEmpty();
  }

  @Test
  void refusesAPackageThatExistsUnlessForced() {
    String first = bench.createOne().text("top_hash");
    Answer answer = create(List.of("s3://team/in/a.txt"));
    assertThat(answer.text("code")).isEqualTo("conflict");
    assertThat(answer.text("error")).contains("already exists");
    assertThat(answer.get("possible_fixes")).hasSize(2);
    assertThat(answer.text("package_name")).isEqualTo("lab/data");
    String second =
        create(List.of("s3://team/in/a.txt"), "force", true).succeeds().text("top_hash");
    assertThat(second).isNotEqualTo(first);
    assertThat(bench.registry().revisions(new PackageName("lab/data"))).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({"all, true", "same_bucket, true", "none, false"})
  void understandsTheOlderWordsForCopying(String word, boolean copies) {
    bench.add("s3://team/in/a.txt", "one");
    Answer answer = create(List.of("s3://team/in/a.txt"), "copy_mode", word).succeeds();
    String place = answer.get("files").get(0).get("s3_uri").stringValue();
    assertThat(place.equals("s3://team/in/a.txt")).isEqualTo(!copies);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "s3://team/none.txt|not_found",
        "s3://team|invalid_s3_uri",
        "team/a.txt|invalid_s3_uri",
        "s3://team/folder/|invalid_logical_key",
        "s3://Team/a|invalid_s3_uri",
      })
  void refusesWhatCannotBeAFile(String uri, String code) {
    bench.add("s3://team/a.txt", "one");
    assertThat(create(List.of("s3://team/a.txt", uri)).text("code")).isEqualTo(code);
    assertThat(bench.latest("lab/data")).isEmpty();
  }

  @Test
  void refusesArgumentsThatCannotBeRead() {
    create(List.of())
        .fails(
            "invalid_argument",
            "No S3 URIs provided: argument 's3_uris' must hold 1 to 10000 of them");
    bench
        .tools
        .local("package_create", "package_name", "lab/data", "registry", "team")
        .fails(
            "invalid_argument",
            "S3_uris parameter is required for package_create. Specify the objects (e.g., s3_uris='['s3://my-bucket/data/file.csv']')");
    create(List.of("s3://team/a.txt"), "metadata", "x")
        .fails("invalid_argument", "Argument 'metadata' must be an object");
    create(List.of("s3://team/a.txt"), "copy_mode", "some")
        .fails("invalid_argument", "Argument 'copy' must be true or false");
    assertThat(bench.tools.storageCalls()).isEmpty();
  }

  @Test
  void readsOnlyBucketsOfTheToken() {
    bench.add("s3://source/a.txt", "secret");
    bench
        .tools
        .call(
            Callers.bearer("team"),
            "package_create",
            "package_name",
            "lab/data",
            "registry",
            "team",
            "s3_uris",
            List.of("s3://team/x", "s3://source/a.txt"))
        .fails("forbidden_bucket", "Access denied to bucket source");
    assertThat(bench.tools.storageCalls()).isEmpty();
  }

  @Test
  void holdsThePackageToTheWorkflowsOfTheRegistry() {
    bench.add("s3://team/a.txt", "one");
    create(List.of("s3://team/a.txt"), "workflow", "x")
        .fails(
            "invalid_argument",
            "Workflow 'x' was named, but registry s3://team has no workflows config (.quilt/workflows/config.yml); leave the workflow out");
    bench.add(
        "s3://team/.quilt/workflows/config.yml",
        """
        version: "1"
        default_workflow: strict
        workflows: {strict: {name: Strict, handle_pattern: ^prod/}, free: {name: Free}}
        """);
    create(List.of("s3://team/a.txt"))
        .fails("invalid_argument", "Package name doesn't match required pattern.");
    assertThat(bench.latest("lab/data")).isEmpty();
    create(List.of("s3://team/a.txt"), "workflow", "free").succeeds();
    assertThat(
            bench
                .registry()
                .header(bench.latest("lab/data").orElseThrow())
                .workflow()
                .orElseThrow()
                .path("id")
                .stringValue())
        .isEqualTo("free");
  }
}
