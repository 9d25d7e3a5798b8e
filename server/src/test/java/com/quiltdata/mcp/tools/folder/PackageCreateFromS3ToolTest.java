package com.quiltdata.mcp.tools.folder;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.checker.FolderShelf;
import com.quiltdata.mcp.checker.RegistryChecker;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.input.ClientCapability;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.input.InputRequest;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ForwardingObjectStore;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectPage;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.OddKeys;
import com.quiltdata.mcp.storage.PutOptions;
import com.quiltdata.mcp.storage.local.LocalObjectStore;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

final class PackageCreateFromS3ToolTest {
  private static final String TOOL = "package_create_from_s3";

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final ToolBench bench = new ToolBench(store);

  @BeforeEach
  void fill() {
    store.addVersionedBucket("lab");
    store.addVersionedBucket("registry");
    store.add("lab", "run/1/a.csv", "x,y\n1,2\n");
    store.add("lab", "run/2/b.csv", "x,y\n3,4\n");
    store.add("lab", "run/plate.png", "png");
    store.add("lab", "run/notes.md", "# notes");
    store.add("lab", "other/c.csv", "no");
  }

  private static ObjectNode arguments(Object... more) {
    ObjectNode arguments =
        ToolBench.arguments(
            "source_bucket",
            "lab",
            "source_prefix",
            "run/",
            "package_name",
            "team/run",
            "target_registry",
            "s3://registry");
    arguments.setAll(ToolBench.arguments(more));
    return arguments;
  }

