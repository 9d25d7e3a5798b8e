package com.quiltdata.mcp.tools.folder;

import static com.quiltdata.mcp.tools.folder.FolderBench.TOOL;
import static com.quiltdata.mcp.tools.folder.FolderBench.arguments;
import static com.quiltdata.mcp.tools.folder.FolderBench.texts;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ForwardingObjectStore;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectPage;
import com.quiltdata.mcp.storage.PutOptions;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// What `package_create_from_s3` does not do, and what it says then.
final class FolderRefusalsTest {
  private final FolderBench folder = new FolderBench();
  private final InMemoryObjectStore store = folder.store;
  private final ToolBench bench = folder.tools;

  /// The tools over a store that lists something else.
  private ToolBench listing(Function<ListRequest, ObjectPage> lists) {
    return new ToolBench(
        new ForwardingObjectStore(store) {
          @Override
          public ObjectPage list(ListRequest request) {
            return lists.apply(request);
          }
        });
  }

  /// An object below the prefix.
  private ObjectInfo anObject() {
    return store.list(ListRequest.of(new BucketName("lab"), "run/1/")).objects().getFirst();
  }

  @Test
  void saysThatNothingWasFound() {
    Answer none =
        folder
            .call("source_prefix", "nothing/")
            .fails("not_found", "No objects found matching the specified criteria");
    assertThat(none.text("cause"))
        .isEqualTo("0 objects lie below the prefix, and the patterns fit none");
    assertThat(none.get("suggested_actions")).isNotEmpty();
    folder
        .call("include_patterns", List.of("*.bam"))
        .fails("not_found", "No objects found matching the specified criteria");
    store.add("lab", "marker/", "");
    assertThat(folder.call("source_prefix", "marker/").text("cause"))
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
        listing(_ -> {
          throw new Fault(code, "Access denied");
        });
    Answer answer =
        closed
            .call(Callers.LOCAL, TOOL, arguments())
            .fails(code.wire(), "Cannot access source bucket - insufficient permissions");
    assertThat(answer.text("cause")).isEqualTo("Access denied");
    assertThat(answer.get("suggested_actions")).isNotEmpty();
    assertThat(folder.call("source_bucket", "nowhere").text("error"))
        .isEqualTo("Cannot access source bucket");
  }

  @Test
  void refusesMoreObjectsThanItCanHandle() {
    ToolBench endless =
        listing(_ ->
            new ObjectPage(Collections.nCopies(1_000, anObject()), List.of(), Optional.of("more")));
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
        listing(request -> {
          int page = request.token().map(Integer::parseInt).orElse(0);
          ObjectInfo one = anObject();
          List<ObjectInfo> objects = new ArrayList<>();
          for (int i = 0; i < 1_000; i++) {
            objects.add(
                new ObjectInfo(
                    ObjectLocation.of(request.bucket(), "run/%03d/%03d.csv".formatted(page, i)),
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
        });
    Answer answer = full.call(Callers.LOCAL, TOOL, arguments("dry_run", true));
    answer.fails("too_large", "Cannot create package in target registry");
    assertThat(answer.text("cause"))
        .isEqualTo("100,000 files are more than the 99,998 that one call can package");
  }

  @Test
  void refusesAPackageThatExists() {
    folder.call().succeeds();
    store.add("lab", "run/new.csv", "new");
    Answer refused = folder.call().fails("conflict", "Cannot create package in target registry");
    assertThat(refused.text("cause")).contains("team/run");
    assertThat(texts(refused.get("suggested_actions")).getFirst()).contains("force=true");
    folder.call("force", true).succeeds();
    assertThat(FolderBench.files(bench, "registry", "team/run")).contains("data/processed/new.csv");
  }

  @Test
  void previewTellsWhatWouldFail() {
    folder.call().succeeds();
    Answer answer = folder.call("dry_run", true).succeeds();
    assertThat(texts(answer.get("warnings")).getFirst())
        .startsWith("The package exists already, with the latest revision ");
    assertThat(answer.text("message")).contains("would fail");
    assertThat(folder.call("dry_run", true, "force", true).get("warnings")).isEmpty();
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
    assertThat(texts(folder.call("dry_run", true, "force", true).get("warnings")))
        .containsExactly("Package name doesn't match required pattern.");
    folder
        .call("force", true)
        .fails("invalid_argument", "Cannot create package in target registry");
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
}
