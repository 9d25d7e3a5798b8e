package com.quiltdata.mcp.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.console.Person;
import com.quiltdata.mcp.deploy.console.Terminal;
import com.quiltdata.mcp.deploy.ecs.Pace;
import com.quiltdata.mcp.deploy.image.ImageReference;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/// What documents and commands tell to run is a command line that is taken.
final class DocumentedCommandsTest {
  private static final Path HOME = Path.of("..");

  /// In running text and in blocks for a shell.
  private static final Pattern IN_PAGES = Pattern.compile("bin/deploy-cli ([^`\n]+)");

  /// What an error names as the next thing, where it stands alone.
  private static final Pattern IN_SOURCES = Pattern.compile("\"deploy-cli ([a-z]+(?: [a-z]+)*)\"");

  private static CommandLine commands() {
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    return DeployCli.commandLine(
        new Surroundings(
            Map.of(),
            Path.of("").toAbsolutePath(),
            nowhere,
            nowhere,
            Terminal.NONE,
            Person.NONE,
            Pace.REAL,
            new Random(1)));
  }

  private static void collect(Path folder, String ending, Pattern pattern, Set<String> found)
      throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(one -> one.toString().endsWith(ending)).toList()) {
        pattern
            .matcher(Files.readString(file))
            .results()
            .map((MatchResult one) -> one.group(1).strip())
            .forEach(found::add);
      }
    }
  }

  static Set<String> lines() throws IOException {
    Set<String> lines = new TreeSet<>();
    for (String folder : new String[] {"docs", "terraform"}) {
      collect(HOME.resolve(folder), ".md", IN_PAGES, lines);
    }
    collect(Path.of("src/main/java"), ".java", IN_SOURCES, lines);
    return lines;
  }

  @ParameterizedTest
  @MethodSource("lines")
  void isTaken(String line) {
    assertThat(commands().parseArgs(line.split(" ", -1)).errors()).isEmpty();
  }

  @Test
  void aBaseIsChosenWhereNoneIsNamed() throws IOException {
    assertThat(lines()).contains("base update");
    CommandLine base = Objects.requireNonNull(commands().getSubcommands().get("base"));
    CommandLine update = Objects.requireNonNull(base.getSubcommands().get("update"));
    String image = update.getCommandSpec().positionalParameters().getFirst().defaultValue();
    assertThat(ImageReference.parse(image).orElseThrow().registry()).isEqualTo("gcr.io");
  }
}
