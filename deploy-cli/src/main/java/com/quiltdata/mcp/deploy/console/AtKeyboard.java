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

/// Whoever types at the terminal that is the standard input of this process. The question goes to
/// standard error where that is a terminal, else to the terminal itself: what a command prints may
/// be kept in files, and nobody is passed over for that.
///
/// @param keyboard tells who is there
/// @param terminal whether standard error is one
record AtKeyboard(Keyboard keyboard, Terminal terminal) implements Person {

  @Override
  public Optional<String> answer(String question, PrintWriter err) {
    return switch (keyboard.typist()) {
      case NOBODY -> Optional.empty();
      // Who presses Ctrl-C in place of an answer has said no.
      case GONE -> Optional.of("");
      case SOMEBODY -> Optional.of(asked(question, err));
    };
  }

  private String asked(String question, PrintWriter err) {
    if (terminal.columns().isPresent() || !isShown(question)) {
      err.print(question);
      err.flush();
    }
    return interruptible(
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
  }

  /// A read of a terminal knows no interrupt, so another thread reads.
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

  /// The next line; blank at the end of input.
  static String line(BufferedReader typed) {
    try {
      String line = typed.readLine();
      return line == null ? "" : line;
    } catch (IOException _) {
      return "";
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
