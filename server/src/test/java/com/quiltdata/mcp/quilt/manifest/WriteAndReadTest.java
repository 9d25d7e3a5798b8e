package com.quiltdata.mcp.quilt.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.quilt.hash.Sha256;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/// Whatever is written is read again as the same, and hashes to the same.
final class WriteAndReadTest {
  static LongStream seeds() {
    return LongStream.range(0, 300);
  }

  private static byte[] file(EntrySource entries) {
    try (InputStream stream = ManifestStream.of(entries.open())) {
      return stream.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<ManifestEntry> all(EntrySource source) {
    List<ManifestEntry> entries = new ArrayList<>();
    source.open().forEach(entries::add);
    return entries;
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void readsWhatItWrote(long seed) {
    EntrySource written = new OddManifests(seed).next();
    byte[] bytes = file(written);
    ManifestSource source = () -> ManifestReader.open(new ByteArrayInputStream(bytes), "test");
    OrderedManifest read = OrderedManifest.of(source);
    assertThat(read.open().header()).isEqualTo(written.open().header());
    assertThat(all(read)).isEqualTo(all(written));
    assertThat(file(read)).isEqualTo(bytes);
    MeasuredManifest measured = MeasuredManifest.of(written.open());
    assertThat(measured).isEqualTo(MeasuredManifest.of(read.open()));
    assertThat(measured.sizeBytes()).isEqualTo(bytes.length);
    assertThat(measured.topHash()).isEqualTo(TopHasher.hash(source));
    assertThat(measured.topHash()).hasToString(slowHash(written));
    assertThat(PackageDiff.between(source, source, 1).isEmpty()).isTrue();
  }

  /// The top hash as its definition has it: one canonical text, digested.
  private static String slowHash(EntrySource entries) {
    StringBuilder text = new StringBuilder();
    text.append(CanonicalJson.text(entries.open().header().json()));
    entries
        .open()
        .forEach(entry -> {
          ObjectNode json = JsonNodeFactory.instance.objectNode();
          json.put("logical_key", entry.logicalKey().value());
          json.set("size", entry.size());
          json.set("meta", entry.meta());
          json.putObject("hash")
              .put("type", entry.hash().orElseThrow().type())
              .put("value", entry.hash().orElseThrow().value());
          text.append(CanonicalJson.text(json));
        });
    return HexFormat.of().formatHex(Sha256.newDigest().digest(text.toString().getBytes(UTF_8)));
  }
}
