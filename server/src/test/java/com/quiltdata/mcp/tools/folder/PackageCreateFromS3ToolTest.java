package com.quiltdata.mcp.tools.folder;

import static com.quiltdata.mcp.tools.folder.FolderBench.TOOL;
import static com.quiltdata.mcp.tools.folder.FolderBench.arguments;
import static com.quiltdata.mcp.tools.folder.FolderBench.texts;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.checker.FolderShelf;
import com.quiltdata.mcp.checker.RegistryChecker;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.OddKeys;
import com.quiltdata.mcp.storage.PutOptions;
import com.quiltdata.mcp.storage.local.LocalObjectStore;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// What becomes of the objects below a prefix.
final class PackageCreateFromS3ToolTest {
  private final FolderBench folder = new FolderBench();
  private final InMemoryObjectStore store = folder.store;
  private final ToolBench bench = folder.tools;

  @Test
  void makesThePackageOfThePlan() {
    Answer answer =
        folder
            .call("description", "Second run", "metadata", ToolBench.json("{'plate': 7}"))
            .succeeds();
    assertThat(answer.text("action")).isEqualTo("created");
    assertThat(answer.text("package_name")).isEqualTo("team/run");
    assertThat(answer.text("registry")).isEqualTo("s3://registry");
    assertThat(answer.text("package_hash")).matches("[0-9a-f]{64}");
    assertThat(answer.text("created_at")).isEqualTo("2026-01-02T03:04:05Z");
    assertThat(answer.get("structure"))
        .hasToString(
            "{\"folders_created\":[\"data/media\",\"data/processed\",\"docs\"],\"files_organized\":4,\"readme_generated\":true}");
    assertThat(answer.get("metadata_info"))
        .hasToString(
            "{\"package_size_mb\":0.0,\"file_types\":[\"csv\",\"md\",\"png\"],\"organization_applied\":true}");
    assertThat(answer.get("warnings")).isEmpty();
    assertThat(FolderBench.files(bench, "registry", "team/run"))
        .containsExactly(
            "README.md",
            "data/media/plate.png",
            "data/processed/a.csv",
            "data/processed/b.csv",
            "docs/notes.md",
            "quilt_summarize.json");
    assertThat(folder.text("data/processed/b.csv")).isEqualTo("x,y\n3,4\n");
    assertThat(folder.text("README.md")).startsWith("# team/run\n\nSecond run\n");
    assertThat(folder.text("quilt_summarize.json"))
        .contains("\"README.md\"", "\"path\" : \"data/processed/a.csv\"");
    JsonNode metadata =
        bench
            .local("package_browse", "registry", "registry", "package_name", "team/run")
            .get("metadata");
    assertThat(metadata)
        .hasToString(
            """
            {"description":"Second run","created_by":"quilt-mcp-server",\
            "creation_date":"2026-01-02","package_type":"data","version":"1.0.0",\
            "source":{"type":"s3_bucket","bucket":"lab","prefix":"run/"},"total_files":4,\
            "total_size_bytes":26,"file_types":["csv","md","png"],"plate":7}\
            """);
  }

  @Test
  void referencesObjectsOfTheSameBucket() {
    folder.call("target_registry", "lab").succeeds();
    Answer browse = bench.local("package_browse", "registry", "lab", "package_name", "team/run");
    assertThat(browse.get("entries").valueStream().map(entry -> entry.get("s3_uri").stringValue()))
        .anyMatch(uri -> uri.startsWith("s3://lab/run/1/a.csv?versionId="));
    folder.call("target_registry", "lab", "copy", true, "package_name", "team/copy").succeeds();
    assertThat(bench.storageCalls()).anyMatch(one -> one.startsWith("copy s3://lab/run/1/a.csv"));
  }

  @Test
  void keepsPathsWhenAskedTo() {
    Answer answer = folder.call("auto_organize", false, "generate_readme", false).succeeds();
    assertThat(FolderBench.files(bench, "registry", "team/run"))
        .containsExactly("1/a.csv", "2/b.csv", "notes.md", "plate.png", "quilt_summarize.json");
    assertThat(answer.get("confirmation").get("organization_applied").booleanValue()).isFalse();
    assertThat(answer.get("structure").get("readme_generated").booleanValue()).isFalse();
    assertThat(answer.get("confirmation").get("structure_preview").propertyNames())
        .containsExactly("/", "1", "2");
  }

  @Test
  void writesNoReadmeOverThatOfTheSource() {
    store.add("lab", "run/README.md", "mine");
    store.add("lab", "run/quilt_summarize.json", "[]");
    Answer answer = folder.call("auto_organize", false).succeeds();
    assertThat(folder.text("README.md")).isEqualTo("mine");
    assertThat(folder.text("quilt_summarize.json")).isEqualTo("[]");
    assertThat(texts(answer.get("warnings")))
        .containsExactly(
            "The source has a README.md of its own, so none is written",
            "The source has a quilt_summarize.json of its own, so none is written");
    assertThat(answer.get("confirmation").get("visualization_count").intValue()).isZero();
  }

