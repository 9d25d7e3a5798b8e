package com.quiltdata.mcp.quilt.push;

import static com.quiltdata.mcp.quilt.push.PushTest.assertFault;
import static com.quiltdata.mcp.quilt.push.TestRegistry.BUCKET;
import static com.quiltdata.mcp.quilt.push.TestRegistry.CLOCK;
import static com.quiltdata.mcp.quilt.push.TestRegistry.DATA;
import static com.quiltdata.mcp.quilt.push.TestRegistry.NAME;
import static com.quiltdata.mcp.quilt.push.TestRegistry.ON_TOP;
import static com.quiltdata.mcp.quilt.push.TestRegistry.creating;
import static com.quiltdata.mcp.quilt.push.TestRegistry.hash;
import static com.quiltdata.mcp.quilt.push.TestRegistry.json;
import static com.quiltdata.mcp.quilt.push.TestRegistry.object;
import static com.quiltdata.mcp.quilt.push.TestRegistry.plain;
import static com.quiltdata.mcp.quilt.push.TestRegistry.text;
import static com.quiltdata.mcp.quilt.push.TestRegistry.updating;
import static com.quiltdata.mcp.quilt.push.TestRegistry.versioned;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.storage.CountingObjectStore;
import com.quiltdata.mcp.storage.ForwardingObjectStore;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

/// What a push makes of its edit, and what it refuses.
final class PushRulesTest {
  @TempDir private Path folder;

  private static String header(TestRegistry registry, PushOutcome outcome) {
    return registry.registry().header(hash(outcome)).json().toString();
  }

  private static PackageEdit on(
      Optional<TopHash> base, MetadataEdit metadata, Optional<String> message) {
    return new PackageEdit(
        base.map(hash -> new BaseRevision(BUCKET, hash)),
        new TreeMap<>(TestRegistry.changes()),
        metadata,
        message);
  }

  @Test
  void writesTheHeaderAsItWasMeant() {
    TestRegistry registry = plain();
    PushOutcome absent =
        registry.push(on(Optional.empty(), MetadataEdit.KEEP, Optional.empty()), ON_TOP);
    assertThat(header(registry, absent)).isEqualTo("{\"version\":\"v0\",\"message\":null}");
    PushOutcome cleared =
        registry.push(on(absent.topHash(), new MetadataEdit.Clear(), Optional.of("")), ON_TOP);
    assertThat(header(registry, cleared))
        .isEqualTo("{\"version\":\"v0\",\"user_meta\":null,\"message\":\"\"}");
    PushOutcome kept =
        registry.push(on(cleared.topHash(), MetadataEdit.KEEP, Optional.of("m")), ON_TOP);
    assertThat(header(registry, kept))
        .isEqualTo("{\"version\":\"v0\",\"user_meta\":null,\"message\":\"m\"}");
    PushOutcome merged =
        registry.push(
            on(
                kept.topHash(),
                new MetadataEdit.Merge(json("{\"b\":1,\"a\":{\"x\":1.0}}")),
                Optional.of("m")),
            ON_TOP);
    assertThat(header(registry, merged)).contains("\"user_meta\":{\"b\":1,\"a\":{\"x\":1.0}}");
    PushOutcome again =
        registry.push(
            on(
                merged.topHash(),
                new MetadataEdit.Merge(json("{\"c\":3,\"b\":{\"y\":2}}")),
                Optional.of("m")),
            ON_TOP);
    assertThat(header(registry, again))
        .contains("\"user_meta\":{\"b\":{\"y\":2},\"a\":{\"x\":1.0},\"c\":3}");
    PushOutcome replaced =
        registry.push(
            on(again.topHash(), new MetadataEdit.Replace(json("{}")), Optional.of("m")), ON_TOP);
    assertThat(header(registry, replaced)).contains("\"user_meta\":{}");
    PushOutcome removed =
        registry.push(on(replaced.topHash(), new MetadataEdit.Remove(), Optional.of("m")), ON_TOP);
    assertThat(header(registry, removed)).doesNotContain("user_meta");
    assertThat(registry.problems()).isEmpty();
  }

