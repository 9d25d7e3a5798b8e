package com.quiltdata.mcp.sample;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.PhysicalKey;
import com.quiltdata.mcp.quilt.QuiltFixtures;
import com.quiltdata.mcp.quilt.manifest.ManifestReader;
import com.quiltdata.mcp.quilt.registry.PackageRevision;
import com.quiltdata.mcp.quilt.registry.Pointer;
import com.quiltdata.mcp.quilt.registry.Registry;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;

/// Keeps the shipped archive equal to the golden packages it is made of.
///
/// `./mvnw -pl server test -Dtest=SampleArchiveTest -Dgolden.update` writes it anew. Its names are
/// object keys: data files first, so that manifests can be pointed at them, and pointers last.
final class SampleArchiveTest {
  private static final Path ARCHIVE =
      Path.of("src/main/resources/com/quiltdata/mcp/sample/registry.zip");

  /// Only packages whose bytes are at hand.
  private static final List<String> PACKAGES =
      List.of(
          "demo/empty",
          "demo/folder-meta",
          "demo/hash-kinds",
          "demo/null-user-meta",
          "demo/odd-keys",
          "demo/revisions",
          "demo/summary",
          "demo/tiny");

  private static final LocalDateTime TIME = LocalDateTime.of(1980, 1, 1, 0, 0);

  @Test
  void holdsTheGoldenPackagesAsTheyAre() throws IOException {
    List<NavigableMap<String, byte[]>> contents = contents();
    if (System.getProperty("golden.update") != null) {
      write(contents);
    }
    NavigableMap<String, byte[]> expected = new TreeMap<>();
    contents.forEach(expected::putAll);
    NavigableMap<String, byte[]> found = read();
    assertThat(found.keySet()).isEqualTo(expected.keySet());
    expected.forEach((key, bytes) -> assertThat(found.get(key)).as(key).isEqualTo(bytes));
  }

  private static List<NavigableMap<String, byte[]>> contents() {
    NavigableMap<String, byte[]> data = new TreeMap<>();
    NavigableMap<String, byte[]> manifests = new TreeMap<>();
    NavigableMap<String, byte[]> pointers = new TreeMap<>();
    Registry registry = QuiltFixtures.registry("local");
    for (String text : PACKAGES) {
      PackageName name = PackageName.parse(text);
      for (PackageRevision revision : registry.revisions(name)) {
        String manifest = ".quilt/packages/" + revision.hash();
        manifests.put(manifest, file("registry/" + manifest));
        for (Pointer pointer : revision.pointers()) {
          String key = ".quilt/named_packages/%s/%s".formatted(name, pointer.name());
          pointers.put(key, file("registry/" + key));
        }
        addData(registry.open(revision.hash()), data);
      }
    }
    return List.of(data, manifests, pointers);
  }

  private static void addData(ManifestReader reader, NavigableMap<String, byte[]> data) {
    try (reader) {
      for (var entry = reader.nextEntry(); entry.isPresent(); entry = reader.nextEntry()) {
        PhysicalKey key = entry.get().physicalKey();
        String path = ((PhysicalKey.LocalFile) key).path();
        data.put(
            path.substring(path.indexOf("/data/") + 1), QuiltFixtures.bytes(key).orElseThrow());
      }
    }
  }

  private static byte[] file(String path) {
    return QuiltFixtures.files().get("local/" + path);
  }

  private static void write(List<NavigableMap<String, byte[]>> contents) throws IOException {
    try (OutputStream out = Files.newOutputStream(ARCHIVE);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (NavigableMap<String, byte[]> part : contents) {
        for (var file : part.entrySet()) {
          ZipEntry entry = new ZipEntry(file.getKey());
          entry.setTimeLocal(TIME);
          zip.putNextEntry(entry);
          zip.write(file.getValue());
        }
      }
    }
  }

  private static NavigableMap<String, byte[]> read() throws IOException {
    NavigableMap<String, byte[]> files = new TreeMap<>();
    try (InputStream in = Files.newInputStream(ARCHIVE);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    }
    return files;
  }
}