  /// That nothing is written is checked by the bench.
  @Test
  void previewsWithoutWriting() {
    Answer answer = folder.call("dry_run", true, "metadata_template", "ml").succeeds();
    assertThat(answer.text("action")).isEqualTo("preview");
    assertThat(answer.names()).doesNotContain("package_hash", "created_at");
    assertThat(answer.get("confirmation"))
        .hasToString(
            """
            {"bucket_suggested":"s3://registry","structure_preview":{\
            "data/media":{"file_count":1,"sample_files":["plate.png"]},\
            "data/processed":{"file_count":2,"sample_files":["a.csv","b.csv"]},\
            "docs":{"file_count":1,"sample_files":["notes.md"]}},\
            "total_files":4,"total_size_mb":0.0,"organization_applied":true,\
            "readme_generated":true,"summary_files_generated":true,"visualization_count":3}\
            """);
    assertThat(answer.text("readme_preview")).contains("| `data/processed/` | 2 | 16 B |");
    assertThat(answer.get("metadata_preview").get("package_type").stringValue())
        .isEqualTo("ml_dataset");
    assertThat(answer.get("summary_files").get("quilt_summarize.json").get(0).stringValue())
        .isEqualTo("README.md");
    assertThat(answer.text("message")).startsWith("Nothing was written.");
    assertThat(bench.storageCalls()).noneMatch(one -> one.startsWith("find s3://lab"));
  }

  @Test
  void showsThreeSamplesOfAFolder() {
    for (int i = 0; i < 10; i++) {
      store.add("lab", "run/more%d.csv".formatted(i), "x");
    }
    JsonNode preview = folder.call("dry_run", true).get("confirmation").get("structure_preview");
    assertThat(texts(preview.get("data/processed").get("sample_files")))
        .containsExactly("a.csv", "b.csv", "more0.csv");
    assertThat(preview.get("data/processed").get("file_count").intValue()).isEqualTo(12);
  }

  @Test
  void saysSoWhenTheVeryPackageIsThere() {
    String hash = folder.call().succeeds().text("package_hash");
    Answer again = folder.call().succeeds();
    assertThat(again.text("package_hash")).isEqualTo(hash);
    assertThat(again.text("message"))
        .isEqualTo(
            "The latest revision of team/run is this very package already; nothing was written.");
  }

  @Test
  void takesPatterns() {
    folder
        .call("include_patterns", List.of("*.csv", "*.md"), "exclude_patterns", List.of("*/2/*"))
        .succeeds();
    assertThat(FolderBench.files(bench, "registry", "team/run"))
        .containsExactly(
            "README.md", "data/processed/a.csv", "docs/notes.md", "quilt_summarize.json");
    folder
        .call("include_patterns", List.of("x".repeat(201)))
        .fails(
            "invalid_argument",
            "Argument 'include_patterns' has '%s…', but a pattern has 1 to 200 characters"
                .formatted("x".repeat(80)));
  }

  @Test
  void reportsWhatItLeavesOut() {
    store.add("lab", "run/50%.csv", "x");
    store.add("lab", "run/a#b.csv", "x");
    store.add("lab", "run/folder/", "");
    store.add("lab", "run/3/a.csv", "again");
    Answer answer = folder.call().succeeds();
    assertThat(texts(answer.get("warnings")))
        .containsExactly(
            "1 object is left out, because its key ends with a slash, as that of a folder: 'run/folder/'",
            "2 objects are left out, because its key has one of the characters \\ { } ^ % ` ] \" > [ ~ < # |: 'run/50%.csv', 'run/a#b.csv'",
            "2 files would have had the same path as another file or folder, and have another one: 'data/processed/1/a.csv', 'data/processed/3/a.csv'");
    assertThat(folder.text("README.md")).contains("3 others were left out");
  }

  /// Whatever the keys are: the package is whole, and a stranger finds nothing wrong with it.
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void packagesOddKeysOfAFolder(boolean organise, @TempDir Path folder) throws IOException {
    Files.createDirectories(folder.resolve("lab"));
    Files.createDirectories(folder.resolve("registry"));
    ObjectStore local = new LocalObjectStore(folder);
    List<String> keys = new ArrayList<>(OddKeys.random(7, 150));
    for (String key : keys) {
      local.put(
          ObjectLocation.of(
              new BucketName("lab"), "in/" + key.substring(0, Math.min(200, key.length()))),
          new ByteArrayInputStream(key.getBytes(UTF_8)),
          PutOptions.NONE);
    }
    ToolBench there = new ToolBench(local);
    Answer answer =
        there
            .call(Callers.LOCAL, TOOL, arguments("source_prefix", "in/", "auto_organize", organise))
            .succeeds();
    assertThat(answer.get("structure").get("files_organized").intValue()).isPositive();
    assertThat(FolderBench.files(there, "registry", "team/run"))
        .hasSize(answer.get("structure").get("files_organized").intValue() + 2);
    Path registry = folder.toRealPath().resolve("registry");
    assertThat(RegistryChecker.problems(new FolderShelf(registry))).isEmpty();
    assertThat(RegistryChecker.packages(new FolderShelf(registry))).containsOnlyKeys("team/run");
  }

  @Test
  void worksInABucketWithoutVersions() {
    store.addBucket("plain");
    store.add("plain", "run/a.csv", "x");
    folder.call("source_bucket", "plain", "target_registry", "plain").succeeds();
    assertThat(FolderBench.files(bench, "plain", "team/run"))
        .containsExactly("README.md", "data/processed/a.csv", "quilt_summarize.json");
  }

  @Test
  void takesTheOlderName() {
    bench.call(Callers.LOCAL, "create_package_from_s3", arguments()).succeeds();
  }
}