  @Test
  void keepsOfABaseItsEntriesAndNothingThatIsNotItsOwn() {
    TestRegistry registry = versioned();
    TopHash first = hash(registry.push(creating("d/a", text("1")), ON_TOP));
    String line = lines(registry, first).get(1);
    TopHash odd = new TopHash("5".repeat(64));
    String place = "s3://elsewhere/old%20key?versionId=x";
    String foreign =
        line.replaceAll("s3://[^\"]*", place)
            .replace("\"d/a\"", "\"d/b\"")
            .replace("\"meta\": {}", "\"meta\": {\"format\": {\"name\": \"json\"}, \"n\": 1.0}");
    registry.put(
        BUCKET,
        ".quilt/packages/" + odd,
        "{\"version\": \"v0\", \"message\": null, \"extra\": 1, \"workflow\": {\"id\": \"w\"}}\n"
            + "{\"logical_key\": \"d/\", \"meta\": {\"a\": 1}}\n"
            + line
            + "\n"
            + foreign
            + "\n");
    TopHash second = hash(registry.push(updating(odd, "e", text("2")), ON_TOP));
    List<String> lines = lines(registry, second);
    assertThat(lines.get(0)).isEqualTo("{\"version\": \"v0\", \"message\": \"changed\"}");
    assertThat(lines.get(1)).isEqualTo(line);
    assertThat(lines.get(2)).isEqualTo(foreign);
    assertThat(lines).hasSize(4);
  }

  private static List<String> lines(TestRegistry registry, TopHash hash) {
    InMemoryObjectStore store = (InMemoryObjectStore) registry.store();
    return new String(store.bytes("s3://registry/.quilt/packages/" + hash), UTF_8).lines().toList();
  }

  @Test
  void computesHashesThatTheBaseLacks() {
    TestRegistry registry = versioned();
    TopHash first = hash(registry.push(creating("a", text("1"), "b", text("2")), ON_TOP));
    List<String> lines = new ArrayList<>(lines(registry, first));
    lines.set(
        1,
        lines
            .get(1)
            .replaceAll("\"hash\": \\{[^}]*}", "\"hash\": null")
            .replace("\"size\": 1", "\"size\": null"));
    TopHash odd = new TopHash("5".repeat(64));
    registry.put(BUCKET, ".quilt/packages/" + odd, String.join("\n", lines) + "\n");
    PackageEdit edit =
        PackageEdit.update(
            new BaseRevision(BUCKET, odd), Map.of(), MetadataEdit.KEEP, Optional.of("made"));
    assertThat(hash(registry.push(edit, ON_TOP))).isEqualTo(first);
  }

  @Test
  void namesWhatIsNotThere() {
    TestRegistry registry = plain();
    ObjectLocation none = ObjectLocation.of(BUCKET, "none.csv");
    assertFault(FaultCode.NOT_FOUND, () -> registry.push(creating("a", object(none)), ON_TOP))
        .withMessageContaining("none.csv")
        .withMessageContaining("'a'");
    assertFault(
        FaultCode.NOT_FOUND,
        () -> registry.push(updating(new TopHash("4".repeat(64)), "a", text("1")), ON_TOP));
    assertThat(registry.keys()).isEmpty();
  }

  @Test
  void keepsLimits() {
    Map<LogicalKey, Change> many = new TreeMap<>();
    for (int i = 0; i <= PackageEdit.MAX_CHANGES; i++) {
      many.put(LogicalKey.parse("k" + i), new Change.Remove());
    }
    assertFault(
            FaultCode.TOO_LARGE,
            () -> PackageEdit.create(many, MetadataEdit.KEEP, Optional.empty()))
        .withMessageContaining("in several steps");
    assertFault(FaultCode.INVALID_LOGICAL_KEY, () -> creating("x".repeat(1_025), text("1")));
    assertThat(creating("x".repeat(1_025), new Change.Remove()).changes()).hasSize(1);
    ByteBuffer large = ByteBuffer.allocate(Change.PutBytes.MAX_BYTES + 1);
    assertFault(
        FaultCode.TOO_LARGE, () -> new Change.PutBytes(large, Optional.empty(), Optional.empty()));
  }

