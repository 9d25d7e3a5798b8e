package com.quiltdata.mcp.quilt;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class TreeOrderTest {
  private static final long SEED = 20_260_301;
  private static final int[] ALPHABET = {
    'a', 'b', '/', ' ', '-', '.', '0', 1, 0x7f, 0xe9, 0xd7ff, 0xe000, 0xff21, 0xffff, 0x10000,
    0x1f600
  };

  @Test
  void sortsFolderByFolder() {
    assertThat(Stream.of("a b", "a.b", "a/b", "a-b").sorted(TreeOrder.INSTANCE))
        .containsExactly("a/b", "a b", "a-b", "a.b");
  }

  @Test
  void sortsAstralCharactersBehindPrivateUse() {
    assertThat(Stream.of("😀", "\ue000", "a", "Z").sorted(TreeOrder.INSTANCE))
        .containsExactly("Z", "a", "\ue000", "😀");
  }

  @Test
  void equalsComparingPartByPart() {
    Random random = new Random(SEED);
    List<String> keys = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      StringBuilder key = new StringBuilder();
      for (int j = random.nextInt(7); j >= 0; j--) {
        key.appendCodePoint(ALPHABET[random.nextInt(ALPHABET.length)]);
      }
      keys.add(key.toString());
    }
    for (String left : keys) {
      for (String right : keys) {
        assertThat(Integer.signum(TreeOrder.INSTANCE.compare(left, right)))
            .as("seed %d: %s, %s", SEED, left, right)
            .isEqualTo(Integer.signum(byParts(left, right)));
      }
    }
  }

  private static int byParts(String left, String right) {
    return Arrays.compare(
        left.split("/", -1),
        right.split("/", -1),
        (a, b) -> Arrays.compare(a.codePoints().toArray(), b.codePoints().toArray()));
  }
}
