package com.quiltdata.mcp.quilt.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import com.quiltdata.mcp.quilt.hash.RuleStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ManifestReaderTest {
  private static final String A = TestManifests.line("a", 1, "x");

  private static List<ManifestLine> lines(ManifestReader reader) {
    List<ManifestLine> lines = new ArrayList<>();
    try (reader) {
      for (var line = reader.next(); line.isPresent(); line = reader.next()) {
        lines.add(line.get());
      }
    }
    return lines;
  }

  private static List<ManifestLine> lines(String text) {
    return lines(TestManifests.raw(text).open());
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of("", "Manifest test is empty"),
        Arguments.of("\ufeff" + TestManifests.HEADER, "line 1: it begins with a byte order mark"),
        Arguments.of("\n" + TestManifests.HEADER, "line 1: it is blank"),
        Arguments.of("[]\n", "line 1: it is no JSON object"),
        Arguments.of("{}\n", "line 1: the header has no version"),
        Arguments.of("{\"version\": \"v9\"}\n", "line 1: the header has another version than v0"),
        Arguments.of("{\"version\": \"v0\", \"user_meta\": []}", "line 1: user_meta of the header"),
        Arguments.of("{\"version\": \"v0\", \"workflow\": 1}", "line 1: workflow of the header"),
        Arguments.of("{\"version\": \"v0\", \"message\": 1}", "line 1: message of the header"),
        Arguments.of("{\"version\": \"v0\"", "line 1: it is not JSON"),
        behind(A + "\n" + A, "line 3: it is blank"),
        behind(A + " \r\n", "line 3: it is blank"),
        behind(A + A, "line 3: the logical key 'a' stands there twice"),
        behind(A + TestManifests.line("a/b", 1, "x"), "line 3: 'a' is both a file and a folder"),
        behind(A.substring(0, 50), "line 2: it is not JSON"),
        behind("null\n", "line 2: it is no JSON object"),
        behind("[1]\n", "line 2: it is no JSON object"),
        behind("\"a\"\n", "line 2: it is no JSON object"),
        behind("{} {}\n", "line 2: something stands behind"),
        behind("{}]\n", "line 2: it is not JSON"),
        behind(A.replace("\"meta\": {}", "\"meta\": NaN"), "line 2: it is not JSON"),
        behind(A.replace("logical_key", "x"), "line 2: logical_key is missing"),
        behind(A.replace("\"a\"", "1"), "line 2: logical_key is no text"),
        behind(A.replace("\"a\"", "\"a/../b\""), "line 2: Invalid path 'a/../b'"),
        behind(A.replace("\"size\"", "\"x\""), "line 2: size is missing"),
        behind(A.replace("\"size\": 1", "\"size\": -1"), "line 2: size of an entry"),
        behind(A.replace("\"size\": 1", "\"size\": 1.5"), "line 2: size of an entry"),
        behind(A.replace("\"size\": 1", "\"size\": 1e999"), "line 2: size of an entry"),
        behind(A.replace("\"size\": 1", "\"size\": 9223372036854775808"), "line 2: size of an"),
        behind(A.replace("\"size\": 1", "\"size\": true"), "line 2: size of an entry"),
        behind(A.replace("\"meta\"", "\"x\""), "line 2: meta is missing"),
        behind(A.replace("\"meta\": {}", "\"meta\": []"), "line 2: meta is no object"),
        behind(A.replace("\"meta\": {}", "\"meta\": {\"\\ud800\": 1}"), "line 2: it is not JSON"),
        behind(A.replace("\"a\"", "\"\\udc00\""), "line 2: a string holds half"),
        behind(A.replace("\"hash\"", "\"x\""), "line 2: hash is missing"),
        behind(A.replace("\"type\"", "\"x\""), "line 2: hash has a member besides"),
        behind(A.replace("\"SHA256\"", "1"), "line 2: type of the hash is no text"),
        behind(A.replace(", \"value\": \"x\"", ""), "line 2: hash has no type or no value"),
        behind(A.replace("[\"s3://bucket/k\"]", "\"k\""), "line 2: physical_keys is no list"),
        behind(A.replace("[\"s3://bucket/k\"]", "[1]"), "line 2: a physical key is no text"),
        behind(A.replace("/k\"]", "/k\", \"s3://b/l\"]"), "line 2: there is more than one"),
        behind(A.replace("[\"s3://bucket/k\"]", "[]"), "line 2: there is neither a physical key"),
        behind("{\"logical_key\": \"/\", \"meta\": {}}", "line 2: Invalid path ''"));
  }

  private static Arguments behind(String lines, String message) {
    return Arguments.of(TestManifests.HEADER + lines, message);
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void namesTheLineThatIsBroken(String text, String message) {
    assertThatThrownBy(() -> lines(text))
        .isInstanceOfSatisfying(
            Fault.class, e -> assertThat(e.code()).isEqualTo(FaultCode.CORRUPT_DATA))
        .hasMessageStartingWith("Manifest test")
        .hasMessageContaining(message);
  }

  @Test
  void refusesMalformedUtf8() {
    byte[] bytes = (TestManifests.HEADER + A.replace("\"a\"", "\"\u00ff\"")).getBytes(ISO_8859_1);
    ManifestReader reader = ManifestReader.open(new ByteArrayInputStream(bytes), "test");
    assertThatThrownBy(() -> lines(reader))
        .hasMessage("Manifest test, line 2: it is not valid UTF-8");
  }

  @Test
  void takesOtherSpacingAndAMissingFinalLineFeed() {
    String line = A.replace(": ", " :\t").replace("\n", "  \r\n");
    assertThat(lines(TestManifests.HEADER + line + TestManifests.line("b", 1, "x").strip()))
        .hasSize(2);
  }

  @Test
  void cutsLinesAtLineFeedsOnly() {
    assertThat(lines(TestManifests.HEADER + TestManifests.line("a\u2028b\u0085c", 1, "x")))
        .singleElement()
        .extracting(line -> ((ManifestEntry) line).logicalKey().value())
        .isEqualTo("a\u2028b\u0085c");
  }

  @Test
  void readsNullsAndPassesOverUnknownMembers() {
    String line =
        "{\"x\": {\"y\": [1]}, \"logical_key\": \"a\", \"physical_keys\": [\"s3://b/a\"],"
            + " \"size\": null, \"hash\": null, \"meta\": null}\n";
    assertThat(lines(TestManifests.HEADER + line))
        .singleElement()
        .isInstanceOfSatisfying(
            ManifestEntry.class,
            entry -> {
              assertThat(entry.sizeBytes()).isEmpty();
              assertThat(entry.hash()).isEmpty();
              assertThat(entry.meta().isEmpty()).isTrue();
            });
  }

  @Test
  void keepsUnknownHashTypesAndBrokenPhysicalKeysUntilTheyAreUsed() {
    String line = A.replace("SHA256", "BLAKE9").replace("s3://bucket/k", "gopher://x");
    assertThat(lines(TestManifests.HEADER + line))
        .singleElement()
        .isInstanceOfSatisfying(
            ManifestEntry.class,
            entry -> {
              assertThat(entry.hash()).contains(new ObjectHash("BLAKE9", "x"));
              assertThat(entry.physicalUri()).isEqualTo("gopher://x");
              assertThatThrownBy(entry::physicalKey)
                  .hasMessage("The physical key of 'a' is broken: Unexpected scheme: 'gopher'");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ", \"physical_keys\": null", ", \"physical_keys\": []"})
  void readsMetadataOfFolders(String physicalKeys) {
    String line = "{\"logical_key\": \"x/y/\", \"meta\": {\"n\": 1}%s}\n".formatted(physicalKeys);
    assertThat(lines(TestManifests.HEADER + line))
        .singleElement()
        .isInstanceOfSatisfying(
            FolderMetadata.class,
            folder -> {
              assertThat(folder.folder()).isEqualTo(LogicalKey.parse("x/y"));
              assertThat(folder.meta().get("n").intValue()).isEqualTo(1);
            });
  }

  @Test
  void takesTheLastOfMembersWithTheSameName() {
    String line = A.replace("\"meta\": {}", "\"meta\": {\"b\": 1, \"b\": 2}");
    assertThat(lines(TestManifests.HEADER + line))
        .singleElement()
        .isInstanceOfSatisfying(
            ManifestEntry.class,
            entry -> assertThat(CanonicalJson.text(entry.meta())).isEqualTo("{\"b\":2}"));
  }

  @Test
  void noticesAnotherOrderAndGoesOn() {
    ManifestReader reader = TestManifests.of(List.of("b", "a", "b")).open();
    assertThat(lines(reader)).hasSize(3);
    assertThat(reader.isOrdered()).isFalse();
    ManifestReader ordered = TestManifests.of(List.of("a", "b")).open();
    assertThat(lines(ordered)).hasSize(2);
    assertThat(ordered.isOrdered()).isTrue();
  }

  @Test
  void readsLongLinesAcrossItsBlocks() {
    StringBuilder text = new StringBuilder(TestManifests.HEADER);
    for (int i = 0; i < 40; i++) {
      text.append(TestManifests.line("k%02d".formatted(i), i, "v".repeat(i * 5_000)));
    }
    List<ManifestLine> lines = lines(text.toString());
    assertThat(lines).hasSize(40);
    assertThat(((ManifestEntry) lines.get(39)).hash().orElseThrow().value()).hasSize(195_000);
  }

  @Test
  void refusesWhatIsTooLarge() {
    int length = A.length() - 1;
    String text = TestManifests.HEADER + A + TestManifests.line("b", 1, "x");
    assertThat(lines(limited(text, new ManifestLimits(length, 3, text.length())))).hasSize(2);
    assertTooLarge(
        text,
        new ManifestLimits(length - 1, 3, text.length()),
        "Manifest test, line 2: longer than %d bytes".formatted(length - 1));
    assertTooLarge(
        text, new ManifestLimits(length, 2, text.length()), "Manifest test has more than 2 lines");
    assertTooLarge(
        text,
        new ManifestLimits(length, 3, text.length() - 1),
        "Manifest test has more than %d bytes".formatted(text.length() - 1));
  }

  @Test
  void refusesALineOfAMebibyteAndMoreWithoutReadingAllOfIt() {
    InputStream endless = new RuleStream(Long.MAX_VALUE, 0, 'x');
    assertThatThrownBy(() -> ManifestReader.open(endless, "test"))
        .isInstanceOfSatisfying(
            Fault.class, e -> assertThat(e.code()).isEqualTo(FaultCode.TOO_LARGE))
        .hasMessage("Manifest test, line 1: longer than 1048576 bytes");
  }

  private static ManifestReader limited(String text, ManifestLimits limits) {
    return ManifestReader.open(new ByteArrayInputStream(text.getBytes(UTF_8)), "test", limits);
  }

  private static void assertTooLarge(String text, ManifestLimits limits, String message) {
    assertThatThrownBy(() -> lines(limited(text, limits)))
        .isInstanceOfSatisfying(
            Fault.class, e -> assertThat(e.code()).isEqualTo(FaultCode.TOO_LARGE))
        .hasMessage(message);
  }

  @Test
  void saysSoWhenTheStorageBreaksOff() throws IOException {
    InputStream broken = InputStream.nullInputStream();
    broken.close();
    assertThatThrownBy(() -> ManifestReader.open(broken, "test"))
        .isInstanceOfSatisfying(
            Fault.class, e -> assertThat(e.code()).isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE))
        .hasMessage("Manifest test could not be read to its end");
  }

  @Test
  void closesTheFileWhenTheHeaderIsBroken() {
    boolean[] closed = new boolean[1];
    InputStream in =
        new ByteArrayInputStream(new byte[0]) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    assertThatThrownBy(() -> ManifestReader.open(in, "test")).isInstanceOf(Fault.class);
    assertThat(closed[0]).isTrue();
  }
}
