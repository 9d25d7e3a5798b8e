package com.quiltdata.mcp.deploy.console;

import java.io.BufferedReader;
import java.io.FileWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// Who answers questions.
public interface Person {
  /// Nobody: what was asked for on the command line is done.
  Person NONE = (_, _) -> Optional.empty();

  /// Asks.
  ///
  /// @param question without an end of line
  /// @param err standard error
  /// @return the line that was typed, which is blank at the end of input; empty when nobody is
  ///   there
  Optional<String> answer(String question, PrintWriter err);

  /// Somebody who types, and reads standard error.
  static Person typing(BufferedReader typed) {
    return (question, err) -> {
      err.print(question);
      err.flush();
      return Optional.of(line(typed));
    };
  }

  /// Whoever types at the terminal that is the standard input of this process. The question goes to
  /// standard error where that is a terminal, else to the terminal itself: what a command prints
  /// may be kept in files, and nobody is passed over for that.
  ///
  /// @param terminal whether standard error is one
  static Person ofProcess(Terminal terminal) {
    return (question, err) -> {
      if (!isTyped()) {
        return Optional.empty();
      }
      if (terminal.columns().isPresent() || !isShown(question)) {
        err.print(question);
        err.flush();
      }
      return Optional.of(
          interruptible(
              new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))));
    };
  }

  /// Who presses Ctrl-C in place of an answer has said no. A read of a terminal knows no interrupt,
  /// so another thread reads.
  private static String interruptible(BufferedReader typed) {
    FutureTask<String> reading = new FutureTask<>(() -> line(typed));
    Thread.ofPlatform().daemon().start(reading);
    try {
      return reading.get();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return "";
    } catch (ExecutionException _) {
      return "";
    }
  }

  private static String line(BufferedReader typed) {
    try {
      String line = typed.readLine();
      return line == null ? "" : line;
    } catch (IOException _) {
      return "";
    }
  }

  /// Java tells of its console only when input and output are terminals both.
  private static boolean isTyped() {
    try {
      Process test =
          new ProcessBuilder("/bin/sh", "-c", "test -t 0")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .start();
      if (!test.waitFor(1, TimeUnit.SECONDS)) {
        test.destroyForcibly();
        return false;
      }
      return test.exitValue() == 0;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static boolean isShown(String question) {
    try (FileWriter tty = new FileWriter("/dev/tty", StandardCharsets.UTF_8)) {
      tty.write(question);
      return true;
    } catch (IOException _) {
      return false;
    }
  }
}
