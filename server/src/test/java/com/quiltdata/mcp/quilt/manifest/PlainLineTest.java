package com.quiltdata.mcp.quilt.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.quilt.QuiltFixtures;
import com.quiltdata.mcp.quilt.TopHash;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The short cut past the parser and the parser itself find the same in every line.
final class PlainLineTest {
  private static final String A = TestManifests.line("a/b.txt", 12, "x").strip();

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] withMeta(String meta) {
    return bytes(A.replace("\"meta\": {}", "\"meta\": " + meta));
  }

  static Stream<byte[]> goldenLines() {
    return QuiltFixtures.files().entrySet().stream()
        .filter(file -> file.getKey().contains("/.quilt/packages/"))
        .flatMap(file -> new String(file.getValue(), UTF_8).lines().skip(1))
        .map(PlainLineTest::bytes);
  }

  @Test
  void agreesWithTheParserAboutAllGoldenLines() {
    long[] counts = new long[2];
    goldenLines()
        .forEach(line -> {
          assertThat(BothReadings.of(line)).isPresent();
          counts[BothReadings.isPlain(line) ? 0 : 1]++;
        });
    assertThat(counts[0]).isGreaterThan(5_000);
    assertThat(counts[1]).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"a\": 1}",
        "{\"user_meta\": {\"a\": [1, -2, 0.5, 1e5, -0, 1E-7, 2e+3], \"b\": {}, \"c\": []}}",
        "{\"a\": true, \"b\": false, \"c\": null}",
        "{ \"a\" : 1 ,  \"b\" :2 }",
        "{\"a\":\"\",\"a\":\"b\"}",
        "{\"a\": [[[[]]], {\"b\": {}}]}"
      })
  void takesPlainMetadata(String meta) {
    assertThat(BothReadings.of(withMeta(meta))).isPresent();
    assertThat(BothReadings.isPlain(withMeta(meta))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "{",
        "}",
        "{}}",
        "{{}",
        "{} {}",
        "[]",
        "1",
        "null",
        "\"x\"",
        "{\"a\"}",
        "{\"a\":}",
        "{\"a\": 1,}",
        "{,}",
        "{\"a\": 1 \"b\": 2}",
        "{a: 1}",
        "{\"a\": 01}",
        "{\"a\": -}",
        "{\"a\": 1.}",
        "{\"a\": .5}",
        "{\"a\": 1e}",
        "{\"a\": +1}",
        "{\"a\": 1e+}",
        "{\"a\": 0x1}",
        "{\"a\": tru}",
        "{\"a\": truee}",
        "{\"a\": trux}",
        "{\"a\": fxxxx}",
        "{\"a\": nxll}",
        "{\"a\": nul}",
        "{\"a\": NaN}",
        "{\"a\": [1,]}",
        "{\"a\": [1 2]}",
        "{\"a\": [}",
        "{\"a\": \"}",
        "{\"a\": 'b'}",
        "{\"a\": {\"b\": 1}",
        "{\"a\": 1}, \"x\": {\"y\": 1}",
        "{\"a\": 1} ",
        " {\"a\": 1}",
        "{\"a\": \"\\n\"}",
        "{\"a\": 1}, \"size\": 1",
        "{\"a\": \"é\"}",
        "{\"a\": \"\u007f\"}",
        "{\"a\": \"\t\"}"
      })
  void leavesOtherMetadataToTheParser(String meta) {
    BothReadings.of(withMeta(meta));
    assertThat(BothReadings.isPlain(withMeta(meta))).isFalse();
  }

  static Stream<String> others() {
    return Stream.of(
        A.substring(0, A.length() - 1),
        A.replace("{}}", "{}"),
        A.replace("{}}", "{}}}"),
        A.replace("{}}", "{}} "),
        A.replace("{}}", ""),
        A + " x",
        " " + A,
        A.replace(": 12", ":12"),
        A.replace(": 12", ": 012"),
        A.replace(": 12", ": -1"),
        A.replace(": 12", ": "),
        A.replace(": 12", ": 12.0"),
        A.replace(": 12", ": 1e1"),
        A.replace(": 12", ": 1234567890123456789"),
        A.replace(": 12", ": 12345678901234567890"),
        A.replace("a/b", "a//b"),
        A.replace("a/b", "/b"),
        A.replace("a/b.txt", "a/"),
        A.replace("a/b.txt", ""),
        A.replace("a/b.txt", "."),
        A.replace("a/b", "../b"),
        A.replace("a/b.txt", "b/.."),
        A.replace("a/b", "a/./b"),
        A.replace("a/b", "a\\/b"),
        A.replace("a/b", "a\tb"),
        A.replace("a/b", "a\u007fb"),
        A.replace("a/b", "é"),
        A.replace("[\"s3://bucket/k\"]", "[]"),
        A.replace("[\"s3://bucket/k\"]", "null"),
        A.replace("\"s3://bucket/k\"", "\"s3://bucket/k\", \"s3://bucket/l\""),
        A.replace("SHA256\",", "SHA256\", \"x\": 1,"),
        A.replace("\"hash\": {", "\"hash\": null, \"x\": {"),
        A.replace("\"meta\"", "\"x\""),
        A.replace("{}}", "null}"));
  }

  @ParameterizedTest
  @MethodSource("others")
  void leavesOtherLinesToTheParser(String line) {
    BothReadings.of(bytes(line));
    assertThat(BothReadings.isPlain(bytes(line))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".a", "a.", "...", "a/...", "..a/b", "a b", "%", "a#?&+", "a'b", "{}", ",", ": "})
  void takesPlainKeysOfAllKinds(String key) {
    byte[] line = bytes(A.replace("a/b.txt", key));
    assertThat(BothReadings.of(line)).isPresent();
    assertThat(BothReadings.isPlain(line)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 31, 32, 33, 254, 255, 256, 257})
  void agreesAboutTheDeepestMetadata(int depth) {
    BothReadings.of(withMeta("{\"a\": %s1%s}".formatted("[".repeat(depth), "]".repeat(depth))));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 17, 18, 19, 20, 63, 64, 65, 4_299, 4_300, 4_301})
  void agreesAboutTheLongestNumbers(int digits) {
    BothReadings.of(withMeta("{\"a\": %s}".formatted("7".repeat(digits))));
    BothReadings.of(withMeta("{\"a\": 0.%s}".formatted("7".repeat(digits))));
    BothReadings.of(bytes(A.replace(": 12", ": " + "7".repeat(digits))));
  }

  /// The same line stands at different places of two files.
  @Test
  void findsTheMembersOfALineThatIsTheSameAsAnother() {
    String line = A.replace("{}", "{\"n\": [1]}") + "\n";
    LineReader one = new LineReader(in(line), "one", ManifestLimits.DEFAULT);
    LineReader two = new LineReader(in("before\n" + line), "two", ManifestLimits.DEFAULT);
    assertThat(one.advance()).isTrue();
    assertThat(two.advance()).isTrue();
    EntryLine first = new EntryLine();
    assertThat(first.read(one)).isEmpty();
    EntryLine second = new EntryLine();
    assertThat(second.readIfSame(two, first)).isTrue();
    assertThat(second.entry()).isEqualTo(first.entry());
    assertThat(second.key()).isEqualTo("a/b.txt");
    assertThat(second.sizeBytes()).isEqualTo(12);
    assertThat(second.hasSameContent(first)).isTrue();
    assertThat(hash(second)).isEqualTo(hash(first));
    assertThat(second.readIfSame(two, first)).isFalse();
  }

  private static InputStream in(String text) {
    return new ByteArrayInputStream(bytes(text));
  }

  private static TopHash hash(EntryLine line) {
    TopHasher hasher = new TopHasher(TestManifests.header());
    line.hash(hasher);
    return hasher.finish();
  }

  static LongStream seeds() {
    return LongStream.range(0, 20);
  }

  /// Each seed breaks 500 lines at one to three places.
  @ParameterizedTest
  @MethodSource("seeds")
  void agreesAboutDamagedLines(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<byte[]> lines = goldenLines().filter(line -> line.length < 2_000).toList();
    for (int i = 0; i < 500; i++) {
      byte[] line = lines.get(random.nextInt(lines.size()));
      for (int wounds = random.nextInt(1, 4); wounds > 0 && line.length > 2; wounds--) {
        line = damaged(line, random);
      }
      BothReadings.of(line);
    }
  }

  private static byte[] damaged(byte[] line, SplittableRandom random) {
    String tokens = "{}[]\":, ./\\0123456789-+eEtrufalsn\u007f";
    int at = random.nextInt(line.length - 1);
    byte[] copy = line.clone();
    switch (random.nextInt(4)) {
      case 0 -> copy[at] = (byte) tokens.charAt(random.nextInt(tokens.length()));
      case 1 -> copy = Arrays.copyOf(copy, at + 1);
      case 2 -> {
        System.arraycopy(copy, at + 1, copy, at, line.length - at - 1);
        copy = Arrays.copyOf(copy, line.length - 1);
      }
      default -> {
        int count = random.nextInt(1, line.length - at);
        byte[] longer = Arrays.copyOf(copy, line.length + count);
        System.arraycopy(line, at, longer, at + count, line.length - at);
        copy = longer;
      }
    }
    return new String(copy, UTF_8).strip().isEmpty() ? line : copy;
  }
}
