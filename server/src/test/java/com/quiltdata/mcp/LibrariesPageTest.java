package com.quiltdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The list of libraries is that of the pom. How old its dates are, `.ci/libraries` tells.
final class LibrariesPageTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([\\w.-]+)` \\| (\\S+) \\| (\\S+) \\| (\\S*) ?\\| (.*?) ?\\|$");
  private static final Pattern PROPERTY = Pattern.compile("<version\\.([\\w.]+)>([^<]+)<");
  private static final Pattern PLUGIN =
      Pattern.compile(
          "<artifactId>([\\w-]*-plugin)</artifactId>\\s*(?:<!--[^>]*-->\\s*)?<version>(\\d[^<]*)<");

  private static List<MatchResult> rows() throws IOException {
    return ROW.matcher(Files.readString(Path.of("..", "docs", "libraries.md"))).results().toList();
  }

  @Test
  void namesEveryPinnedVersion() throws IOException {
    String pom = Files.readString(Path.of("..", "pom.xml"));
    List<String> pinned =
        Stream.concat(PROPERTY.matcher(pom).results(), PLUGIN.matcher(pom).results())
            .map(found -> found.group(1) + " " + found.group(2))
            .toList();
    assertThat(pinned).hasSizeGreaterThan(25);
    assertThat(rows().stream().map(row -> row.group(1) + " " + row.group(2)))
        .containsExactlyInAnyOrderElementsOf(pinned);
  }

  @Test
  void saysWhenSomebodyLooked() throws IOException {
    for (MatchResult row : rows()) {
      assertThat(LocalDate.parse(row.group(3))).as(row.group(1)).isAfter("2026-01-01");
      assertThat(row.group(4)).as(row.group(1)).isNotEqualTo(row.group(2));
      if (!row.group(5).isEmpty()) {
        assertThat(row.group(4)).as("%s is held back from what?", row.group(1)).isNotEmpty();
      }
    }
  }
}
