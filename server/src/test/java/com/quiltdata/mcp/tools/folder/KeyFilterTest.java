package com.quiltdata.mcp.tools.folder;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.tools.GlobPattern;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class KeyFilterTest {
  private static KeyFilter filter(List<String> include, List<String> exclude) {
    return new KeyFilter(patterns(include), patterns(exclude));
  }

  private static List<GlobPattern> patterns(List<String> texts) {
    return texts.stream().map(GlobPattern::of).toList();
  }

  private static List<String> wanted(KeyFilter filter, String... keys) {
    return Stream.of(keys).filter(filter::wants).toList();
  }

  @Test
  void wantsAllWithoutPatterns() {
    assertThat(wanted(filter(List.of(), List.of()), "a", "b/c")).containsExactly("a", "b/c");
  }

  @Test
  void excludesFirst() {
    KeyFilter filter = filter(List.of("*.csv", "*.md"), List.of("tmp/*", "*/x.csv"));
    assertThat(wanted(filter, "a.csv", "tmp/a.csv", "d/x.csv", "d/y.csv", "a.txt", "R.md"))
        .containsExactly("a.csv", "d/y.csv", "R.md");
  }

  @Test
  void holdsPatternsAgainstTheWholeKey() {
    assertThat(wanted(filter(List.of("a.csv"), List.of()), "a.csv", "d/a.csv", "a.csv.gz"))
        .containsExactly("a.csv");
    assertThat(wanted(filter(List.of("d/*.csv"), List.of()), "d/e/a.csv", "D/a.csv"))
        .containsExactly("d/e/a.csv");
  }
}