  private Answer call(Object... more) {
    return bench.call(Callers.LOCAL, TOOL, arguments(more));
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::stringValue).toList();
  }

  private List<String> files(ToolBench at, String registry, String name) {
    return at.local("package_browse", "registry", registry, "package_name", name, "limit", 1_000)
        .succeeds()
        .get("entries")
        .valueStream()
        .map(entry -> entry.get("logical_key").stringValue())
        .toList();
  }

  private String text(String key) {
    JsonNode entries =
        bench
            .local("package_browse", "registry", "registry", "package_name", "team/run")
            .get("entries");
    String uri =
        entries
            .valueStream()
            .filter(entry -> entry.get("logical_key").stringValue().equals(key))
            .map(entry -> entry.get("s3_uri").stringValue())
            .findFirst()
            .orElseThrow();
    return new String(store.bytes(uri), UTF_8);
  }

  @Test
  void makesThePackageOfThePlan() {
    Answer answer =
        call("description", "Second run", "metadata", ToolBench.json("{'plate': 7}")).succeeds();
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
    assertThat(files(bench, "registry", "team/run"))
        .containsExactly(
            "README.md",
            "data/media/plate.png",
            "data/processed/a.csv",
            "data/processed/b.csv",
            "docs/notes.md",
            "quilt_summarize.json");
    assertThat(text("data/processed/b.csv")).isEqualTo("x,y\n3,4\n");
    assertThat(text("README.md")).startsWith("# team/run\n\nSecond run\n");
    assertThat(text("quilt_summarize.json"))
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
    call("target_registry", "lab").succeeds();
    Answer browse = bench.local("package_browse", "registry", "lab", "package_name", "team/run");
    assertThat(browse.get("entries").valueStream().map(entry -> entry.get("s3_uri").stringValue()))
        .anyMatch(uri -> uri.startsWith("s3://lab/run/1/a.csv?versionId="));
    call("target_registry", "lab", "copy", true, "package_name", "team/copy").succeeds();
    assertThat(bench.storageCalls()).anyMatch(one -> one.startsWith("copy s3://lab/run/1/a.csv"));
  }

  @Test
  void keepsPathsWhenAskedTo() {
    Answer answer = call("auto_organize", false, "generate_readme", false).succeeds();
    assertThat(files(bench, "registry", "team/run"))
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
    Answer answer = call("auto_organize", false).succeeds();
    assertThat(text("README.md")).isEqualTo("mine");
    assertThat(text("quilt_summarize.json")).isEqualTo("[]");
    assertThat(texts(answer.get("warnings")))
        .containsExactly(
            "The source has a README.md of its own, so none is written",
            "The source has a quilt_summarize.json of its own, so none is written");
    assertThat(answer.get("confirmation").get("visualization_count").intValue()).isZero();
  }

  /// That nothing is written is checked by the bench.
  @Test
  void previewsWithoutWriting() {
    Answer answer = call("dry_run", true, "metadata_template", "ml").succeeds();
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
    JsonNode preview = call("dry_run", true).get("confirmation").get("structure_preview");
    assertThat(texts(preview.get("data/processed").get("sample_files")))
        .containsExactly("a.csv", "b.csv", "more0.csv");
    assertThat(preview.get("data/processed").get("file_count").intValue()).isEqualTo(12);
  }

  @Test
  void previewTellsWhatWouldFail() {
    call().succeeds();
    Answer answer = call("dry_run", true).succeeds();
    assertThat(texts(answer.get("warnings")).getFirst())
        .startsWith("The package exists already, with the latest revision ");
    assertThat(answer.text("message")).contains("would fail");
    assertThat(call("dry_run", true, "force", true).get("warnings")).isEmpty();
    store.add(
        "registry",
        ".quilt/workflows/config.yml",
        """
        version: "1"
        is_workflow_required: true
        default_workflow: w
        workflows:
          w:
            name: W
            handle_pattern: ^lab/
        """);
    assertThat(texts(call("dry_run", true, "force", true).get("warnings")))
        .containsExactly("Package name doesn't match required pattern.");
    call("force", true).fails("invalid_argument", "Cannot create package in target registry");
  }

  @Test
  void refusesAPackageThatExists() {
    call().succeeds();
    store.add("lab", "run/new.csv", "new");
    Answer refused = call().fails("conflict", "Cannot create package in target registry");
    assertThat(refused.text("cause")).contains("team/run");
    assertThat(texts(refused.get("suggested_actions")).getFirst()).contains("force=true");
    call("force", true).succeeds();
    assertThat(files(bench, "registry", "team/run")).contains("data/processed/new.csv");
  }

  @Test
  void saysSoWhenTheVeryPackageIsThere() {
    String hash = call().succeeds().text("package_hash");
    Answer again = call().succeeds();
    assertThat(again.text("package_hash")).isEqualTo(hash);
    assertThat(again.text("message"))
        .isEqualTo(
            "The latest revision of team/run is this very package already; nothing was written.");
  }

  @Test
  void takesPatterns() {
    call("include_patterns", List.of("*.csv", "*.md"), "exclude_patterns", List.of("*/2/*"))
        .succeeds();
    assertThat(files(bench, "registry", "team/run"))
        .containsExactly(
            "README.md", "data/processed/a.csv", "docs/notes.md", "quilt_summarize.json");
    call("include_patterns", List.of("x".repeat(201)))
        .fails(
            "invalid_argument",
            "Argument 'include_patterns' has '%s…', but a pattern has 1 to 200 characters"
                .formatted("x".repeat(80)));
  }

  @Test
  void saysThatNothingWasFound() {
    Answer none =
        call("source_prefix", "nothing/")
            .fails("not_found", "No objects found matching the specified criteria");
    assertThat(none.text("cause"))
        .isEqualTo("0 objects lie below the prefix, and the patterns fit none");
    assertThat(none.get("suggested_actions")).isNotEmpty();
    call("include_patterns", List.of("*.bam"))
        .fails("not_found", "No objects found matching the specified criteria");
    store.add("lab", "marker/", "");
    assertThat(call("source_prefix", "marker/").text("cause"))
        .startsWith("1 objects fit, but none");
  }

  @Test
  void teachesToNameARegistry() {
    ObjectNode arguments = arguments();
    arguments.remove("target_registry");
    Answer answer = bench.call(Callers.LOCAL, TOOL, arguments);
    answer.fails(
        "invalid_argument",
        "Target_registry parameter is required for package_create_from_s3. Specify the bucket that should hold the package");
    assertThat(texts(answer.get("suggested_registries")))
        .containsExactly("s3://lab", "s3://registry");
    assertThat(
            texts(bench.call(Callers.bearer("lab"), TOOL, arguments).get("suggested_registries")))
        .containsExactly("s3://lab");
  }

  @Test
  void needsRightsToBothBuckets() {
    for (Caller caller : List.of(Callers.bearer("lab"), Callers.bearer("registry"))) {
      assertThat(bench.call(caller, TOOL, arguments()).text("code")).isEqualTo("forbidden_bucket");
    }
    assertThat(
            bench
                .call(
                    Callers.bearerOf(Set.of("s3:ListBucket", "s3:GetObject"), "lab", "registry"),
                    TOOL,
                    arguments())
                .text("code"))
        .isEqualTo("forbidden_action");
    assertThat(bench.storageCalls()).isEmpty();
    bench.call(Callers.bearer("lab", "registry"), TOOL, arguments()).succeeds();
  }

  @ParameterizedTest
  @ValueSource(strings = {"FORBIDDEN_BUCKET", "NO_CREDENTIALS"})
  void saysThatTheSourceIsOutOfReach(FaultCode code) {
    ToolBench closed =
        new ToolBench(
            new ForwardingObjectStore(store) {
              @Override
              public ObjectPage list(ListRequest request) {
                throw new Fault(code, "Access denied");
              }
            });
    Answer answer =
        closed
            .call(Callers.LOCAL, TOOL, arguments())
            .fails(code.wire(), "Cannot access source bucket - insufficient permissions");
    assertThat(answer.text("cause")).isEqualTo("Access denied");
    assertThat(answer.get("suggested_actions")).isNotEmpty();
    assertThat(call("source_bucket", "nowhere").text("error"))
        .isEqualTo("Cannot access source bucket");
  }

  @Test
  void refusesMoreObjectsThanItCanHandle() {
    ToolBench endless =
        new ToolBench(
            new ForwardingObjectStore(store) {
              @Override
              public ObjectPage list(ListRequest request) {
                ObjectPage page = super.list(ListRequest.of(new BucketName("lab"), "run/1/"));
                return new ObjectPage(
                    Collections.nCopies(1_000, page.objects().getFirst()),
                    List.of(),
                    Optional.of("more"));
              }
            });
    Answer answer = endless.call(Callers.LOCAL, TOOL, arguments());
    answer.fails(
        "too_large",
        "More than 100,000 objects lie below 's3://lab/run/'; give a longer source_prefix, and make one package of each part");
    assertThat(endless.storageCalls()).hasSize(101);
  }

  /// All of them could be listed, but README and summary would be too much for one push.
  @Test
  void refusesMoreFilesThanAPushTakesInAPreviewToo() {
    ToolBench full =
        new ToolBench(
            new ForwardingObjectStore(store) {
              @Override
              public ObjectPage list(ListRequest request) {
                int page = request.token().map(Integer::parseInt).orElse(0);
                ObjectInfo one =
                    super.list(ListRequest.of(new BucketName("lab"), "run/1/"))
                        .objects()
                        .getFirst();
                List<ObjectInfo> objects = new ArrayList<>();
                for (int i = 0; i < 1_000; i++) {
                  objects.add(
                      new ObjectInfo(
                          ObjectLocation.of(
                              request.bucket(), "run/%03d/%03d.csv".formatted(page, i)),
                          1,
                          one.lastModified(),
                          one.etag(),
                          Optional.empty(),
                          one.storageClass(),
                          Map.of()));
                }
                return new ObjectPage(
                    objects,
                    List.of(),
                    Optional.of(page + 1).filter(next -> next < 100).map(next -> "" + next));
              }
            });
    Answer answer = full.call(Callers.LOCAL, TOOL, arguments("dry_run", true));
    answer.fails("too_large", "Cannot create package in target registry");
    assertThat(answer.text("cause"))
        .isEqualTo("100,000 files are more than the 99,998 that one call can package");
  }

  private static Input answering(String action, boolean yes, Optional<ObjectNode> state) {
    ObjectNode responses = StrictJson.NODES.objectNode();
    responses.putObject("confirm").put("action", action).putObject("content").put("confirm", yes);
    return new Input(Set.of(ClientCapability.FORM), responses, state);
  }

  private static final Input CAN_BE_ASKED =
      new Input(Set.of(ClientCapability.FORM), StrictJson.NODES.objectNode(), Optional.empty());

  private InputRequired asked(ToolResult result) {
    assertThat(result).isInstanceOf(ToolResult.Asks.class);
    return ((ToolResult.Asks) result).input();
  }

  @Test
  void asksTheUserWhereTheClientCan() {
    InputRequired asked = asked(bench.asking(CAN_BE_ASKED, TOOL, arguments()));
    InputRequest.Form form = (InputRequest.Form) asked.requests().get("confirm");
    assertThat(form.message().replaceFirst("[0-9a-f]{12}", "%s"))
        .isEqualTo(
            """
            Create the package team/run in s3://registry, with 4 files (26 B) of 's3://lab/run/'? Plan %s.
            - 'data/media': 1 files, for example 'plate.png'
            - 'data/processed': 2 files, for example 'a.csv'
            - 'docs': 1 files, for example 'notes.md'\
            """);
    ToolResult result = bench.asking(answering("accept", true, asked.state()), TOOL, arguments());
    assertThat(bench.answer(TOOL, result).succeeds().text("action")).isEqualTo("created");
  }

  @Test
  void writesNothingWhenTheUserDoesNotAgree() {
    Optional<ObjectNode> state = asked(bench.asking(CAN_BE_ASKED, TOOL, arguments())).state();
    for (Input input :
        List.of(
            answering("accept", false, state),
            answering("decline", true, state),
            answering("cancel", true, state))) {
      bench
          .answer(TOOL, bench.asking(input, TOOL, arguments()))
          .fails("input_required", "No package was created. The user did not agree.");
    }
  }

  @Test
  void asksAgainWhenTheBucketChangedMeanwhile() {
    Optional<ObjectNode> state = asked(bench.asking(CAN_BE_ASKED, TOOL, arguments())).state();
    store.add("lab", "run/late.csv", "late");
    asked(bench.asking(answering("accept", true, state), TOOL, arguments()));
    asked(bench.asking(answering("accept", true, Optional.empty()), TOOL, arguments()));
  }

  @Test
  void asksNothingWhenToldNotToOrForAPreview() {
    for (String flag : List.of("confirm_structure", "dry_run")) {
      ObjectNode arguments = arguments("package_name", "team/" + flag);
      arguments.put(flag, flag.equals("dry_run"));
      bench.answer(TOOL, bench.asking(CAN_BE_ASKED, TOOL, arguments)).succeeds();
    }
  }

  @Test
  void reportsWhatItLeavesOut() {
    store.add("lab", "run/50%.csv", "x");
    store.add("lab", "run/a#b.csv", "x");
    store.add("lab", "run/folder/", "");
    store.add("lab", "run/3/a.csv", "again");
    Answer answer = call().succeeds();
    assertThat(texts(answer.get("warnings")))
        .containsExactly(
            "1 object is left out, because its key ends with a slash, as that of a folder: 'run/folder/'",
            "2 objects are left out, because its key has one of the characters \\ { } ^ % ` ] \" > [ ~ < # |: 'run/50%.csv', 'run/a#b.csv'",
            "2 files would have had the same path as another file or folder, and have another one: 'data/processed/1/a.csv', 'data/processed/3/a.csv'");
    assertThat(text("README.md")).contains("3 others were left out");
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
    assertThat(files(there, "registry", "team/run"))
        .hasSize(answer.get("structure").get("files_organized").intValue() + 2);
    Path registry = folder.toRealPath().resolve("registry");
    assertThat(RegistryChecker.problems(new FolderShelf(registry))).isEmpty();
    assertThat(RegistryChecker.packages(new FolderShelf(registry))).containsOnlyKeys("team/run");
  }

  @Test
  void leavesNothingBehindWhenItIsGivenUp() {
    ToolBench interrupted =
        new ToolBench(
            new ForwardingObjectStore(store) {
              @Override
              public ObjectPage list(ListRequest request) {
                if (request.prefix().equals("run/")) {
                  Thread.currentThread().interrupt();
                }
                return super.list(request.limitedTo(1));
              }

              @Override
              public ObjectInfo put(
                  ObjectLocation location, InputStream bytes, PutOptions options) {
                throw new AssertionError("written: " + location);
              }
            });
    interrupted
        .call(Callers.LOCAL, TOOL, arguments())
        .fails("cancelled", "The call was given up while objects were listed");
    assertThat(Thread.interrupted()).isTrue();
    assertThat(interrupted.storageCalls().stream().filter(one -> one.startsWith("list")).toList())
        .hasSize(1);
  }

  @Test
  void worksInABucketWithoutVersions() {
    store.addBucket("plain");
    store.add("plain", "run/a.csv", "x");
    call("source_bucket", "plain", "target_registry", "plain").succeeds();
    assertThat(files(bench, "plain", "team/run"))
        .containsExactly("README.md", "data/processed/a.csv", "quilt_summarize.json");
  }

  @Test
  void takesTheOlderName() {
    bench.call(Callers.LOCAL, "create_package_from_s3", arguments()).succeeds();
  }
}
