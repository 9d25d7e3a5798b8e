package com.quiltdata.mcp.quilt.check;

import static com.quiltdata.mcp.quilt.push.TestRegistry.BUCKET;
import static com.quiltdata.mcp.quilt.push.TestRegistry.DATA;
import static com.quiltdata.mcp.quilt.push.TestRegistry.object;
import static com.quiltdata.mcp.quilt.push.TestRegistry.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.push.PushOptions;
import com.quiltdata.mcp.quilt.push.StoreKind;
import com.quiltdata.mcp.quilt.push.TestRegistry;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.FailingObjectStore;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ObjectLocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Packages that are real, and then broken.
final class PackageCheckTest {
  @TempDir private Path folder;

  /// A package of three files that was pushed, and what became of it since.
  private record Pushed(TestRegistry registry, TopHash hash) {
    CheckReport check(CheckDepth depth) {
      return PackageCheckTest.check(registry, hash, depth);
    }

    /// Writes the lines of the manifest anew, under the name it has.
    void rewrite(UnaryOperator<List<String>> change) {
      String manifest = ".quilt/packages/" + hash;
      String old;
      try (var content =
          registry.store().open(ObjectLocation.of(BUCKET, manifest), ByteRange.ALL)) {
        old = new String(content.stream().readAllBytes(), UTF_8);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      List<String> lines = change.apply(new ArrayList<>(old.lines().toList()));
      registry.put(BUCKET, manifest, String.join("\n", lines) + "\n");
    }

    void replace(String from, String to) {
      rewrite(lines -> {
        String text = String.join("\n", lines);
        assertThat(text).contains(from);
        return text.replace(from, to).lines().toList();
      });
    }
  }

  private Pushed pushed(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    ObjectLocation raw = registry.put(BUCKET, "raw.csv", "1,2\n");
    return new Pushed(
        registry,
        registry
            .push(
                TestRegistry.creating("a", object(raw), "b", text("bee"), "c/d", text("see")),
                PushOptions.DEFAULT)
            .topHash()
            .orElseThrow());
  }

  private static CheckReport check(TestRegistry registry, TopHash hash, CheckDepth depth) {
    return new PackageCheck(registry.store(), BUCKET, _ -> true)
        .check(hash, depth, 10, CheckProgress.NONE);
  }

