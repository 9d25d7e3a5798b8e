package com.quiltdata.mcp.quilt.push;

import static com.quiltdata.mcp.quilt.push.TestRegistry.BUCKET;
import static com.quiltdata.mcp.quilt.push.TestRegistry.CLOCK;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.PhysicalKey;
import com.quiltdata.mcp.quilt.QuiltFixtures;
import com.quiltdata.mcp.quilt.QuiltFixtures.ExpectedRevision;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.manifest.ManifestHeader;
import com.quiltdata.mcp.quilt.manifest.ManifestReader;
import com.quiltdata.mcp.quilt.workflow.WorkflowChoice;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.PutOptions;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The content of every package that the official client wrote, pushed again, has the same top
/// hash.
final class FixturePushTest {
  @TempDir private Path folder;

  /// Those whose header and bytes can be had: the workflows of the folder registry have an address
  /// that is no place here, and in the bucket without versions old bytes are gone.
  static Stream<ExpectedRevision> revisions() {
    return QuiltFixtures.revisions()
        .filter(revision -> !revision.registry().equals("local-wf"))
        .filter(revision -> !revision.registry().equals("fx-plain") || isWhole(revision));
  }

  private static boolean isWhole(ExpectedRevision revision) {
    return !revision.name().value().equals("demo/deleted-rev")
        && QuiltFixtures.registry(revision.registry())
            .revisions(revision.name())
            .getFirst()
            .hash()
            .equals(revision.hash());
  }

  static Stream<ExpectedRevision> plainRevisions() {
    return revisions()
        .filter(revision -> !revision.registry().equals("fx-workflows"))
        .filter(revision -> !revision.name().value().equals("demo/large"))
        .filter(revision -> !revision.name().value().equals("demo/big-objects"))
        .filter(revision -> !revision.name().value().equals("demo/hash-kinds"));
  }

  @ParameterizedTest
  @MethodSource("revisions")
  void hasTheSameTopHashInABucketWithVersions(ExpectedRevision expected) {
    boolean workflow = expected.registry().equals("fx-workflows");
    InMemoryObjectStore store = workflow ? QuiltFixtures.store() : new InMemoryObjectStore();
    BucketName bucket =
        workflow ? new BucketName(expected.registry()) : store.addVersionedBucket(BUCKET.value());
    ManifestHeader header = QuiltFixtures.registry(expected.registry()).header(expected.hash());
    PushOptions options =
        PushOptions.DEFAULT
            .expecting(Expected.ANYTHING)
            .checkedBy(
                header
                    .workflow()
                    .<WorkflowChoice>map(
                        chosen -> new WorkflowChoice.Named(chosen.get("id").stringValue()))
                    .orElse(WorkflowChoice.DEFAULT));
    PushOutcome outcome =
        new Push(store, bucket, _ -> true, CLOCK)
            .push(expected.name(), edit(expected, store, bucket), options, PushProgress.NONE);
    assertThat(outcome.topHash()).contains(expected.hash());
    assertThat(outcome.entries()).isEqualTo(expected.json().get("entries").intValue());
    assertThat(outcome.totalBytes()).isEqualTo(expected.json().get("total_size").longValue());
  }

  @ParameterizedTest
  @MethodSource("plainRevisions")
  void hasTheSameTopHashInAFolder(ExpectedRevision expected) {
    TestRegistry registry = TestRegistry.of(StoreKind.FOLDER, folder);
    PushOutcome outcome =
        registry
            .push()
            .push(
                expected.name(),
                edit(expected, registry.store(), TestRegistry.DATA),
                PushOptions.DEFAULT,
                PushProgress.NONE);
    assertThat(outcome.topHash()).contains(expected.hash());
    assertThat(registry.problems()).isEmpty();
  }

  private static PackageEdit edit(ExpectedRevision expected, ObjectStore store, BucketName data) {
    Map<LogicalKey, Change> changes = new TreeMap<>();
    ManifestHeader header;
    try (ManifestReader reader =
        QuiltFixtures.registry(expected.registry()).open(expected.hash())) {
      header = reader.header();
      for (var entry = reader.nextEntry(); entry.isPresent(); entry = reader.nextEntry()) {
        InputStream bytes = bytes(expected, entry.get());
        ObjectInfo stored =
            store.put(ObjectLocation.of(data, "data/" + changes.size()), bytes, PutOptions.NONE);
        changes.put(entry.get().logicalKey(), change(expected, entry.get(), stored));
      }
    }
    return PackageEdit.create(changes, metadata(header), header.message());
  }

  private static InputStream bytes(ExpectedRevision expected, ManifestEntry entry) {
    if (expected.name().value().equals("demo/large")) {
      // Nobody has them; their hash is taken over.
      return new ByteArrayInputStream(new byte[(int) entry.sizeBytes().orElseThrow()]);
    }
    if (expected.name().value().equals("demo/big-objects")) {
      return QuiltFixtures.generate(QuiltFixtures.bigObjects().get(entry.logicalKey().value()));
    }
    return new ByteArrayInputStream(QuiltFixtures.bytes(entry.physicalKey()).orElseThrow());
  }

  /// Hashes are computed anew, but for kinds that are only taken over.
  private static Change change(ExpectedRevision expected, ManifestEntry entry, ObjectInfo stored) {
    boolean chunked = entry.hash().orElseThrow().type().equals("sha2-256-chunked");
    boolean plain = entry.meta().propertyNames().stream().allMatch("user_meta"::equals);
    boolean large = expected.name().value().equals("demo/large");
    return chunked && plain && !large
        ? new Change.PutObject(stored.location(), entry.userMeta())
        : new Change.PutEntry(
            new ManifestEntry(
                entry.logicalKey(),
                PhysicalKey.of(stored.location()).format(),
                entry.size(),
                entry.hash(),
                entry.meta()));
  }

  private static MetadataEdit metadata(ManifestHeader header) {
    JsonNode meta = header.json().get("user_meta");
    if (meta == null) {
      return MetadataEdit.KEEP;
    }
    return meta.isNull() ? new MetadataEdit.Clear() : new MetadataEdit.Replace((ObjectNode) meta);
  }
}
