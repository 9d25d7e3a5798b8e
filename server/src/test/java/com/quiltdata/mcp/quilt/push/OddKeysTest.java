package com.quiltdata.mcp.quilt.push;

import static com.quiltdata.mcp.quilt.push.TestRegistry.BUCKET;
import static com.quiltdata.mcp.quilt.push.TestRegistry.object;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.OddKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Keys that no file system takes are packaged and read back unchanged.
final class OddKeysTest {
  private static final long SEED = 20_261_126;

  @TempDir private Path folder;

  /// Those that a package can hold side by side, with what is stored under each.
  private static SortedMap<LogicalKey, String> keys() {
    SortedMap<LogicalKey, String> keys = new TreeMap<>();
    Stream.concat(OddKeys.shallow().stream(), OddKeys.random(SEED, 200).stream())
        .filter(LogicalKey::isValid)
        .map(LogicalKey::new)
        .filter(key ->
            keys.keySet().stream()
                .noneMatch(other -> other.isFolderOf(key) || key.isFolderOf(other)))
        .forEach(key -> keys.put(key, "bytes of " + keys.size()));
    return keys;
  }

  @ParameterizedTest
  @EnumSource
  void packagesWhatIsInTheBucket(StoreKind kind) throws IOException {
    push(TestRegistry.of(kind, folder), BUCKET, false);
  }

  @ParameterizedTest
  @EnumSource
  void copiesWhatIsElsewhere(StoreKind kind) throws IOException {
    push(TestRegistry.of(kind, folder), TestRegistry.DATA, true);
  }

  private static void push(TestRegistry registry, BucketName from, boolean copy)
      throws IOException {
    SortedMap<LogicalKey, String> keys = keys();
    assertThat(keys).as("seed %d", SEED).hasSizeGreaterThan(60);
    Map<LogicalKey, Change> changes = new TreeMap<>();
    keys.forEach((key, text) -> changes.put(key, object(registry.put(from, key.value(), text))));
    PackageEdit edit = PackageEdit.create(changes, MetadataEdit.KEEP, Optional.empty());
    TopHash hash = registry.push(edit, PushOptions.DEFAULT.copying(copy)).topHash().orElseThrow();

    List<ManifestEntry> entries = registry.entries(hash);
    assertThat(entries)
        .extracting(ManifestEntry::logicalKey)
        .containsExactlyElementsOf(keys.keySet());
    for (ManifestEntry entry : entries) {
      ObjectLocation location = entry.physicalKey().locate(registry.store()).orElseThrow();
      try (ObjectContent content = registry.store().open(location, ByteRange.ALL)) {
        assertThat(new String(content.stream().readAllBytes(), StandardCharsets.UTF_8))
            .isEqualTo(keys.get(entry.logicalKey()));
      }
    }
    assertThat(registry.problems()).isEmpty();
  }
}
