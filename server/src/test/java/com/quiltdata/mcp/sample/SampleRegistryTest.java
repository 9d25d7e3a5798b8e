package com.quiltdata.mcp.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.QuiltFixtures;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.manifest.ManifestReader;
import com.quiltdata.mcp.quilt.manifest.TopHasher;
import com.quiltdata.mcp.quilt.registry.PackageRevision;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.local.LocalObjectStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SampleRegistryTest {
  @TempDir Path cache;

  private final SampleRegistry sample = new SampleRegistry();

  @Test
  void holdsPackagesWhoseTopHashesAndBytesAreRight() throws IOException {
    LocalObjectStore store = new LocalObjectStore(sample.materialise(cache));
    assertThat(store.buckets()).containsExactly(SampleRegistry.BUCKET);
    Registry registry = new Registry(store, SampleRegistry.BUCKET);
    List<PackageName> names = registry.packages("", 100, Optional.empty()).names();
    assertThat(names).hasSize(8);
    int verified = 0;
    for (PackageName name : names) {
      for (PackageRevision revision : registry.revisions(name)) {
        assertThat(TopHasher.hash(registry.manifest(revision.hash()))).isEqualTo(revision.hash());
        verified += verify(store, registry.open(revision.hash()));
      }
    }
    assertThat(verified).isEqualTo(74);
  }

  private static int verify(LocalObjectStore store, ManifestReader reader) throws IOException {
    int count = 0;
    try (reader) {
      for (var next = reader.nextEntry(); next.isPresent(); next = reader.nextEntry()) {
        ManifestEntry entry = next.get();
        ObjectLocation where = entry.physicalKey().locate(store).orElseThrow();
        assertThat(where.key()).startsWith("data/");
        try (ObjectContent content = store.open(where, ByteRange.ALL)) {
          long size = entry.sizeBytes().orElseThrow();
          assertThat(content.info().sizeBytes()).isEqualTo(size);
          assertThat(entry.hash().orElseThrow().matches(content.stream(), size))
              .as("%s", entry.logicalKey())
              .isTrue();
        }
        count++;
      }
    }
    return count;
  }

  @Test
  void changesNothingInAManifestButPhysicalKeys() {
    LocalObjectStore store = new LocalObjectStore(sample.materialise(cache));
    Registry registry = new Registry(store, SampleRegistry.BUCKET);
    Registry golden = QuiltFixtures.registry("local");
    for (PackageName name : registry.packages("", 100, Optional.empty()).names()) {
      assertThat(registry.latest(name)).isEqualTo(golden.latest(name));
      try (ManifestReader one = registry.open(registry.latest(name));
          ManifestReader two = golden.open(golden.latest(name))) {
        assertThat(one.header()).isEqualTo(two.header());
        for (var line = one.next(); line.isPresent(); line = one.next()) {
          switch (line.get()) {
            case ManifestEntry entry -> {
              ManifestEntry original = (ManifestEntry) two.next().orElseThrow();
              assertThat(entry.logicalKey()).isEqualTo(original.logicalKey());
              assertThat(entry.hasSameContent(original)).isTrue();
            }
            case com.quiltdata.mcp.quilt.manifest.FolderMetadata folder ->
                assertThat(two.next()).contains(folder);
          }
        }
      }
    }
  }

  @Test
  void unpacksOnce() throws IOException {
    Path root = sample.materialise(cache);
    Path note = Files.writeString(root.resolve("quilt-sample/mine.txt"), "stays");
    assertThat(new SampleRegistry().materialise(cache)).isEqualTo(root);
    assertThat(note).hasContent("stays");
  }

  @Test
  void unpacksAgainWhenTheCacheWasMoved() throws IOException {
    Path before = cache.resolve("before");
    Path root = sample.materialise(before);
    Path after = Files.move(before, cache.resolve("after"));
    assertThat(sample.materialise(after).getFileName()).isNotEqualTo(root.getFileName());
  }

  @Test
  void mayBeUnpackedByManyAtOnce() throws Exception {
    List<Future<Path>> roots = new ArrayList<>();
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 8; i++) {
        roots.add(executor.submit(() -> new SampleRegistry().materialise(cache)));
      }
    }
    Path root = roots.getFirst().get();
    for (Future<Path> other : roots) {
      assertThat(other.get()).isEqualTo(root);
    }
    try (Stream<Path> left = Files.list(cache)) {
      assertThat(left).containsExactly(cache.toRealPath().resolve(root.getFileName()));
    }
  }

  @Test
  void saysSoWhenTheCacheCannotBeWritten() throws IOException {
    Path file = Files.writeString(cache.resolve("file"), "");
    assertThatThrownBy(() -> sample.materialise(file))
        .isInstanceOfSatisfying(
            Fault.class, e -> assertThat(e.code()).isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE))
        .hasMessage("The sample registry could not be unpacked");
  }
}
