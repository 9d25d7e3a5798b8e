package com.quiltdata.mcp.tools.authoring;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.input.InputRequest;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import com.quiltdata.mcp.tools.authoring.AuthoringBench.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class PackageCreateFromS3ToolTest {
  private static final String TOOL = "package_create_from_s3";

  private final AuthoringBench bench = AuthoringBench.plain();

  @BeforeEach
  void addObjects() {
    fill(bench);
  }

  private static void fill(AuthoringBench bench) {
    bench.add("s3://source/study/a.csv", "x,y");
    bench.add("s3://source/study/deep/a.csv", "1,2");
    bench.add("s3://source/study/data/processed/b%?.csv", "in its place");
    bench.add("s3://source/study/notes.md", "# Notes");
    bench.add("s3://source/study/run.log", "log");
    bench.add("s3://source/other.bin", "other");
    bench.add("s3://source/.quilt/packages/" + "0".repeat(64), "no file of a package");
  }

  private static Object[] arguments(Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of(
                "source_bucket",
                "source",
                "package_name",
                "lab/study",
                "target_registry",
                "s3://team"));
    arguments.addAll(List.of(more));
    return arguments.toArray();
  }

  private Answer create(Object... more) {
    return bench.tools.local(TOOL, arguments(more));
  }

  @ParameterizedTest
  @EnumSource
  void makesAPackageOfFoldersWithAReadme(Kind kind, @TempDir Path root) {
    AuthoringBench some = AuthoringBench.of(kind, root);
    fill(some);
    Answer answer =
        some.tools
            .local(
                TOOL,
                arguments(
                    "source_prefix",
                    "study/",
                    "description",
                    "A study",
                    "metadata",
                    ToolBench.json("{'version': '2'}")))
            .succeeds();
    assertThat(some.files("lab/study").keySet())
        .containsExactly(
            "README.md",
            "data/processed/a.csv",
            "data/processed/b%?.csv",
            "data/processed/deep/a.csv",
            "data/raw/run.log",
            "docs/notes.md",
            "quilt_summarize.json");
    assertThat(some.files("lab/study"))
        .containsEntry("data/processed/deep/a.csv", "1,2")
        .containsEntry("README.md", answer.text("readme_preview"));
    assertThat(some.files("lab/study").get("README.md"))
        .startsWith("# lab/study\n\nA study\n\n5 files, 28 B, from `s3://source/study/`.\n")
        .contains("| `data/processed` | 2 | 15 B |");
    JsonNode rows = ToolBench.json(some.files("lab/study").get("quilt_summarize.json"));
    assertThat(rows.valueStream().map(row -> row.get("path").stringValue()))
        .containsExactly(
            "README.md",
            "data/processed/a.csv",
            "data/processed/b%?.csv",
            "data/processed/deep/a.csv",
            "docs/notes.md");
    assertThat(answer.get("summary_files").get("quilt_summarize.json")).isEqualTo(rows);
    assertThat(answer.text("action")).isEqualTo("created");
    assertThat(answer.text("package_hash"))
        .isEqualTo(some.latest("lab/study").orElseThrow().value());
    assertThat(answer.text("created_at")).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(answer.get("structure").get("files_organized").intValue()).isEqualTo(5);
    assertThat(answer.get("confirmation").get("total_files").intValue()).isEqualTo(7);
    assertThat(
            answer
                .get("confirmation")
                .get("structure_preview")
                .get("data/processed")
                .get("sample_files")
                .valueStream()
                .map(JsonNode::stringValue))
        .containsExactly("a.csv", "b%?.csv");
    assertThat(
            answer.get("metadata_info").get("file_types").valueStream().map(JsonNode::stringValue))
        .containsExactly("csv", "log", "md");
    assertThat(answer.get("metadata_preview"))
        .hasToString(
            """
            {"description":"A study","creation_date":"2026-01-02","package_type":"data",\
            "version":"2","source":"s3://source/study/"}\
            """);
    assertThat(
            some.registry()
                .header(some.registry().latest(new PackageName("lab/study")))
                .userMeta()
                .orElseThrow())
        .isEqualTo(answer.get("metadata_preview"));
  }

  @Test
  void keepsPathsWhenNotAsked() {
    create(
            "source_prefix",
            "study/",
            "auto_organize",
            false,
            "generate_readme",
            false,
            "exclude_patterns",
            List.of("*.md", "*.log"))
        .succeeds();
    assertThat(bench.files("lab/study").keySet())
        .containsExactly("a.csv", "data/processed/b%?.csv", "deep/a.csv", "quilt_summarize.json");
  }

  @Test
  void asksExclusionFirstAndForWholeKeys() {
    Answer answer =
        create(
                "include_patterns",
                List.of("study/*.csv"),
                "exclude_patterns",
                List.of("*/deep/*"),
                "dry_run",
                true)
            .succeeds();
    assertThat(answer.get("structure").get("files_organized").intValue()).isEqualTo(2);
    create("include_patterns", List.of("a.csv"))
        .fails("not_found", "No objects found matching the specified criteria");
    assertThat(create("source_prefix", "none/").get("suggested_actions")).isNotEmpty();
  }

  @Test
  void showsAllOfItInADryRunAndWritesNothing() {
    Answer answer = create("dry_run", true, "metadata_template", "ml").succeeds();
    assertThat(answer.text("action")).isEqualTo("preview");
    assertThat(answer.get("created_at").isNull()).isTrue();
    assertThat(answer.text("readme_preview")).contains("# lab/study");
    assertThat(answer.get("confirmation").get("readme_generated").booleanValue()).isTrue();
    assertThat(answer.get("warnings").get(0).stringValue())
        .startsWith("The template ml has more fields, which package_update_metadata can add: ")
        .contains("framework");
    assertThat(bench.latest("lab/study")).isEmpty();
  }

  @Test
  void keepsTheReadmeOfTheSource() {
    bench.add("s3://source/study/README.md", "Ours");
    Answer answer = create("source_prefix", "study/", "auto_organize", false).succeeds();
    assertThat(bench.files("lab/study")).containsEntry("README.md", "Ours");
    assertThat(answer.get("readme_preview").isNull()).isTrue();
    assertThat(answer.get("warnings").valueStream().map(JsonNode::stringValue))
        .contains("'README.md' of the source is kept, none was made");
  }

  @Test
  void reportsWhatNoPackageCanHold() {
    bench.add("s3://source/study/x//y.csv", "1");
    Answer answer = create("source_prefix", "study/", "dry_run", true).succeeds();
    assertThat(answer.get("warnings").valueStream().map(JsonNode::stringValue))
        .contains("'study/x//y.csv' was left out: a package has no such path");
  }

  @Test
  void inventsNoRegistry() {
    Answer answer = bench.tools.local(TOOL, "source_bucket", "source", "package_name", "lab/study");
    assertThat(answer.text("error"))
        .startsWith("Target_registry parameter is required for package_create_from_s3.");
    assertThat(answer.get("suggested_actions").valueStream().map(JsonNode::stringValue))
        .containsExactly(
            "target_registry='s3://source'",
            "target_registry='s3://team'",
            "bucket_list shows all buckets");
    Answer scoped =
        bench.tools.call(
            Callers.bearer("source"), TOOL, "source_bucket", "source", "package_name", "lab/study");
    assertThat(scoped.get("suggested_actions").valueStream().map(JsonNode::stringValue))
        .doesNotContain("target_registry='s3://team'");
  }

  @Test
  void asksTheUserAboutTheStructureWhereTheClientCan() {
    ObjectNode arguments = ToolBench.arguments(arguments("source_prefix", "study/"));
    ToolResult first = bench.tools.asking(AuthoringBench.asking(), TOOL, arguments);
    if (!(first instanceof ToolResult.Asks(InputRequired input))
        || !(input.requests().get("confirm") instanceof InputRequest.Form form)) {
      throw new AssertionError("not asked: " + first);
    }
    assertThat(form.message())
        .isEqualTo(
            "Make package lab/study in registry s3://team of 5 files (28 B): 'data/processed' (2), 'data/processed/deep' (1), 'data/raw' (1), 'docs' (1)?");
    bench
        .askedAndAnswered(TOOL, arguments, "{'action': 'decline'}")
        .fails("input_required", "No package was made. The user did not agree.");
    assertThat(bench.latest("lab/study")).isEmpty();
    bench
        .askedAndAnswered(TOOL, arguments, "{'action': 'accept', 'content': {'confirm': true}}")
        .succeeds();
    assertThat(bench.latest("lab/study")).isPresent();
    ObjectNode unasked = arguments.deepCopy().put("confirm_structure", false).put("force", true);
    bench.tools.answer(TOOL, bench.tools.asking(AuthoringBench.asking(), TOOL, unasked)).succeeds();
  }

  @Test
  void refusesAPackageThatExistsUnlessForced() {
    create().succeeds();
    Answer answer = create("description", "Another one");
    assertThat(answer.text("code")).isEqualTo("conflict");
    assertThat(answer.get("suggested_actions")).isNotEmpty();
    create("description", "Another one", "force", true).succeeds();
  }

  @Test
  void writesNamesOfOthersAsDataIntoTheReadme() {
    bench.add("s3://source/evil/`|\u202e\n# Heading/x.bin", "1");
    create("source_prefix", "evil/", "auto_organize", false).succeeds();
    String readme = bench.files("lab/study").get("README.md");
    assertThat(readme).contains("`'\\|\\u{202e}\\u{a}# Heading`").doesNotContain("\n# Heading");
    assertThat(readme.getBytes(UTF_8)).isNotEmpty();
  }
}