  @Test
  void refusesWhatAManifestCannotHold() {
    TestRegistry registry = plain();
    ObjectNode large = json("{\"k\": \"" + "x".repeat(1_000_000) + "\"}");
    assertFault(
            FaultCode.TOO_LARGE,
            () ->
                registry.push(
                    creating(
                        "a",
                        new Change.PutBytes(
                            ByteBuffer.allocate(1), Optional.empty(), Optional.of(large))),
                    ON_TOP))
        .withMessageContaining("'a'");
    assertFault(
        FaultCode.INVALID_ARGUMENT,
        () ->
            registry.push(
                on(Optional.empty(), MetadataEdit.KEEP, Optional.of("half \ud800")), ON_TOP));
    assertThat(registry.keys()).isEmpty();
  }

  @Test
  void plansWithoutReadingALot() {
    TestRegistry registry = plain();
    ObjectLocation big = registry.put(DATA, "big", "really small");
    ObjectStore store =
        new ForwardingObjectStore(registry.store()) {
          @Override
          public Optional<ObjectInfo> find(ObjectLocation location) {
            return super.find(location).map(info -> location.equals(big) ? grown(info) : info);
          }
        };
    CountingObjectStore counting = new CountingObjectStore(store);
    PushOutcome plan =
        new Push(counting, BUCKET, _ -> true, CLOCK)
            .push(
                NAME,
                creating("big", object(big), "small", text("1")),
                PushOptions.DEFAULT.dryRun(true),
                PushProgress.NONE);
    assertThat(plan.topHash()).isEmpty();
    assertThat(plan.totalBytes()).isEqualTo(SourceHashes.CHEAP_BYTES + 2);
    assertThat(counting.calls()).doesNotContain("open " + big);
    assertThat(counting.writes()).isZero();
  }

  private static ObjectInfo grown(ObjectInfo info) {
    return new ObjectInfo(
        info.location(),
        SourceHashes.CHEAP_BYTES + 1,
        info.lastModified(),
        info.etag(),
        info.contentType(),
        info.storageClass(),
        info.metadata());
  }

  @Test
  void publishesNothingThatAWorkflowRefuses() {
    TestRegistry registry = plain();
    registry.put(
        BUCKET,
        ".quilt/workflows/config.yml",
        """
        version: "1"
        default_workflow: strict
        workflows:
          strict: {name: Strict, is_message_required: true}
        """);
    List<String> keys = registry.keys();
    assertFault(
            FaultCode.INVALID_ARGUMENT,
            () ->
                registry.push(
                    PackageEdit.create(
                        TestRegistry.changes("a", text("1")), MetadataEdit.KEEP, Optional.empty()),
                    ON_TOP))
        .withMessage("Commit message is required by workflow, but none was provided.");
    assertThat(registry.keys()).isEqualTo(keys);
    PushOutcome outcome = registry.push(creating("a", text("1")), ON_TOP);
    assertThat(header(registry, outcome))
        .isEqualTo(
            "{\"version\":\"v0\",\"workflow\":{\"id\":\"strict\",\"config\":\"s3://registry/.quilt/workflows/config.yml\"},\"message\":\"made\"}");
    assertThat(registry.problems()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void tellsHowFarItIs(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    List<String> heard = new ArrayList<>();
    registry
        .push()
        .push(
            NAME,
            creating("a", text("1"), "b", text("2")),
            PushOptions.DEFAULT,
            (step, done, total) -> heard.add("%s %d/%d".formatted(step, done, total)));
    assertThat(heard)
        .containsExactly(
            "LOOK 0/2",
            "LOOK 1/2",
            "LOOK 2/2",
            "HASH 0/2",
            "HASH 1/2",
            "HASH 2/2",
            "COPY 0/2",
            "COPY 1/2",
            "COPY 2/2",
            "MANIFEST 0/2",
            "MANIFEST 2/2");
  }
}
