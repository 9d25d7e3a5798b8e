package com.quiltdata.mcp.deploy.console;

import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.BufferedReader;
import java.io.PrintWriter;
import java.util.Optional;

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
  /// @throws Failure when it cannot be told whether somebody is there
  Optional<String> answer(String question, PrintWriter err);

  /// Somebody who types, and reads standard error.
  static Person typing(BufferedReader typed) {
    return (question, err) -> {
      err.print(question);
      err.flush();
      return Optional.of(AtKeyboard.line(typed));
    };
  }

  /// Whoever types at the terminal that is the standard input of this process.
  ///
  /// @param terminal whether standard error is one
  static Person ofProcess(Terminal terminal) {
    return new AtKeyboard(Keyboard.OF_PROCESS, terminal);
  }
}
