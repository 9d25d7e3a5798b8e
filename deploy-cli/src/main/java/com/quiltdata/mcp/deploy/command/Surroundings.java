package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.console.Terminal;
import com.quiltdata.mcp.deploy.ecs.Pace;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Everything outside that a command depends on.
///
/// @param environment variables
/// @param folder the working folder
/// @param out for results
/// @param err for progress
/// @param terminal where progress is read
/// @param answers where a person answers; empty when nobody is there
/// @param pace the time in which commands wait
/// @param random makes pauses uneven
public record Surroundings(
    Map<String, String> environment,
    Path folder,
    PrintWriter out,
    PrintWriter err,
    Terminal terminal,
    Optional<BufferedReader> answers,
    Pace pace,
    RandomGenerator random) {

  /// Those of this process.
  public static Surroundings ofProcess() {
    boolean isTerminal =
        Optional.ofNullable(System.console()).filter(java.io.Console::isTerminal).isPresent();
    return new Surroundings(
        System.getenv(),
        Path.of("").toAbsolutePath(),
        new PrintWriter(new java.io.OutputStreamWriter(System.out, StandardCharsets.UTF_8), true),
        new PrintWriter(new java.io.OutputStreamWriter(System.err, StandardCharsets.UTF_8), true),
        Terminal.ofProcess(System.getenv()),
        isTerminal
            ? Optional.of(
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)))
            : Optional.empty(),
        Pace.REAL,
        RandomGenerator.getDefault());
  }

  /// The same in another time.
  Surroundings with(Pace other) {
    return new Surroundings(environment, folder, out, err, terminal, answers, other, random);
  }

  /// A variable that is set and not blank.
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
