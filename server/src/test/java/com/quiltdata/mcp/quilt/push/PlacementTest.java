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
import static com.quiltdata.mcp.quilt.push.TestRegistry.versioned;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.storage.CountingObjectStore;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Where a push takes bytes from, and where it leaves them.
final class PlacementTest {
  @Test
  void movesReferencesOfTheBaseWhenCopiesAreWanted() {
    TestRegistry registry = versioned();
    ObjectLocation raw = registry.put(BUCKET, "raw/a", "bytes");
    TopHash first = hash(registry.push(creating("a", object(raw)), ON_TOP));
    PackageEdit edit =
        PackageEdit.update(
            new BaseRevision(BUCKET, first), Map.of(), MetadataEdit.KEEP, Optional.of("copied"));
    PushOutcome copied = registry.push(edit, ON_TOP.copying(true));
    assertThat(copied.copiedObjects()).isEqualTo(1);
    assertThat(registry.entries(hash(copied)).getFirst().physicalUri())
        .startsWith("s3://registry/team/set/a?versionId=");
    // What is in its place stays there.
    PackageEdit more =
        PackageEdit.update(
            new BaseRevision(BUCKET, hash(copied)),
            Map.of(),
            MetadataEdit.KEEP,
            Optional.of("more"));
    assertThat(registry.push(more, ON_TOP.copying(true)).copiedObjects()).isZero();
    assertThat(registry.problems()).isEmpty();
  }

  @Test
  void doesNotReadWhereTheCallerMayNot() {
    TestRegistry registry = plain();
    ObjectLocation secret = registry.put(DATA, "secret", "s");
    CountingObjectStore counting = new CountingObjectStore(registry.store());
    Push push = new Push(counting, BUCKET, BUCKET::equals, CLOCK);
    PackageEdit direct = creating("a", object(secret));
    PackageEdit base =
        PackageEdit.update(
            new BaseRevision(DATA, new TopHash("1".repeat(64))),
            Map.of(),
            MetadataEdit.KEEP,
            Optional.empty());
    for (PackageEdit edit : List.of(direct, base)) {
      assertFault(
          FaultCode.FORBIDDEN_BUCKET,
          () -> push.push(NAME, edit, PushOptions.DEFAULT, PushProgress.NONE));
    }
    assertThat(counting.calls()).noneMatch(call -> call.contains("other-data"));
    assertThat(counting.writes()).isZero();
  }

  @Test
  void takesEntriesOfAnotherPackage() {
    TestRegistry registry = versioned();
    ObjectLocation raw = registry.put(BUCKET, "raw", "bytes");
    PackageEdit edit =
        creating("old/name", new Change.PutObject(raw, Optional.of(json("{\"k\": [1, 1.0]}"))));
    ManifestEntry entry = registry.entries(hash(registry.push(edit, ON_TOP))).getFirst();
    TopHash taken = hash(registry.push(creating("new/name", new Change.PutEntry(entry)), ON_TOP));
    ManifestEntry copy = registry.entries(taken).getFirst();
    assertThat(copy.logicalKey().value()).isEqualTo("new/name");
    assertThat(copy.hasSameContent(entry)).isTrue();
    assertThat(copy.physicalUri()).isEqualTo(entry.physicalUri());
  }

  @Test
  void holdsEntriesOfOthersToTheirBytes() {
    TestRegistry registry = versioned();
    ObjectInfo raw = registry.store().find(registry.put(DATA, "raw", "bytes")).orElseThrow();
    String place = com.quiltdata.mcp.quilt.PhysicalKey.of(raw.location()).format();
    ObjectHash sha256 =
        new ObjectHash(
            "SHA256", "277089d91c0bdf4f2e6862ba7e4a07605119431f5d13f726dd352b06f1b206a9");
    PushOutcome copied = registry.push(creating("a", entry(place, 5, sha256)), ON_TOP);
    // Copied bytes get the hash of today.
    assertThat(registry.entries(hash(copied)).getFirst().hash().orElseThrow().type())
        .isEqualTo("sha2-256-chunked");
    assertThat(registry.problems()).isEmpty();
    ObjectHash wrong = new ObjectHash("SHA256", "0".repeat(64));
    assertFault(
            FaultCode.CORRUPT_DATA,
            () -> registry.push(creating("a", entry(place, 5, wrong)), ON_TOP))
        .withMessageContaining("'a'");
    assertFault(
            FaultCode.CORRUPT_DATA,
            () -> registry.push(creating("a", entry(place, 6, sha256)), ON_TOP))
        .withMessageContaining("there are 5, and the package says 6");
    assertFault(
            FaultCode.INVALID_ARGUMENT,
            () -> registry.push(creating("a", entry("file:///x", 5, sha256)), ON_TOP))
        .withMessageContaining("outside this storage");
  }

  private static Change entry(String place, long size, ObjectHash hash) {
    return new Change.PutEntry(
        new ManifestEntry(
            LogicalKey.parse("other"),
            place,
            com.quiltdata.mcp.json.StrictJson.NODES.numberNode(size),
            Optional.of(hash),
            com.quiltdata.mcp.json.StrictJson.NODES.objectNode()));
  }

  @Test
  void doesNotReplaceAVersionThatTheNextWriteRemoves() {
    TestRegistry registry = versioned();
    InMemoryObjectStore store = (InMemoryObjectStore) registry.store();
    store.addVersion("registry", "team/set/a", "null", "precious".getBytes(UTF_8));
    ObjectLocation source = registry.put(DATA, "s", "new");
    TopHash hash = hash(registry.push(creating("a", object(source), "b", text("b")), ON_TOP));
    assertThat(registry.entries(hash).getFirst().physicalUri())
        .startsWith("s3://registry/.quilt/objects/");
    assertThat(store.bytes("s3://registry/team/set/a")).asString(UTF_8).isEqualTo("precious");
    assertThat(registry.problems()).isEmpty();
  }

  @Test
  void usesWhatIsInItsPlaceAlready() {
    TestRegistry registry = plain();
    registry.put(BUCKET, "team/set/a", "same");
    registry.put(BUCKET, "team/set/b", "diff");
    ObjectLocation source = registry.put(DATA, "s", "same");
    PushOutcome outcome = registry.push(creating("a", object(source), "b", object(source)), ON_TOP);
    assertThat(outcome.copiedObjects()).isEqualTo(1);
    List<ManifestEntry> entries = registry.entries(hash(outcome));
    assertThat(entries.getFirst().physicalUri()).isEqualTo("s3://registry/team/set/a");
    assertThat(entries.getLast().physicalUri()).startsWith("s3://registry/.quilt/objects/");
    assertThat(registry.problems()).isEmpty();
  }

  @Test
  void warnsOfObjectsThatAnybodyMayOverwrite() {
    TestRegistry registry = plain();
    ObjectLocation raw = registry.put(BUCKET, "raw", "1");
    assertThat(registry.push(creating("a", object(raw)), ON_TOP).warnings())
        .singleElement()
        .asString()
        .startsWith("1 files are objects without a version");
    assertThat(registry.push(creating("b", object(raw)), ON_TOP.copying(true)).warnings())
        .isEmpty();
  }
}
