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
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ObjectLocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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

  private static TopHash pushed(TestRegistry registry) {
    ObjectLocation raw = registry.put(BUCKET, "raw.csv", "1,2\n");
    return registry
        .push(
            TestRegistry.creating("a", object(raw), "b", text("bee"), "c/d", text("see")),
            PushOptions.DEFAULT)
        .topHash()
        .orElseThrow();
  }

  private static CheckReport check(TestRegistry registry, TopHash hash, CheckDepth depth) {
    return new PackageCheck(registry.store(), BUCKET, _ -> true)
        .check(hash, depth, 10, CheckProgress.NONE);
  }

  private static String manifest(TopHash hash) {
    return ".quilt/packages/" + hash;
  }

  /// Writes the lines of a manifest anew, under the name it has.
  private static void rewrite(
      TestRegistry registry, TopHash hash, UnaryOperator<List<String>> change) {
    ObjectLocation location = ObjectLocation.of(BUCKET, manifest(hash));
    String old;
    try (var content = registry.store().open(location, ByteRange.ALL)) {
      old = new String(content.stream().readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    List<String> lines = change.apply(new ArrayList<>(old.lines().toList()));
    registry.put(BUCKET, manifest(hash), String.join("\n", lines) + "\n");
  }

  private static void replace(TestRegistry registry, TopHash hash, String from, String to) {
    rewrite(
        registry,
        hash,
        lines -> {
          String text = String.join("\n", lines);
          assertThat(text).contains(from);
          return text.replace(from, to).lines().toList();
        });
  }

  @ParameterizedTest
  @EnumSource
  void findsNothingWrongWithWhatWasPushed(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    TopHash hash = pushed(registry);
    for (CheckDepth depth : CheckDepth.values()) {
      CheckReport report = check(registry, hash, depth);
      assertThat(report.isSound()).isTrue();
      assertThat(report.findings()).isEmpty();
      assertThat(report.isTruncated()).isFalse();
      assertThat(report.entries()).isEqualTo(3);
      assertThat(report.totalBytes()).isEqualTo(10);
      assertThat(report.computed()).contains(hash);
    }
  }

  @ParameterizedTest
  @EnumSource
  void findsAnotherTopHash(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    TopHash hash = pushed(registry);
    replace(registry, hash, "\"made\"", "\"forged\"");
    CheckReport report = check(registry, hash, CheckDepth.MANIFEST);
    assertOne(report, FindingCode.WRONG_TOP_HASH, Optional.empty(), OptionalInt.empty());
    assertThat(report.computed()).isPresent().get().isNotEqualTo(hash);
    assertThat(report.findings().getFirst().text()).contains(hash.value());
  }

  @ParameterizedTest
  @EnumSource
  void findsAnEntryOutOfOrder(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    TopHash hash = pushed(registry);
    rewrite(
        registry, hash, lines -> List.of(lines.get(0), lines.get(2), lines.get(1), lines.get(3)));
    // In order it is the same revision.
    assertOne(
        check(registry, hash, CheckDepth.BYTES),
        FindingCode.OUT_OF_ORDER,
        key("a"),
        OptionalInt.of(3));
  }

  @ParameterizedTest
  @EnumSource
  void findsKeysThatStandThereTwice(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    TopHash hash = pushed(registry);
    rewrite(
        registry,
        hash,
        lines -> List.of(lines.get(0), lines.get(1), lines.get(1), lines.get(2), lines.get(3)));
    assertOne(
        check(registry, hash, CheckDepth.OBJECTS),
        FindingCode.DUPLICATE_KEY,
        Optional.empty(),
        OptionalInt.of(3));
  }

  @Test
  void findsKeysThatStandThereTwiceAndFarApart() {
    TestRegistry registry = TestRegistry.of(StoreKind.PLAIN, folder);
    TopHash hash = pushed(registry);
    rewrite(
        registry, hash, lines -> List.of(lines.get(0), lines.get(1), lines.get(2), lines.get(1)));
    CheckReport report = check(registry, hash, CheckDepth.MANIFEST);
    assertThat(report.counts())
        .containsOnlyKeys(FindingCode.OUT_OF_ORDER, FindingCode.DUPLICATE_KEY);
    assertThat(report.computed()).isEmpty();
  }

  @Test
  void findsAFileThatIsAFolder() {
    TestRegistry registry = TestRegistry.of(StoreKind.PLAIN, folder);
    TopHash hash = pushed(registry);
    replace(registry, hash, "\"c/d\"", "\"b/d\"");
    assertOne(
        check(registry, hash, CheckDepth.OBJECTS),
        FindingCode.FILE_AND_FOLDER,
        Optional.empty(),
        OptionalInt.of(4));
  }

  @Test
  void findsABrokenLineAndChecksTheOthers() {
    TestRegistry registry = TestRegistry.of(StoreKind.VERSIONED, folder);
    TopHash hash = pushed(registry);
    rewrite(
        registry,
        hash,
        lines -> List.of(lines.get(0), "{\"logical_key\"", lines.get(2), lines.get(3)));
    CheckReport report = check(registry, hash, CheckDepth.BYTES);
    assertOne(report, FindingCode.BROKEN_LINE, Optional.empty(), OptionalInt.of(2));
    assertThat(report.entries()).isEqualTo(2);
    replace(registry, hash, "\"v0\"", "\"v9\"");
    assertThat(check(registry, hash, CheckDepth.BYTES).counts())
        .containsOnlyKeys(FindingCode.BROKEN_LINE);
  }

  @Test
  void findsWhatIsNotHashed() {
    TestRegistry registry = TestRegistry.of(StoreKind.VERSIONED, folder);
    TopHash hash = pushed(registry);
    rewrite(
        registry,
        hash,
        lines ->
            lines.stream()
                .map(line -> line.replaceAll("\"hash\": \\{[^}]*}", "\"hash\": null"))
                .toList());
    CheckReport report = check(registry, hash, CheckDepth.BYTES);
    assertThat(report.counts()).containsOnly(java.util.Map.entry(FindingCode.NOT_HASHED, 3L));
    assertThat(report.computed()).isEmpty();
  }

  @Test
  void findsAHashOfAnUnknownType() {
    TestRegistry registry = TestRegistry.of(StoreKind.VERSIONED, folder);
    TopHash hash = pushed(registry);
    rewrite(
        registry,
        hash,
        lines -> {
          List<String> changed = new ArrayList<>(lines);
          changed.set(2, lines.get(2).replace("sha2-256-chunked", "MD5"));
          return changed;
        });
    CheckReport report = check(registry, hash, CheckDepth.BYTES);
    assertThat(report.counts())
        .containsOnlyKeys(FindingCode.UNKNOWN_HASH_TYPE, FindingCode.WRONG_TOP_HASH);
    assertThat(report.findings().getFirst().key()).isEqualTo(key("b"));
    assertThat(report.findings().getFirst().text()).contains("'MD5'");
  }

  @ParameterizedTest
  @EnumSource
  void findsAMissingObject(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    TopHash hash = pushed(registry);
    ObjectLocation gone =
        registry.entries(hash).get(1).physicalKey().locate(registry.store()).orElseThrow();
    registry.store().delete(gone);
    CheckReport report = check(registry, hash, CheckDepth.OBJECTS);
    assertOne(report, FindingCode.MISSING_OBJECT, key("b"), OptionalInt.of(3));
    assertThat(check(registry, hash, CheckDepth.MANIFEST).isSound()).isTrue();
  }

  @Test
  void findsAMissingVersion() {
    TestRegistry registry = TestRegistry.of(StoreKind.VERSIONED, folder);
    TopHash hash = pushed(registry);
    ObjectLocation pinned =
        registry.entries(hash).getFirst().physicalKey().locate(registry.store()).orElseThrow();
    registry.put(BUCKET, "raw.csv", "another");
    assertThat(check(registry, hash, CheckDepth.BYTES).isSound()).isTrue();
    registry.store().delete(pinned);
    assertOne(
        check(registry, hash, CheckDepth.BYTES),
        FindingCode.MISSING_VERSION,
        key("a"),
        OptionalInt.of(2));
  }

  @Test
  void findsAVersionThatIsNotPinned() {
    TestRegistry registry = TestRegistry.of(StoreKind.VERSIONED, folder);
    TopHash hash = pushed(registry);
    rewrite(
        registry,
        hash,
        lines -> lines.stream().map(line -> line.replaceAll("\\?versionId=[^\"]*", "")).toList());
    CheckReport report = check(registry, hash, CheckDepth.BYTES);
    assertThat(report.counts()).containsOnly(java.util.Map.entry(FindingCode.UNPINNED_VERSION, 3L));
    assertThat(report.isSound()).isTrue();
  }

  @Test
  void findsAChangedSizeAndChangedBytes() {
    TestRegistry registry = TestRegistry.of(StoreKind.PLAIN, folder);
    TopHash hash = pushed(registry);
    registry.put(BUCKET, "raw.csv", "3,4\n");
    assertThat(check(registry, hash, CheckDepth.OBJECTS).findings()).isEmpty();
    assertOne(
        check(registry, hash, CheckDepth.BYTES),
        FindingCode.CHANGED_BYTES,
        key("a"),
        OptionalInt.of(2));
    registry.put(BUCKET, "raw.csv", "3,4\n5,6\n");
    assertOne(
        check(registry, hash, CheckDepth.OBJECTS),
        FindingCode.CHANGED_SIZE,
        key("a"),
        OptionalInt.of(2));
  }

  @Test
  void findsPlacesThatCannotBeRead() {
    TestRegistry registry = TestRegistry.of(StoreKind.PLAIN, folder);
    TopHash hash = pushed(registry);
    replace(registry, hash, "s3://registry/raw.csv", "s3://registry/raw.csv?part=1");
    replace(registry, hash, "s3://registry/team/set/b", "file:///somewhere/b");
    replace(registry, hash, "s3://registry/team/set/c/d", "s3://not-there/d");
    CheckReport report = check(registry, hash, CheckDepth.OBJECTS);
    assertThat(report.findings())
        .extracting(Finding::code)
        .containsExactly(
            FindingCode.BROKEN_PHYSICAL_KEY,
            FindingCode.OUTSIDE_STORAGE,
            FindingCode.NOT_ACCESSIBLE);
  }

  @Test
  void doesNotLookWhereTheCallerMayNot() {
    TestRegistry registry = TestRegistry.of(StoreKind.VERSIONED, folder);
    TopHash hash = pushed(registry);
    registry.put(DATA, "secret", "1,2\n");
    replace(
        registry, hash, "s3://registry/raw.csv?versionId=", "s3://other-data/secret?versionId=");
    CheckReport report =
        new PackageCheck(registry.store(), BUCKET, BUCKET::equals)
            .check(hash, CheckDepth.BYTES, 10, CheckProgress.NONE);
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
    TestRegistry registry = TestRegistry.of(StoreKind.PLAIN, folder);
    TopHash hash = pushed(registry);
    replace(registry, hash, "\"c/d\"", "\"c/" + "d".repeat(1 << 20) + "\"");
    assertOne(
        check(registry, hash, CheckDepth.BYTES),
        FindingCode.MANIFEST_TOO_LARGE,
        Optional.empty(),
        OptionalInt.of(4));
  }

  @Test
  void countsWhatItDoesNotList() {
    TestRegistry registry = TestRegistry.of(StoreKind.PLAIN, folder);
    TopHash hash = pushed(registry);
    registry.keys().stream()
        .filter(key -> !key.startsWith(".quilt/"))
        .forEach(key -> registry.store().delete(ObjectLocation.of(BUCKET, key)));
    CheckReport report =
        new PackageCheck(registry.store(), BUCKET, _ -> true)
            .check(hash, CheckDepth.OBJECTS, 2, CheckProgress.NONE);
    assertThat(report.counts()).containsOnly(java.util.Map.entry(FindingCode.MISSING_OBJECT, 3L));
    assertThat(report.findings()).hasSize(2);
    assertThat(report.isTruncated()).isTrue();
  }

  @Test
  void endsWhenTheThreadIsInterrupted() {
    TestRegistry registry = TestRegistry.of(StoreKind.PLAIN, folder);
    TopHash hash = pushed(registry);
    Thread.currentThread().interrupt();
    try {
      assertThatExceptionOfType(Fault.class)
          .isThrownBy(() -> check(registry, hash, CheckDepth.BYTES))
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
            new PackageCheck(
                    new com.quiltdata.mcp.storage.FailingObjectStore(down), BUCKET, _ -> true)
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
