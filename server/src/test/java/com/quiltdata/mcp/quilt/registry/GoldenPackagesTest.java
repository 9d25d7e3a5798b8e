package com.quiltdata.mcp.quilt.registry;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.quilt.QuiltFixtures;
import com.quiltdata.mcp.quilt.QuiltFixtures.ExpectedRevision;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import com.quiltdata.mcp.quilt.hash.Sha256;
import com.quiltdata.mcp.quilt.manifest.FolderMetadata;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.manifest.ManifestReader;
import com.quiltdata.mcp.quilt.manifest.TopHasher;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Reads every revision that the official client wrote.
final class GoldenPackagesTest {
  static Stream<ExpectedRevision> revisions() {
    return QuiltFixtures.revisions();
  }

  @ParameterizedTest
  @MethodSource("revisions")
  void hasTheExpectedFile(ExpectedRevision expected) {
    String folder =
        QuiltFixtures.expected()
            .get("registries")
            .get(expected.registry())
            .get("path")
            .stringValue();
    byte[] manifest = QuiltFixtures.files().get(folder + "/.quilt/packages/" + expected.hash());
    assertThat(manifest).hasSize(expected.json().get("manifest_bytes").intValue());
    assertThat(HexFormat.of().formatHex(Sha256.newDigest().digest(manifest)))
        .isEqualTo(expected.json().get("manifest_sha256").stringValue());
  }

  @ParameterizedTest
  @MethodSource("revisions")
  void readsHeaderEntriesAndFolders(ExpectedRevision expected) {
    List<ManifestEntry> entries = new ArrayList<>();
    List<FolderMetadata> folders = new ArrayList<>();
    Registry registry = QuiltFixtures.registry(expected.registry());
    try (ManifestReader reader = registry.open(expected.hash())) {
      assertThat(reader.header().json()).isEqualTo(expected.json().get("header"));
      for (var line = reader.next(); line.isPresent(); line = reader.next()) {
        switch (line.get()) {
          case ManifestEntry entry -> entries.add(entry);
          case FolderMetadata folder -> folders.add(folder);
        }
      }
      assertThat(reader.isOrdered()).isTrue();
    }
    assertThat(registry.header(expected.hash()).json()).isEqualTo(expected.json().get("header"));
    assertThat(entries).hasSize(expected.json().get("entries").intValue());
    assertThat(entries.stream().mapToLong(entry -> entry.sizeBytes().orElseThrow()).sum())
        .isEqualTo(expected.json().get("total_size").longValue());
    JsonNode listing = expected.json().get("listing");
    boolean truncated = expected.json().has("listing_truncated");
    // A truncated listing shows the first and the last entries.
    for (int i = 0; i < listing.size(); i++) {
      int at = truncated && i >= listing.size() / 2 ? entries.size() - listing.size() + i : i;
      assertSame(entries.get(at), listing.get(i));
    }
    JsonNode folderMeta = expected.json().get("folder_meta");
    assertThat(folders).hasSize(folderMeta.size());
    for (int i = 0; i < folderMeta.size(); i++) {
      assertThat(folders.get(i).folder() + "/").isEqualTo(folderMeta.get(i).get(0).stringValue());
      assertThat(folders.get(i).meta()).isEqualTo(folderMeta.get(i).get(1));
    }
  }

  private static void assertSame(ManifestEntry entry, JsonNode expected) {
    assertThat(entry.logicalKey()).hasToString(expected.get("logical_key").stringValue());
    assertThat(entry.physicalUri()).isEqualTo(expected.get("physical_key").stringValue());
    assertThat(entry.physicalKey().format()).isEqualTo(entry.physicalUri());
    assertThat(entry.size().longValue()).isEqualTo(expected.get("size").longValue());
    assertThat(entry.hash())
        .contains(
            new ObjectHash(
                expected.get("hash").get("type").stringValue(),
                expected.get("hash").get("value").stringValue()));
    assertThat(entry.meta()).isEqualTo(expected.get("meta"));
  }

  @ParameterizedTest
  @MethodSource("revisions")
  void recomputesTheTopHash(ExpectedRevision expected) {
    Registry registry = QuiltFixtures.registry(expected.registry());
    assertThat(TopHasher.hash(registry.manifest(expected.hash()))).isEqualTo(expected.hash());
  }

  @ParameterizedTest
  @MethodSource("revisions")
  void verifiesTheBytesOfEntries(ExpectedRevision expected) throws IOException {
    boolean big = expected.name().value().equals("demo/big-objects");
    boolean withoutBytes = expected.name().value().equals("demo/large");
    // In a bucket without versions a later push has overwritten what older revisions name.
    boolean overwritten =
        expected.registry().equals("fx-plain")
            && (!isNewest(expected) || expected.name().value().equals("demo/deleted-rev"));
    try (ManifestReader reader =
        QuiltFixtures.registry(expected.registry()).open(expected.hash())) {
      for (var next = reader.nextEntry(); next.isPresent(); next = reader.nextEntry()) {
        ManifestEntry entry = next.get();
        JsonNode rule = QuiltFixtures.bigObjects().get(entry.logicalKey().value());
        if (big) {
          assertMatches(entry, QuiltFixtures.generate(rule));
        } else if (!withoutBytes && !overwritten) {
          byte[] bytes = QuiltFixtures.bytes(entry.physicalKey()).orElseThrow();
          assertMatches(entry, new ByteArrayInputStream(bytes));
        }
      }
    }
  }

  private static void assertMatches(ManifestEntry entry, InputStream bytes) throws IOException {
    assertThat(entry.hash().orElseThrow().matches(bytes, entry.sizeBytes().orElseThrow()))
        .as("%s", entry.logicalKey())
        .isTrue();
  }

  private static boolean isNewest(ExpectedRevision expected) {
    return QuiltFixtures.registry(expected.registry())
        .revisions(expected.name())
        .getFirst()
        .hash()
        .equals(expected.hash());
  }
}
