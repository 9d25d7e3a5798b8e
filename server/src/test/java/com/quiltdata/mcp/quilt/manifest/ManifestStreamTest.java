package com.quiltdata.mcp.quilt.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.QuiltFixtures;
import com.quiltdata.mcp.quilt.QuiltFixtures.ExpectedRevision;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestStreamTest {
  private static final String A = TestManifests.line("a", 1, "x");

  static Stream<ExpectedRevision> revisions() {
    return QuiltFixtures.revisions();
  }

  private static byte[] stored(ExpectedRevision revision) {
    return QuiltFixtures.files().entrySet().stream()
        .filter(file -> file.getKey().endsWith(".quilt/packages/" + revision.hash()))
        .findFirst()
        .orElseThrow()
        .getValue();
  }

  private static EntrySource entries(byte[] manifest) {
    return OrderedManifest.of(
        () -> ManifestReader.open(new ByteArrayInputStream(manifest), "test"));
  }

  private static String file(EntrySource entries) {
    try (InputStream stream = ManifestStream.of(entries.open())) {
      return new String(stream.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String file(String manifest) {
    return file(entries(manifest.getBytes(UTF_8)));
  }

  /// As the official push does, lines about folders are left out; all else is the same.
  @ParameterizedTest
  @MethodSource("revisions")
  void writesTheBytesOfTheOfficialClient(ExpectedRevision revision) {
    EntrySource entries = entries(stored(revision));
    String expected =
        new String(stored(revision), UTF_8)
            .lines()
            .filter(line -> !line.contains("/\", \"meta\""))
            .collect(Collectors.joining("\n", "", "\n"));
    assertThat(file(entries)).isEqualTo(expected);
    assertThat(MeasuredManifest.of(entries.open()))
        .isEqualTo(
            new MeasuredManifest(
                revision.hash(),
                expected.getBytes(UTF_8).length,
                revision.json().get("entries").longValue(),
                revision.json().get("total_size").longValue()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"b\": 1, \"a\": [1, -2.5, true, false, null, {}], \"\": \"\"}",
        "{\"n\": [0, -7, 123456789012345678901234567890, 1.0, 1e+16, 1.5e-07, -0.0, 5e-324]}",
        "{\"s\": \"\\\"\\\\\\n\\r\\t\\b\\f\\u0000\\u001f\u007f/é日\u2028\ue000😀\"}",
        "{\"é\": {\"😀\": []}}",
        "null"
      })
  void keepsCanonicalMetadataAsItStands(String meta) {
    String line = A.replace("\"meta\": {}", "\"meta\": " + meta);
    String expected = meta.equals("null") ? A : line;
    assertThat(file(TestManifests.HEADER + line)).isEqualTo(TestManifests.HEADER + expected);
  }

  @Test
  void givesOtherSpacingOrderAndNumbersTheOfficialForm() {
    String line =
        "{\"meta\":{\"x\":1E2,\"y\":-0,\"z\":\"\\u00e9\\/\"},\"hash\":null,\"size\":null,"
            + "\"more\":1,\"physical_keys\":[\"s3://b/k\"],\"logical_key\":\"a\"}";
    assertThat(file("{\"message\":null,\"version\":\"v0\",\"top_hash\":\"x\"}\n" + line))
        .isEqualTo(
            "{\"message\": null, \"version\": \"v0\"}\n"
                + "{\"logical_key\": \"a\", \"physical_keys\": [\"s3://b/k\"], \"size\": null, "
                + "\"hash\": null, \"meta\": {\"x\": 100.0, \"y\": 0, \"z\": \"é/\"}}\n");
  }

  @Test
  void givesSingleBytes() throws IOException {
    byte[] file = (TestManifests.HEADER + TestManifests.line("é", 1, "x")).getBytes(UTF_8);
    try (InputStream stream = ManifestStream.of(entries(file).open())) {
      for (byte b : file) {
        assertThat(stream.read()).isEqualTo(b & 0xff);
      }
      assertThat(stream.read()).isEqualTo(-1);
    }
  }

  @Test
  void makesRoomForAnyNumberOfEscapes() {
    String meta = "{\"s\": \"%s\"}".formatted("\\u0001".repeat(20_000));
    String manifest = TestManifests.HEADER + A.replace("{}", meta);
    assertThat(file(manifest)).isEqualTo(manifest);
  }

  @Test
  void writesInTreeOrder() {
    assertThat(file(OrderedManifest.of(TestManifests.of(List.of("a b", "a/b", "a.b", "a-b")))))
        .isEqualTo(file(OrderedManifest.of(TestManifests.of(List.of("a/b", "a b", "a-b", "a.b")))));
  }

  @Test
  void readsInPiecesOfAnySize() throws IOException {
    String expected = TestManifests.HEADER + A + TestManifests.line("b", 1, "é".repeat(5_000));
    for (int size : new int[] {1, 7, 8_192}) {
      try (InputStream stream = ManifestStream.of(entries(expected.getBytes(UTF_8)).open())) {
        StringBuilder latin = new StringBuilder();
        byte[] piece = new byte[size];
        for (int read = stream.read(piece); read >= 0; read = stream.read(piece)) {
          latin.append(new String(piece, 0, read, ISO_8859_1));
        }
        assertThat(latin.toString()).isEqualTo(new String(expected.getBytes(UTF_8), ISO_8859_1));
        assertThat(stream.read()).isEqualTo(-1);
        assertThat(stream.read(piece)).isEqualTo(-1);
      }
    }
  }

  @Test
  void takesALineOfTheMostBytesAndNamesALongerOne() {
    int room = LineWriter.MAX_LINE_BYTES - A.length() + 2;
    String most = TestManifests.line("a", 1, "v".repeat(room));
    assertThat(file(TestManifests.HEADER + most)).isEqualTo(TestManifests.HEADER + most);
    String more = TestManifests.HEADER + TestManifests.line("a", 1, "v".repeat(room + 1));
    assertThatThrownBy(() -> file(more))
        .isInstanceOfSatisfying(
            Fault.class, e -> assertThat(e.code()).isEqualTo(FaultCode.TOO_LARGE))
        .hasMessage(
            "The entry 'a' cannot be written: it takes 1000001 bytes in the manifest, and "
                + "1000000 are the most, so give it less metadata");
    assertThatThrownBy(() -> MeasuredManifest.of(entries(more.getBytes(UTF_8)).open()))
        .isInstanceOf(Fault.class);
  }

  @Test
  void refusesNumbersThatJsonCannotHold() {
    String line = A.replace("\"meta\": {}", "\"meta\": {\"x\": 1e999}");
    assertThatThrownBy(() -> file(TestManifests.HEADER + line))
        .isInstanceOfSatisfying(
            Fault.class, e -> assertThat(e.code()).isEqualTo(FaultCode.INVALID_ARGUMENT))
        .hasMessage("The entry 'a' cannot be written: a number is larger than any double");
  }

  @Test
  void refusesHalfCharacters() {
    ManifestEntry whole = TestManifests.entry("a");
    ManifestEntry half =
        new ManifestEntry(
            whole.logicalKey(), "s3://b/\ud800", whole.size(), whole.hash(), whole.meta());
    LineWriter writer = new LineWriter();
    assertThatThrownBy(() -> writer.line(half))
        .hasMessage("The entry 'a' cannot be written: a string holds half of a surrogate pair");
  }

  @Test
  void writesMetadataOfFolders() {
    LineWriter writer = new LineWriter();
    try (ManifestReader reader =
        TestManifests.text("{\"logical_key\":\"x/\",\"meta\":{\"n\":1}}").open()) {
      writer.line(reader.next().orElseThrow());
    }
    assertThat(new String(writer.block(), 0, writer.length(), UTF_8))
        .isEqualTo("{\"logical_key\": \"x/\", \"meta\": {\"n\": 1}}\n");
  }

  @Test
  void closesTheCursor() throws IOException {
    boolean[] closed = new boolean[1];
    EntryCursor cursor =
        new EntryCursor() {
          @Override
          public ManifestHeader header() {
            return TestManifests.header();
          }

          @Override
          public Optional<ManifestEntry> next() {
            return Optional.empty();
          }

          @Override
          public void close() {
            closed[0] = true;
          }
        };
    ManifestStream.of(cursor).close();
    assertThat(closed[0]).isTrue();
  }
}
