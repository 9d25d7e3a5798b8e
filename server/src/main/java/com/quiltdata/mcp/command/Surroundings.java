package com.quiltdata.mcp.command;

import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What a command gets from the process it runs in.
///
/// @param environment its variables
/// @param in standard input
/// @param out standard output
/// @param err standard error
/// @param isTerminal whether a person reads the output
/// @param userHome the user's folder
record Surroundings(
    Map<String, String> environment,
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean isTerminal,
    Path userHome) {

  static Surroundings ofProcess(Map<String, String> environment) {
    return new Surroundings(
        environment,
        System.in,
        System.out,
        System.err,
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent(),
        Path.of(System.getProperty("user.home", ".")));
  }
}
