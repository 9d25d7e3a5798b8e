package com.quiltdata.mcp.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.console.Person;
import com.quiltdata.mcp.deploy.console.Terminal;
import com.quiltdata.mcp.deploy.ecs.Pace;
import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The completion, tried by the shells themselves.
@Timeout(60)
final class CompletionTest {
  @TempDir private Path folder;

  private Path script;

  @BeforeEach
  void write() throws IOException {
    script = folder.resolve("completion.sh");
    StringWriter out = new StringWriter();
    PrintWriter err = new PrintWriter(new StringWriter());
    DeployCli.run(
        new String[] {"completion"},
        new Surroundings(
            Map.of(),
            folder,
            new PrintWriter(out),
            err,
            Terminal.NONE,
            Person.NONE,
            Pace.REAL,
            new Random(1)));
    Files.writeString(script, out.toString());
  }

  private static String told(String... command) throws IOException, InterruptedException {
    Process shell = new ProcessBuilder(command).redirectErrorStream(true).start();
    shell.getOutputStream().close();
    String told = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(shell.waitFor()).as(told).isZero();
    return told;
  }

  @ParameterizedTest
  @CsvSource({
    "rollb, rollback",
    "wait --depl, --deployment",
    "deploy --auto, --auto-rollback",
    "base u, update",
    "deploy --out, --output",
    "status -o j, json"
  })
  void bashCompletes(String typed, String wanted) throws Exception {
    String[] words = typed.split(" ", -1);
    String asked =
        "source '%s'; COMP_WORDS=(deploy-cli %s); COMP_CWORD=%d; _complete_deploy-cli; echo \"${COMPREPLY[@]}\""
            .formatted(script, typed, words.length);
    assertThat(told("bash", "--norc", "-c", asked).strip().split("\\s+")).contains(wanted);
  }

  @Test
  void bashKnowsWhatItIsFor() throws Exception {
    assertThat(
            told("bash", "--norc", "-c", "source '%s'; complete -p deploy-cli".formatted(script)))
        .contains("_complete_deploy-cli");
  }

  /// Where there is no zsh, nothing but bash has tried the script.
  @Test
  void zshCompletes() throws Exception {
    if (!isInstalled("zsh")) {
      System.err.println("There is no zsh here: the completion was tried by bash alone.");
      return;
    }
    String asked =
        """
        autoload -U compinit && compinit -u -D
        source '%s'
        print -r -- "for: $_comps[deploy-cli]"
        ask() { emulate -L sh; setopt kshglob noshglob braceexpand ksharrays
          COMP_WORDS=("$@"); COMP_CWORD=$(( $# - 1 )); COMPREPLY=(); _complete_deploy-cli
          print -r -- "is: ${COMPREPLY[@]}"; }
        ask deploy-cli rollb
        ask deploy-cli deploy --auto
        """
            .formatted(script);
    // zsh itself leaves out what does not begin as typed.
    assertThat(told("zsh", "-f", "-c", asked).lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("for: ").contains("_complete_deploy-cli"),
            line -> assertThat(line.split(" ", -1)).contains("is:", "rollback", "exit-codes"),
            line -> assertThat(line.split(" ", -1)).contains("is:", "--auto-rollback", "--plan"));
  }

  private static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
  }
}
