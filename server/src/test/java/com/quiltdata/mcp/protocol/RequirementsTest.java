package com.quiltdata.mcp.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Every requirement that `docs/protocol.md` lists has a test that is named after it.
final class RequirementsTest {
  private static final Pattern LISTED = Pattern.compile("^\\| R([0-9]+) \\|", Pattern.MULTILINE);
  private static final Pattern NAMED = Pattern.compile("(?:^r|AndR|And|R)([0-9]+)(?=[A-Z])");

  @Test
  void everyListedRequirementHasATest() throws IOException {
    List<String> listed = numbers(LISTED, Files.readString(Path.of("../docs/protocol.md")));
    Set<String> tested =
        new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
                .importPackages("com.quiltdata.mcp")
                .stream()
                .flatMap(type -> type.getMethods().stream())
                .filter(method -> method.getName().matches("r[0-9]+.*"))
                .flatMap(method -> numbers(NAMED, method.getName()).stream())
                .collect(Collectors.toSet());
    assertThat(listed).hasSize(79);
    assertThat(tested).containsAll(listed);
  }

  private static List<String> numbers(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult match) -> match.group(1)).toList();
  }
}
