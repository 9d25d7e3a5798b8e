package com.quiltdata.mcp.quilt.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.quilt.QuiltFixtures;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.TreeOrder;
import com.quiltdata.mcp.quilt.registry.Registry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class PackageDiffTest {
  private static final long SEED = 99;
  private static final int LIMIT = 1_000;

  static Stream<JsonNode> expected() {
    return QuiltFixtures.expected().get("diffs").valueStream();
  }

  @ParameterizedTest
  @MethodSource("expected")
  void agreesWithTheOfficialClient(JsonNode expected) {
    Registry registry = QuiltFixtures.registry(expected.get("registry").stringValue());
    PackageDiff diff =
        PackageDiff.between(
            registry.manifest(new TopHash(expected.get("from").stringValue())),
            registry.manifest(new TopHash(expected.get("to").stringValue())),
            LIMIT);
    assertThat(diff.added().keys()).hasToString(texts(expected.get("added")).toString());
    assertThat(diff.deleted().keys()).hasToString(texts(expected.get("deleted")).toString());
    assertThat(diff.modified().keys()).hasToString(texts(expected.get("modified")).toString());
  }

  private static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::stringValue).toList();
  }

  private static final ManifestSource NOTHING = TestManifests.of(List.of());

  @Test
  void sortsAdditionsByWholeKeysAndDeletionsByFolders() {
    ManifestSource something = TestManifests.of(List.of("a/b", "a b", "a-b", "a.b"));
    assertThat(PackageDiff.between(NOTHING, something, LIMIT).added().keys())
        .hasToString("[a b, a-b, a.b, a/b]");
    assertThat(PackageDiff.between(something, NOTHING, LIMIT).deleted().keys())
        .hasToString("[a/b, a b, a-b, a.b]");
  }

  @Test
  void seesSizeHashAndMetadata() {
    String a = TestManifests.line("a", 1, "x");
    for (String other :
        List.of(
            TestManifests.line("a", 2, "x"),
            TestManifests.line("a", 1, "y"),
            a.replace("SHA256", "CRC64NVME"),
            a.replace("{}", "{\"user_meta\": {}}"))) {
      PackageDiff diff =
          PackageDiff.between(TestManifests.text(a), TestManifests.text(other), LIMIT);
      assertThat(diff.modified().keys()).hasToString("[a]");
      assertThat(diff.added().count() + diff.deleted().count()).isZero();
    }
  }

  @Test
  void doesNotSeeWhereBytesAreNorTheHeader() {
    String a = TestManifests.line("a", 1, "x");
    ManifestSource other =
        TestManifests.raw("{\"version\": \"v0\", \"message\": \"new\"}\n" + a.replace("/k", "/l"));
    assertThat(PackageDiff.between(TestManifests.text(a), other, LIMIT).isEmpty()).isTrue();
  }

  @Test
  void countsAllButKeepsTheFirst() {
    List<String> keys = Stream.iterate(10, i -> i + 1).limit(50).map(i -> "k" + i).toList();
    PackageDiff diff = PackageDiff.between(NOTHING, TestManifests.of(keys), 3);
    assertThat(diff.added().count()).isEqualTo(50);
    assertThat(diff.added().keys()).hasToString("[k10, k11, k12]");
    assertThat(diff.added().isTruncated()).isTrue();
    assertThat(diff.deleted().isTruncated()).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"false, true", "true, false", "true, true"})
  void isTheSameForManifestsOutOfOrder(boolean shuffleOne, boolean shuffleTwo) {
    Random random = new Random(SEED);
    List<String> one = keys(random);
    List<String> two = keys(random);
    PackageDiff expected = PackageDiff.between(TestManifests.of(one), TestManifests.of(two), LIMIT);
    assertThat(expected.isEmpty()).isFalse();
    assertThat(
            PackageDiff.between(
                TestManifests.of(shuffleOne ? shuffled(one, random) : one),
                TestManifests.of(shuffleTwo ? shuffled(two, random) : two),
                LIMIT))
        .as("seed %d", SEED)
        .isEqualTo(expected);
  }

  private static List<String> keys(Random random) {
    TreeSet<String> keys = new TreeSet<>(TreeOrder.INSTANCE);
    for (int i = 0; i < 60; i++) {
      keys.add("d%d/%s%d".formatted(random.nextInt(3), random.nextBoolean() ? "" : "e/", i));
    }
    return List.copyOf(keys);
  }

  private static List<String> shuffled(List<String> keys, Random random) {
    List<String> result = new ArrayList<>(keys);
    Collections.shuffle(result, random);
    return result;
  }

  static LongStream seeds() {
    return LongStream.range(0, 100);
  }

  /// Lines that are the same in both, that say the same in other bytes, and that differ, in any
  /// mix.
  @ParameterizedTest
  @MethodSource("seeds")
  void findsWhatTheSimplestComparisonFinds(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder one = new StringBuilder();
    StringBuilder two = new StringBuilder();
    List<String> added = new ArrayList<>();
    List<String> deleted = new ArrayList<>();
    List<String> modified = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      String key = "k%03d%s".formatted(i, random.nextInt(8) == 0 ? "é" : "");
      String line = TestManifests.line(key, i, "x");
      if (random.nextBoolean()) {
        line = line.replace("{}", "{\"a\": 1, \"b\": [%d]}".formatted(i));
      }
      switch (random.nextInt(8)) {
        case 0 -> added.add(key);
        case 1 -> deleted.add(key);
        default -> {}
      }
      if (!added.contains(key)) {
        one.append(line);
      }
      if (deleted.contains(key)) {
        continue;
      }
      switch (random.nextInt(6)) {
        case 0 -> two.append(line.replace(": ", ":"));
        case 1 -> two.append(line.replace("bucket/k", "bucket/l"));
        case 2 -> {
          two.append(line.replace("\"size\": ", "\"size\": 1"));
          if (!added.contains(key)) {
            modified.add(key);
          }
        }
        case 3 ->
            two.append(
                line.replace(
                    "\"a\": 1, \"b\": [%d]".formatted(i), "\"b\": [%d], \"a\": 1".formatted(i)));
        default -> two.append(line);
      }
    }
    PackageDiff diff =
        PackageDiff.between(
            TestManifests.text(one.toString()), TestManifests.text(two.toString()), LIMIT);
    assertThat(diff.added().keys()).hasToString(added.toString());
    assertThat(diff.deleted().keys()).hasToString(deleted.toString());
    assertThat(diff.modified().keys()).hasToString(modified.toString());
  }

  @Test
  void findsWhatIsWrongInTheSecondManifestToo() {
    String a = TestManifests.line("a", 1, "x");
    String b = TestManifests.line("b", 1, "x");
    assertThatThrownBy(
            () -> PackageDiff.between(TestManifests.text(a + b), TestManifests.text(a + a), LIMIT))
        .hasMessage("Manifest test, line 3: the logical key 'a' stands there twice");
    ManifestSource folder = TestManifests.text(a + TestManifests.line("a/b", 1, "x") + b);
    assertThatThrownBy(() -> PackageDiff.between(TestManifests.text(a + b), folder, LIMIT))
        .hasMessage("Manifest test, line 3: 'a' is both a file and a folder");
  }
}
