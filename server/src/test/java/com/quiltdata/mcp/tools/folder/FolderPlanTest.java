package com.quiltdata.mcp.tools.folder;

import static com.quiltdata.mcp.tools.folder.TestFolder.kept;
import static com.quiltdata.mcp.tools.folder.TestFolder.organised;
import static com.quiltdata.mcp.tools.folder.TestFolder.paths;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.storage.KeyOrder;
import com.quiltdata.mcp.storage.OddKeys;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FolderPlanTest {
  @Test
  void putsFilesIntoFoldersByKind() {
    assertThat(paths(organised("raw/", "raw/1/a.csv", "raw/2/b.csv", "raw/notes.md")))
        .containsExactly(
            entry("data/processed/a.csv", "raw/1/a.csv"),
            entry("data/processed/b.csv", "raw/2/b.csv"),
            entry("docs/notes.md", "raw/notes.md"));
  }

  @Test
  void keepsPathsBelowThePrefix() {
    assertThat(paths(kept("raw/", "raw/1/a.csv", "raw/notes.md")))
        .containsExactly(entry("1/a.csv", "raw/1/a.csv"), entry("notes.md", "raw/notes.md"));
    assertThat(paths(kept("", "raw/1/a.csv"))).containsKey("raw/1/a.csv");
  }

  /// Else `exp1` and `exp2` would lose their names.
  @Test
  void cutsPathsBehindASlashOnly() {
    assertThat(paths(kept("raw/exp", "raw/exp1/a.csv", "raw/exp2/a.csv")))
        .containsOnlyKeys("exp1/a.csv", "exp2/a.csv");
    assertThat(paths(kept("raw/notes.md", "raw/notes.md"))).containsOnlyKeys("notes.md");
  }

  /// All objects have the prefix, so it tells nothing of one.
  @Test
  void takesNoWordOfThePrefix() {
    assertThat(paths(organised("config/", "config/a.csv")))
        .containsOnlyKeys("data/processed/a.csv");
  }

  @Test
  void tellsNamesakesApartByTheirPaths() {
    FolderPlan plan = organised("d/", "d/p1/x.csv", "d/p2/x.csv", "d/y.csv");
    assertThat(paths(plan))
        .containsOnly(
            entry("data/processed/p1/x.csv", "d/p1/x.csv"),
            entry("data/processed/p2/x.csv", "d/p2/x.csv"),
            entry("data/processed/y.csv", "d/y.csv"));
    assertThat(plan.moved())
        .extracting(LogicalKey::value)
        .containsExactlyInAnyOrder("data/processed/p1/x.csv", "data/processed/p2/x.csv");
  }

  @Test
  void givesANumberToWhatIsFileAndFolder() {
    FolderPlan plan = kept("", "a", "a/x.txt", "a-2");
    assertThat(paths(plan))
        .containsOnly(entry("a-3", "a"), entry("a/x.txt", "a/x.txt"), entry("a-2", "a-2"));
    assertThat(plan.moved()).containsExactly(new LogicalKey("a-3"));
    assertThat(paths(kept("", "d/v1.csv", "d/v1.csv/x")))
        .containsOnlyKeys("d/v1-2.csv", "d/v1.csv/x");
    assertThat(paths(kept("", ".env", ".env/x"))).containsOnlyKeys(".env-2", ".env/x");
  }

  /// A word in the key sends both to `docs`, where the one is a folder of the other.
  @Test
  void keepsFilesOutOfTheWayOfFolders() {
    assertThat(paths(organised("", "readme/schemas", "x.schema")))
        .containsOnly(
            entry("docs/schemas-2", "readme/schemas"), entry("docs/schemas/x.schema", "x.schema"));
  }

  /// Paths that are none cannot tell namesakes apart.
  @Test
  void numbersNamesakesWithoutAPath() {
    assertThat(paths(organised("", "a//x.csv", "b//x.csv")))
        .containsOnly(
            entry("data/processed/x.csv", "a//x.csv"), entry("data/processed/x-2.csv", "b//x.csv"));
  }

  @ParameterizedTest
  @CsvSource({
    "a/, FOLDER",
    "a//, FOLDER",
    ".quilt/packages/x, REGISTRY",
    "a\\b, CHARACTER",
    "a{b, CHARACTER",
    "a}b, CHARACTER",
    "a^b, CHARACTER",
    "50%.csv, CHARACTER",
    "a`b, CHARACTER",
    "a]b, CHARACTER",
    "'a\"b', CHARACTER",
    "a>b, CHARACTER",
    "a[b, CHARACTER",
    "~a, CHARACTER",
    "a<b, CHARACTER",
    "a#b, CHARACTER",
    "a|b, CHARACTER",
    "a//b, PATH",
    "./b, PATH",
    "a/../b, PATH",
    "/a, PATH"
  })
  void skipsKeysThatMakeTrouble(String key, SkipReason reason) {
    FolderPlan plan = kept("", key);
    assertThat(plan.files()).isEmpty();
    assertThat(plan.skipped()).containsExactly(new Skipped(key, reason));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\nb", "a\0b", "\u007f", "a\u0085", "\u202ea", "a\u00a0b", "\ue000", "\u200b"})
  void skipsWhatDoesNotPrint(String key) {
    assertThat(kept("", key).skipped()).containsExactly(new Skipped(key, SkipReason.UNPRINTABLE));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        "a+b",
        "a?b",
        "a&b=c",
        "a:b",
        "é",
        "e\u0301",
        "日本語.csv",
        "😀",
        "a*b",
        "$",
        "...",
        "a'b",
        "a@b,c;d(e)!"
      })
  void takesAllOtherKeys(String key) {
    assertThat(paths(kept("", key))).containsExactly(entry(key, key));
    assertThat(organised("", key).files()).hasSize(1);
  }

  @Test
  void skipsPathsThatGetTooLong() {
    String key = "x".repeat(1_020) + ".csv";
    assertThat(kept("", key).skipped()).isEmpty();
    assertThat(organised("", key).skipped()).containsExactly(new Skipped(key, SkipReason.LENGTH));
  }

  @Test
  void organisesFilesInFoldersThatNoPackageCouldHave() {
    assertThat(paths(organised("", "a//../x.csv"))).containsOnlyKeys("data/processed/x.csv");
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void placesOrSkipsEveryObject(long seed) {
    Set<String> keys = new TreeSet<>(new KeyOrder());
    keys.addAll(OddKeys.shallow());
    keys.addAll(OddKeys.random(seed, 2_000));
    for (FolderPlan plan :
        List.of(
            kept("", keys.toArray(String[]::new)), organised("", keys.toArray(String[]::new)))) {
      List<String> seen = new ArrayList<>(paths(plan).values());
      plan.skipped().forEach(one -> seen.add(one.key()));
      assertThat(seen).as("seed %d", seed).containsExactlyInAnyOrderElementsOf(keys);
      Set<String> folders = new HashSet<>();
      plan.files().keySet().forEach(key -> folders.addAll(foldersOf(key.value()).toList()));
      assertThat(paths(plan).keySet()).doesNotContainAnyElementsOf(folders);
      assertThat(plan.files().keySet()).containsAll(plan.moved());
    }
  }

  private static Stream<String> foldersOf(String path) {
    return Stream.iterate(
            path.lastIndexOf('/'), slash -> slash > 0, slash -> path.lastIndexOf('/', slash - 1))
        .map(slash -> path.substring(0, slash));
  }

  @Test
  void knowsWhatIsFreeAtTheTop() {
    assertThat(kept("", "README.md").isFree("README.md")).isFalse();
    assertThat(kept("", "README.md/a").isFree("README.md")).isFalse();
    assertThat(kept("", "README.md.bak", "readme.md", "a/README.md").isFree("README.md")).isTrue();
    assertThat(organised("", "README.md").isFree("README.md")).isTrue();
  }

  @Test
  void hasAnotherDigestWhenAnythingIsDifferent() {
    String digest = kept("", "a", "b").digest();
    assertThat(kept("", "a", "b").digest()).isEqualTo(digest);
    assertThat(kept("", "a").digest()).isNotEqualTo(digest);
    assertThat(kept("x/", "x/a", "x/b").digest()).isNotEqualTo(digest);
    assertThat(
            FolderPlan.of(
                    List.of(new SourceObject("a", 1), new SourceObject("b", 2)),
                    TestFolder.source(""),
                    false)
                .digest())
        .isNotEqualTo(digest);
  }
}
