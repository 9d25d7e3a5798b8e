package com.quiltdata.mcp.quilt.push;

import static com.quiltdata.mcp.quilt.push.TestRegistry.BUCKET;
import static com.quiltdata.mcp.quilt.push.TestRegistry.DATA;
import static com.quiltdata.mcp.quilt.push.TestRegistry.NAME;
import static com.quiltdata.mcp.quilt.push.TestRegistry.ON_TOP;
import static com.quiltdata.mcp.quilt.push.TestRegistry.creating;
import static com.quiltdata.mcp.quilt.push.TestRegistry.object;
import static com.quiltdata.mcp.quilt.push.TestRegistry.text;
import static com.quiltdata.mcp.quilt.push.TestRegistry.updating;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.registry.Pointer;
import com.quiltdata.mcp.storage.ObjectLocation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What every store has in common.
final class PushTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void createsAPackage(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    ObjectLocation here = registry.put(BUCKET, "raw/a.csv", "a,b\n1,2\n");
    ObjectLocation there = registry.put(DATA, "x y.txt", "elsewhere");
    PushOutcome outcome =
        registry.push(
            creating("data/a.csv", object(here), "b.txt", object(there), "README.md", text("# A")),
            PushOptions.DEFAULT);
    assertThat(outcome.result()).isEqualTo(PushOutcome.Result.WRITTEN);
    assertThat(outcome.previous()).isEmpty();
    assertThat(outcome.pointer()).contains("1800000000");
    assertThat(outcome.entries()).isEqualTo(3);
    assertThat(outcome.totalBytes()).isEqualTo(8 + 9 + 3);
    assertThat(outcome.copiedObjects()).isEqualTo(kind == StoreKind.FOLDER ? 3 : 2);
    assertThat(outcome.changes())
        .extracting(change -> change.key().value(), PushedChange::kind)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("README.md", PushedChange.Kind.ADDED),
            org.assertj.core.groups.Tuple.tuple("b.txt", PushedChange.Kind.ADDED),
            org.assertj.core.groups.Tuple.tuple("data/a.csv", PushedChange.Kind.ADDED));
    TopHash hash = outcome.topHash().orElseThrow();
    assertThat(registry.registry().latest(NAME)).isEqualTo(hash);
    assertThat(registry.registry().pointers(NAME))
        .extracting(Pointer::name)
        .containsExactly("1800000000", "latest");
    assertThat(registry.registry().header(hash).json())
        .isEqualTo(TestRegistry.json("{\"version\": \"v0\", \"message\": \"made\"}"));
    assertThat(registry.problems()).isEmpty();
    assertThat(outcome.changes())
        .extracting(change -> change.entry().orElseThrow())
        .isEqualTo(registry.entries(hash));
  }

  @ParameterizedTest
  @EnumSource
  void placesBytesAsTheStoreNeedsIt(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    ObjectLocation here = registry.put(BUCKET, "raw/a.csv", "a");
    ObjectLocation there = registry.put(DATA, "b.txt", "b");
    TopHash hash =
        registry
            .push(creating("a.csv", object(here), "d/b.txt", object(there)), PushOptions.DEFAULT)
            .topHash()
            .orElseThrow();
    List<String> places = registry.entries(hash).stream().map(ManifestEntry::physicalUri).toList();
    switch (kind) {
      case VERSIONED -> {
        assertThat(places.getFirst()).startsWith("s3://registry/raw/a.csv?versionId=");
        assertThat(places.getLast()).startsWith("s3://registry/team/set/d/b.txt?versionId=");
      }
      case PLAIN ->
          assertThat(places)
              .containsExactly("s3://registry/raw/a.csv", "s3://registry/team/set/d/b.txt");
      case FOLDER ->
          assertThat(places)
              .allMatch(place -> place.startsWith("file://") && place.contains("/.quilt/objects/"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void changesAPackage(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    TopHash first =
        registry
            .push(
                creating("a/1", text("1"), "a b", text("2"), "a.b", text("3"), "z", text("4")),
                PushOptions.DEFAULT)
            .topHash()
            .orElseThrow();
    PushOutcome second =
        registry.push(
            updating(first, "a b", text("two"), "z", new Change.Remove(), "a-b", text("new")),
            PushOptions.DEFAULT.expecting(new Expected.Revision(first)));
    assertThat(second.previous()).contains(first);
    assertThat(second.pointer()).contains("1800000001");
    assertThat(second.changes())
        .extracting(PushedChange::kind)
        .containsExactly(
            PushedChange.Kind.REPLACED, PushedChange.Kind.ADDED, PushedChange.Kind.REMOVED);
    assertThat(registry.entries(second.topHash().orElseThrow()))
        .extracting(entry -> entry.logicalKey().value())
        .containsExactly("a/1", "a b", "a-b", "a.b");
    assertThat(registry.problems()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void refusesWhatIsNotExpected(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    TopHash first =
        registry.push(creating("a", text("1")), PushOptions.DEFAULT).topHash().orElseThrow();
    List<String> keys = registry.keys();
    assertFault(
            FaultCode.CONFLICT, () -> registry.push(creating("a", text("2")), PushOptions.DEFAULT))
        .withMessageContaining(
            "Package 'team/set' already exists at s3://registry/ with hash '%s'; expected no revision."
                .formatted(first));
    TopHash other = new TopHash("0".repeat(64));
    assertFault(
        FaultCode.CONFLICT,
        () ->
            registry.push(
                updating(first, "a", text("2")),
                PushOptions.DEFAULT.expecting(new Expected.Revision(other))));
    assertThat(registry.keys()).isEqualTo(keys);
  }

  @ParameterizedTest
  @EnumSource
  void repeatsAPushThatWasDone(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    PackageEdit edit = creating("a", text("1"), "b", text("2"));
    TopHash hash = registry.push(edit, PushOptions.DEFAULT).topHash().orElseThrow();
    List<String> keys = registry.keys();
    PushOutcome again = registry.push(edit, PushOptions.DEFAULT);
    assertThat(again.result()).isEqualTo(PushOutcome.Result.ALREADY_THERE);
    assertThat(again.topHash()).contains(hash);
    assertThat(registry.push(edit, ON_TOP.dedupe(true)).result())
        .isEqualTo(PushOutcome.Result.ALREADY_THERE);
    assertThat(registry.keys()).isEqualTo(keys);
    assertThat(registry.push(edit, ON_TOP).pointer()).contains("1800000000");
    assertThat(registry.problems()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void plansWithoutWriting(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    ObjectLocation there = registry.put(DATA, "b.txt", "bytes");
    PackageEdit edit = creating("a", text("1"), "b", object(there));
    PushOutcome plan = registry.push(edit, PushOptions.DEFAULT.dryRun(true));
    assertThat(registry.keys()).isEmpty();
    assertThat(plan.result()).isEqualTo(PushOutcome.Result.PLANNED);
    assertThat(plan.copiedBytes()).isEqualTo(6);
    assertThat(plan.copiedObjects()).isEqualTo(2);
    assertThat(plan.entries()).isEqualTo(2);
    PushOutcome outcome = registry.push(edit, PushOptions.DEFAULT);
    assertThat(plan.topHash()).isEqualTo(outcome.topHash());
    assertThat(plan.changes())
        .extracting(change -> change.entry().orElseThrow().hash())
        .isEqualTo(
            outcome.changes().stream().map(change -> change.entry().orElseThrow().hash()).toList());
  }

  @ParameterizedTest
  @EnumSource
  void refusesAFileThatIsAFolder(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    TopHash first =
        registry.push(creating("d/e", text("1")), PushOptions.DEFAULT).topHash().orElseThrow();
    List<String> keys = registry.keys();
    assertFault(
            FaultCode.INVALID_LOGICAL_KEY,
            () -> registry.push(updating(first, "d", text("2")), ON_TOP))
        .withMessageContaining("'d'")
        .withMessageContaining("'d/e'");
    assertFault(
        FaultCode.INVALID_LOGICAL_KEY,
        () -> registry.push(updating(first, "d/e/f", text("2")), ON_TOP));
    assertFault(
            FaultCode.NOT_FOUND,
            () -> registry.push(updating(first, "nope", new Change.Remove()), ON_TOP))
        .withMessageContaining("'nope'");
    assertThat(registry.keys()).isEqualTo(keys);
    registry.push(updating(first, "d/e", new Change.Remove(), "d", text("2")), ON_TOP);
    assertThat(registry.problems()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void neverReplacesBytesThatAnOlderRevisionNames(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    PushOptions copy = ON_TOP.copying(true);
    ObjectLocation source = registry.put(DATA, "s", "one");
    registry.push(creating("a", object(source), "b", text("one")), copy);
    registry.put(DATA, "s", "two, longer");
    registry.push(creating("a", object(source), "b", text("two")), copy);
    registry.put(DATA, "s", "six");
    registry.push(creating("a", object(source), "b", text("six")), copy);
    assertThat(registry.registry().revisions(NAME)).hasSize(3);
    assertThat(registry.problems()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void copiesAPackageFromAnotherRegistry(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    ObjectLocation source = registry.put(DATA, "s", "one");
    Push elsewhere = new Push(registry.store(), DATA, _ -> true, TestRegistry.CLOCK);
    TopHash hash =
        elsewhere
            .push(
                NAME,
                creating("a", object(source), "b", text("x")),
                PushOptions.DEFAULT,
                PushProgress.NONE)
            .topHash()
            .orElseThrow();
    PackageEdit promotion =
        PackageEdit.update(
            new BaseRevision(DATA, hash),
            TestRegistry.changes(),
            MetadataEdit.KEEP,
            Optional.of("made"));
    PushOutcome outcome = registry.push(promotion, PushOptions.DEFAULT);
    assertThat(outcome.topHash()).contains(hash);
    assertThat(outcome.copiedObjects()).isEqualTo(2);
    assertThat(registry.entries(hash))
        .allMatch(entry -> !entry.physicalUri().contains("other-data"));
    assertThat(registry.problems()).isEmpty();
  }

  static org.assertj.core.api.ThrowableAssertAlternative<Fault> assertFault(
      FaultCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable work) {
    return assertThatExceptionOfType(Fault.class)
        .isThrownBy(work)
        .satisfies(fault -> assertThat(fault.code()).isEqualTo(code));
  }
}
