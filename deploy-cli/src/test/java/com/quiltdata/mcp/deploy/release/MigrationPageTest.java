package com.quiltdata.mcp.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// The page that tells the way from the Python service has the steps that preflight names.
final class MigrationPageTest {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `([a-z ]+)` \\| [^|]+ \\| (\\d+) \\|$");

  private static String page() throws IOException {
    return Files.readString(Path.of("..").resolve(Migration.PAGE));
  }

  @Test
  void thePageHasWhatPreflightNames() throws IOException {
    Map<String, Integer> rows =
        ROW.matcher(page())
            .results()
            .collect(Collectors.toMap(row -> row.group(1), row -> Integer.valueOf(row.group(2))));
    assertThat(rows).isEqualTo(Migration.STEPS);
  }

  @Test
  void eachStepIsThere() throws IOException {
    String page = page();
    assertThat(Migration.STEPS.values())
        .allSatisfy(step -> assertThat(page).contains("\n## " + step + ". "));
  }
}
