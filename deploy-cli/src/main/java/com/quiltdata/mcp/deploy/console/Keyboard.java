package com.quiltdata.mcp.deploy.console;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// The standard input of this process: whether it is a terminal, at which somebody types.
///
/// @param test a command that ends with 0 when it is one, and with 1 when it is none
/// @param patience for how long the command may take
record Keyboard(List<String> test, Duration patience) {
  private static final int TERMINAL = 0;
  private static final int NO_TERMINAL = 1;

  /// That of this process.
  static final Keyboard OF_PROCESS =
      new Keyboard(List.of("/bin/sh", "-c", "test -t 0"), Duration.ofSeconds(5));

  /// Who is there.
  enum Typist {
    /// Somebody.
    SOMEBODY,
    /// Nobody: a file, a pipe, a CI service.
    NOBODY,
    /// Somebody who has pressed Ctrl-C.
    GONE
  }

  /// Copies the command.
  Keyboard {
    test = List.copyOf(test);
  }

  /// Who is there.
  ///
  /// @throws Failure [ExitCode#USAGE] when that cannot be told: nothing is done unasked then
  Typist typist() {
    // Java tells of its console only when input and output are terminals both.
    return Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal).isPresent()
        ? Typist.SOMEBODY
        : tested();
  }

  private Typist tested() {
    try {
      Process process =
          new ProcessBuilder(test).redirectInput(ProcessBuilder.Redirect.INHERIT).start();
      try {
        if (!process.waitFor(patience)) {
          throw unknown("no answer within " + patience.toMillis() + " ms");
        }
      } finally {
        process.destroyForcibly();
      }
      if (Thread.currentThread().isInterrupted()) {
        // A command that has ended already is not waited for, so that nothing was thrown.
        return Typist.GONE;
      }
      return switch (process.exitValue()) {
        case TERMINAL -> Typist.SOMEBODY;
        case NO_TERMINAL -> Typist.NOBODY;
        default -> throw unknown("exit code " + process.exitValue());
      };
    } catch (IOException e) {
      throw unknown(String.valueOf(e.getMessage())).because(e);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Typist.GONE;
    }
  }

  private Failure unknown(String why) {
    return Failure.of(
            ExitCode.USAGE,
            "Whether somebody is there to be asked cannot be told, for '%s' failed (%s); nothing was changed. Add --yes to go on unasked"
                .formatted(String.join(" ", test), why))
        .next("the same with --yes");
  }
}
