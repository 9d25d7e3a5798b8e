package com.quiltdata.mcp.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.console.Person;
import com.quiltdata.mcp.deploy.console.Terminal;
import com.quiltdata.mcp.deploy.ecs.Pace;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// The pages of help say what the commands say. `-Dgolden.update=true` writes them.
final class HelpPageTest {
  private static final Path FOLDER =
      Path.of("src", "main", "resources", "com", "quiltdata", "mcp", "deploy", "command", "help");

  private final StringWriter out = new StringWriter();
  private final Surroundings around =
      new Surroundings(
          Map.of(),
          Path.of("").toAbsolutePath(),
          new PrintWriter(out),
          new PrintWriter(out),
          Terminal.NONE,
          Person.NONE,
          Pace.REAL,
          new Random(1));

  /// Every command by what is typed for it.
  private Map<String, CommandLine> commands() {
    Map<String, CommandLine> commands = new TreeMap<>();
    collect("deploy-cli", DeployCli.commandLine(around), commands);
    return commands;
  }

  private static void collect(String name, CommandLine command, Map<String, CommandLine> found) {
    found.put(name, command);
    command.getSubcommands().forEach((sub, one) -> collect(name + "_" + sub, one, found));
  }

  @Test
  void pagesAreThoseOfTheCommands() throws IOException {
    Map<String, String> pages = new TreeMap<>();
    commands().forEach((name, command) -> pages.put(name + ".txt", page(command)));
    if (Boolean.getBoolean("golden.update")) {
      Files.createDirectories(FOLDER);
      for (Map.Entry<String, String> page : pages.entrySet()) {
        Files.writeString(FOLDER.resolve(page.getKey()), page.getValue());
      }
    }
    Map<String, String> there = new TreeMap<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        there.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    assertThat(there).isEqualTo(pages);
  }

  private static String page(CommandLine command) {
    return command
        .getUsageMessage(Ansi.OFF)
        .lines()
        .map(String::stripTrailing)
        .reduce("", (before, line) -> before + line + "\n");
  }

  @Test
  void everyPageHasExamplesAndFitsATerminal() {
    commands()
        .forEach((name, command) -> {
          assertThat(page(command)).as(name).containsPattern("Examples:\n  .*deploy-cli");
          assertThat(page(command).lines()).as(name).allMatch(line -> line.length() <= 80);
        });
  }

  @Test
  void thePageIsWhatHelpPrints() {
    commands()
        .forEach((name, command) -> {
          out.getBuffer().setLength(0);
          String[] args = (name.replaceFirst("deploy-cli_?", "") + "_--help").split("_");
          int begin = args[0].isEmpty() ? 1 : 0;
          String[] typed = Stream.of(args).skip(begin).toArray(String[]::new);
          assertThat(DeployCli.run(typed, around)).isZero();
          assertThat(out).as(name).hasToString(page(command));
          assertThat(HelpPage.of(typed)).as(name).isPresent();
        });
  }

  @Test
  void whatIsNoPageIsLeftToTheCommands() {
    assertThat(HelpPage.of(new String[] {"../deploy-cli", "--help"})).isEmpty();
    assertThat(HelpPage.of(new String[] {"nothing", "--help"})).isEmpty();
    assertThat(HelpPage.of(new String[] {"deploy", "--yes", "--help"})).isEmpty();
    assertThat(HelpPage.of(new String[] {"--help", "deploy"})).isEmpty();
    assertThat(HelpPage.of(new String[] {})).isEmpty();
  }
}