  @ParameterizedTest
  @EnumSource
  void findsNothingWrongWithWhatWasPushed(StoreKind kind) {
    Pushed pushed = pushed(kind);
    for (CheckDepth depth : CheckDepth.values()) {
      CheckReport report = pushed.check(depth);
      assertThat(report.isSound()).isTrue();
      assertThat(report.findings()).isEmpty();
      assertThat(report.isTruncated()).isFalse();
      assertThat(report.entries()).isEqualTo(3);
      assertThat(report.totalBytes()).isEqualTo(10);
      assertThat(report.computed()).contains(pushed.hash);
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsAnotherTopHash(StoreKind kind) {
    Pushed pushed = pushed(kind);
    pushed.replace("\"made\"", "\"forged\"");
    CheckReport report = pushed.check(CheckDepth.MANIFEST);
    assertOne(report, FindingCode.WRONG_TOP_HASH, Optional.empty(), OptionalInt.empty());
    assertThat(report.computed()).isPresent().get().isNotEqualTo(pushed.hash);
    assertThat(report.findings().getFirst().text()).contains(pushed.hash.value());
  }

  @ParameterizedTest
  @EnumSource
  void findsAnEntryOutOfOrder(StoreKind kind) {
    Pushed pushed = pushed(kind);
    pushed.rewrite(lines -> List.of(lines.get(0), lines.get(2), lines.get(1), lines.get(3)));
    // In order it is the same revision.
    assertOne(
        pushed.check(CheckDepth.BYTES), FindingCode.OUT_OF_ORDER, key("a"), OptionalInt.of(3));
  }

  @ParameterizedTest
  @EnumSource
  void findsKeysThatStandThereTwice(StoreKind kind) {
    Pushed pushed = pushed(kind);
    pushed.rewrite(
        lines -> List.of(lines.get(0), lines.get(1), lines.get(1), lines.get(2), lines.get(3)));
    assertOne(
        pushed.check(CheckDepth.OBJECTS),
        FindingCode.DUPLICATE_KEY,
        Optional.empty(),
        OptionalInt.of(3));
  }

  @Test
  void findsKeysThatStandThereTwiceAndFarApart() {
    Pushed pushed = pushed(StoreKind.PLAIN);
    pushed.rewrite(lines -> List.of(lines.get(0), lines.get(1), lines.get(2), lines.get(1)));
    CheckReport report = pushed.check(CheckDepth.MANIFEST);
    assertThat(report.counts())
        .containsOnlyKeys(FindingCode.OUT_OF_ORDER, FindingCode.DUPLICATE_KEY);
    assertThat(report.computed()).isEmpty();
  }

  @Test
  void findsAFileThatIsAFolder() {
    Pushed pushed = pushed(StoreKind.PLAIN);
    pushed.replace("\"c/d\"", "\"b/d\"");
    assertOne(
        pushed.check(CheckDepth.OBJECTS),
        FindingCode.FILE_AND_FOLDER,
        Optional.empty(),
        OptionalInt.of(4));
  }

  @Test
  void findsABrokenLineAndChecksTheOthers() {
    Pushed pushed = pushed(StoreKind.VERSIONED);
    pushed.rewrite(lines -> List.of(lines.get(0), "{\"logical_key\"", lines.get(2), lines.get(3)));
    CheckReport report = pushed.check(CheckDepth.BYTES);
    assertOne(report, FindingCode.BROKEN_LINE, Optional.empty(), OptionalInt.of(2));
    assertThat(report.entries()).isEqualTo(2);
    pushed.replace("\"v0\"", "\"v9\"");
    assertThat(pushed.check(CheckDepth.BYTES).counts()).containsOnlyKeys(FindingCode.BROKEN_LINE);
  }

  @Test
  void findsWhatIsNotHashed() {
    Pushed pushed = pushed(StoreKind.VERSIONED);
    pushed.rewrite(lines ->
        lines.stream()
            .map(line -> line.replaceAll("\"hash\": \\{[^}]*}", "\"hash\": null"))
            .toList());
    CheckReport report = pushed.check(CheckDepth.BYTES);
    assertThat(report.counts()).containsOnly(Map.entry(FindingCode.NOT_HASHED, 3L));
    assertThat(report.computed()).isEmpty();
  }

  @Test
  void findsAHashOfAnUnknownType() {
    Pushed pushed = pushed(StoreKind.VERSIONED);
    pushed.rewrite(lines -> {
      List<String> changed = new ArrayList<>(lines);
      changed.set(2, lines.get(2).replace("sha2-256-chunked", "MD5"));
      return changed;
    });
    CheckReport report = pushed.check(CheckDepth.BYTES);
    assertThat(report.counts())
        .containsOnlyKeys(FindingCode.UNKNOWN_HASH_TYPE, FindingCode.WRONG_TOP_HASH);
    assertThat(report.findings().getFirst().key()).isEqualTo(key("b"));
    assertThat(report.findings().getFirst().text()).contains("'MD5'");
  }

  @ParameterizedTest
  @EnumSource
  void findsAMissingObject(StoreKind kind) {
    Pushed pushed = pushed(kind);
    ObjectLocation gone =
        pushed
            .registry
            .entries(pushed.hash)
            .get(1)
            .physicalKey()
            .locate(pushed.registry.store())
            .orElseThrow();
    pushed.registry.store().delete(gone);
    CheckReport report = pushed.check(CheckDepth.OBJECTS);
    assertOne(report, FindingCode.MISSING_OBJECT, key("b"), OptionalInt.of(3));
    assertThat(pushed.check(CheckDepth.MANIFEST).isSound()).isTrue();
  }

  @Test
  void findsAMissingVersion() {
    Pushed pushed = pushed(StoreKind.VERSIONED);
    ObjectLocation pinned =
        pushed
            .registry
            .entries(pushed.hash)
            .getFirst()
            .physicalKey()
            .locate(pushed.registry.store())
            .orElseThrow();
    pushed.registry.put(BUCKET, "raw.csv", "another");
    assertThat(pushed.check(CheckDepth.BYTES).isSound()).isTrue();
    pushed.registry.store().delete(pinned);
    assertOne(
        pushed.check(CheckDepth.BYTES), FindingCode.MISSING_VERSION, key("a"), OptionalInt.of(2));
  }

  @Test
  void findsAVersionThatIsNotPinned() {
    Pushed pushed = pushed(StoreKind.VERSIONED);
    pushed.rewrite(
        lines -> lines.stream().map(line -> line.replaceAll("\\?versionId=[^\"]*", "")).toList());
    CheckReport report = pushed.check(CheckDepth.BYTES);
    assertThat(report.counts()).containsOnly(Map.entry(FindingCode.UNPINNED_VERSION, 3L));
    assertThat(report.isSound()).isTrue();
  }

  @Test
  void findsAChangedSizeAndChangedBytes() {
    Pushed pushed = pushed(StoreKind.PLAIN);
    pushed.registry.put(BUCKET, "raw.csv", "3,4\n");
    assertThat(pushed.check(CheckDepth.OBJECTS).findings()).isEmpty();
    assertOne(
        pushed.check(CheckDepth.BYTES), FindingCode.CHANGED_BYTES, key("a"), OptionalInt.of(2));
    pushed.registry.put(BUCKET, "raw.csv", "3,4\n5,6\n");
    assertOne(
        pushed.check(CheckDepth.OBJECTS), FindingCode.CHANGED_SIZE, key("a"), OptionalInt.of(2));
  }

  @Test
  void findsPlacesThatCannotBeRead() {
    Pushed pushed = pushed(StoreKind.PLAIN);
    pushed.replace("s3://registry/raw.csv", "s3://registry/raw.csv?part=1");
    pushed.replace("s3://registry/team/set/b", "file:///somewhere/b");
    pushed.replace("s3://registry/team/set/c/d", "s3://not-there/d");
    CheckReport report = pushed.check(CheckDepth.OBJECTS);
    assertThat(report.findings())
        .extracting(Finding::code)
        .containsExactly(
            FindingCode.BROKEN_PHYSICAL_KEY,
            FindingCode.OUTSIDE_STORAGE,
            FindingCode.NOT_ACCESSIBLE);
  }

  @Test
  void doesNotLookWhereTheCallerMayNot() {
    Pushed pushed = pushed(StoreKind.VERSIONED);
    pushed.registry.put(DATA, "secret", "1,2\n");
    pushed.replace("s3://registry/raw.csv?versionId=", "s3://other-data/secret?versionId=");
    CheckReport report =
        new PackageCheck(pushed.registry.store(), BUCKET, BUCKET::equals)
            .check(pushed.hash, CheckDepth.BYTES, 10, CheckProgress.NONE);
    assertOne(report, FindingCode.NOT_ACCESSIBLE, key("a"), OptionalInt.of(2));
  }

  @Test
  void findsThatThereIsNoManifest() {
    TestRegistry registry = TestRegistry.of(StoreKind.PLAIN, folder);
    assertOne(
        check(registry, new TopHash("1".repeat(64)), CheckDepth.BYTES),
        FindingCode.MISSING_MANIFEST,
        Optional.empty(),
        OptionalInt.empty());
  }

  @Test
  void findsALineThatIsTooLong() {
    Pushed pushed = pushed(StoreKind.PLAIN);
    pushed.replace("\"c/d\"", "\"c/" + "d".repeat(1 << 20) + "\"");
    assertOne(
        pushed.check(CheckDepth.BYTES),
        FindingCode.MANIFEST_TOO_LARGE,
        Optional.empty(),
        OptionalInt.of(4));
  }

  @Test
  void countsWhatItDoesNotList() {
    Pushed pushed = pushed(StoreKind.PLAIN);
    pushed.registry.keys().stream()
        .filter(key -> !key.startsWith(".quilt/"))
        .forEach(key -> pushed.registry.store().delete(ObjectLocation.of(BUCKET, key)));
    CheckReport report =
        new PackageCheck(pushed.registry.store(), BUCKET, _ -> true)
            .check(pushed.hash, CheckDepth.OBJECTS, 2, CheckProgress.NONE);
    assertThat(report.counts()).containsOnly(Map.entry(FindingCode.MISSING_OBJECT, 3L));
    assertThat(report.findings()).hasSize(2);
    assertThat(report.isTruncated()).isTrue();
  }

  @Test
  void endsWhenTheThreadIsInterrupted() {
    Pushed pushed = pushed(StoreKind.PLAIN);
    Thread.currentThread().interrupt();
    try {
      assertThatExceptionOfType(Fault.class)
          .isThrownBy(() -> pushed.check(CheckDepth.BYTES))
          .satisfies(fault -> assertThat(fault.code()).isEqualTo(FaultCode.CANCELLED));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void doesNotTakeAFailureOfTheStoreForOneOfThePackage() {
    TestRegistry registry = TestRegistry.of(StoreKind.PLAIN, folder);
    Fault down = new Fault(FaultCode.UPSTREAM_UNAVAILABLE, "down");
    assertThat(registry.store()).isInstanceOf(InMemoryObjectStore.class);
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() ->
            new PackageCheck(new FailingObjectStore(down), BUCKET, _ -> true)
                .check(new TopHash("1".repeat(64)), CheckDepth.BYTES, 2, CheckProgress.NONE))
        .isSameAs(down);
  }

  private static Optional<LogicalKey> key(String key) {
    return Optional.of(LogicalKey.parse(key));
  }

  private static void assertOne(
      CheckReport report, FindingCode code, Optional<LogicalKey> key, OptionalInt line) {
    assertThat(report.findings())
        .singleElement()
        .satisfies(finding -> {
          assertThat(finding.code()).isEqualTo(code);
          assertThat(finding.key()).isEqualTo(key);
          assertThat(finding.line()).isEqualTo(line);
          key.ifPresent(named -> assertThat(finding.text()).contains("'" + named.value() + "'"));
        });
    assertThat(report.isSound()).isEqualTo(!code.isError());
  }
}
