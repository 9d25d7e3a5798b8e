package com.quiltdata.mcp.quilt.manifest;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LineReaderTest {
  private record Line(String text, boolean plain) {}

  private static LineReader reader(InputStream in) {
    return new LineReader(in, "test", ManifestLimits.DEFAULT);
  }

  private static List<Line> lines(InputStream in) {
    List<Line> lines = new ArrayList<>();
    try (LineReader reader = reader(in)) {
      while (reader.advance()) {
        lines.add(line(reader));
      }
    }
    return lines;
  }

  private static Line line(LineReader reader) {
    return new Line(
        new String(reader.buffer(), reader.offset(), reader.length(), ISO_8859_1),
        reader.isPlain());
  }

  /// Gives few bytes at a time.
  private static InputStream slowly(byte[] bytes, SplittableRandom random) {
    return new ByteArrayInputStream(bytes) {
      @Override
      public int read(byte[] block, int offset, int length) {
        return super.read(block, offset, Math.min(length, random.nextInt(1, 40)));
      }
    };
  }

  static IntStream bytes() {
    return IntStream.range(0, 256);
  }

  /// The byte stands at each place of a word of eight, in the rest behind the last word, and behind
  /// the end of a line, where it must not count.
  @ParameterizedTest
  @MethodSource("bytes")
  void knowsPlainBytesAtEveryPlace(int b) {
    boolean plain = b >= ' ' && b < 0x7f && b != '\\';
    for (int length = 1; length < 20; length++) {
      for (int at = 0; at < length; at++) {
        StringBuilder text = new StringBuilder("x".repeat(length));
        text.setCharAt(at, (char) b);
        String next = "y".repeat(length) + (char) b;
        byte[] file = (text + "\n" + next).getBytes(ISO_8859_1);
        List<Line> lines = lines(new ByteArrayInputStream(file));
        if (b == '\n') {
          assertThat(lines).allMatch(Line::plain);
        } else {
          assertThat(lines)
              .containsExactly(new Line(text.toString(), plain), new Line(next, plain));
        }
      }
    }
  }

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void cutsLikeTheSimplestReader(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    byte[] file = new byte[random.nextInt(1, 3_000)];
    for (int i = 0; i < file.length; i++) {
      file[i] = (byte) (random.nextInt(20) == 0 ? "\n\\\t\u00e9".charAt(random.nextInt(4)) : 'a');
    }
    String text = new String(file, ISO_8859_1);
    List<Line> expected = new ArrayList<>();
    for (String line : text.split("\n", -1)) {
      expected.add(new Line(line, line.chars().allMatch(c -> c >= ' ' && c < 0x7f && c != '\\')));
    }
    if (expected.getLast().text().isEmpty()) {
      expected.removeLast();
    }
    assertThat(lines(new ByteArrayInputStream(file))).isEqualTo(expected);
    assertThat(lines(slowly(file, random))).isEqualTo(expected);
  }

  @Test
  void goesToTheNextLineWhenItIsTheSame() {
    byte[] file = "first\nsecond\nthird\nfourth".getBytes(ISO_8859_1);
    try (LineReader reader = reader(new ByteArrayInputStream(file))) {
      assertThat(reader.advance()).isTrue();
      assertThat(reader.advanceIfSame(file, 6, 11)).isFalse();
      assertThat(reader.advanceIfSame(file, 6, 12)).isTrue();
      assertThat(line(reader)).isEqualTo(new Line("second", true));
      assertThat(reader.number()).isEqualTo(2);
      assertThat(reader.advanceIfSame(file, 6, 12)).isFalse();
      assertThat(reader.advance()).isTrue();
      assertThat(line(reader)).isEqualTo(new Line("third", true));
      // Whether the file goes on behind its last byte is not known yet.
      assertThat(reader.advanceIfSame(file, 19, 25)).isFalse();
      assertThat(reader.advance()).isTrue();
      assertThat(reader.advance()).isFalse();
    }
  }
}
