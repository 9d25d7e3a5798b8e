package com.quiltdata.mcp.deploy.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// `deploy.yaml`, and the example that people copy.
final class ProjectFileTest {
  private static final Path EXAMPLE = Path.of("deploy.example.yaml");
  private static final Pattern KEY = Pattern.compile("(?m)^    (?:# )?([a-z-]+): \\S");

  @TempDir private Path folder;

  @Test
  void theExampleIsRead() {
    ProjectFile file = ProjectFile.read(EXAMPLE);
    assertThat(file.standard()).contains("production");
    assertThat(file.environments()).containsOnlyKeys("production", "staging");
    assertThat(file.environment(Optional.empty()))
        .containsEntry("service", "sales-prod-mcp-server-production")
        .containsEntry("account", "123456789012")
        .containsEntry("timeout", "20");
    assertThat(file.environment(Optional.of("staging")))
        .containsEntry("parameter-prefix", "/quilt/mcp-server-staging");
  }

  @Test
  void theExampleHasEveryKeyThatThereIs() throws IOException {
    Set<String> keys =
        KEY.matcher(Files.readString(EXAMPLE))
            .results()
            .map(found -> found.group(1))
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(keys).isEqualTo(new TreeSet<>(ProjectFile.KEYS));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a: [ | no YAML",
        "- a | there must be a member environments",
        "default: a | there must be a member environments",
        "{environments: {a: {}}, other: b} | unknown key 'other'",
        "{environments: {a: b}} | environment 'a' has no members",
        "{environments: {a: {clutser: b}}} | unknown key 'clutser'; there are account, cluster"
      })
  void whatIsWrongIsNamed(String text, String told) throws IOException {
    Path file = folder.resolve("deploy.yaml");
    Files.writeString(file, text);
    assertThatThrownBy(() -> ProjectFile.read(file))
        .isInstanceOf(Failure.class)
        .hasMessageStartingWith("deploy.yaml: ")
        .hasMessageContaining(told);
  }

  @Test
  void anEnvironmentThatIsNotThereIsNamedWithThoseThatAre() {
    assertThatThrownBy(() -> ProjectFile.read(EXAMPLE).environment(Optional.of("test")))
        .hasMessageContaining("'test'")
        .hasMessageContaining("production, staging");
  }
}
