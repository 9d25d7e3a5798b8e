package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.console.Person;
import com.quiltdata.mcp.deploy.console.Terminal;
import com.quiltdata.mcp.deploy.ecs.Pace;
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
/// @param person who answers questions
/// @param pace the time in which commands wait
/// @param random makes pauses uneven
public record Surroundings(
    Map<String, String> environment,
    Path folder,
    PrintWriter out,
    PrintWriter err,
    Terminal terminal,
    Person person,
    Pace pace,
    RandomGenerator random) {

  /// Those of this process.
  public static Surroundings ofProcess() {
    Terminal terminal = Terminal.ofProcess(System.getenv());
    return new Surroundings(
        System.getenv(),
        Path.of("").toAbsolutePath(),
        new PrintWriter(new java.io.OutputStreamWriter(System.out, StandardCharsets.UTF_8), true),
        new PrintWriter(new java.io.OutputStreamWriter(System.err, StandardCharsets.UTF_8), true),
        terminal,
        Person.ofProcess(terminal),
        Pace.REAL,
        RandomGenerator.getDefault());
  }

  /// The same in another time.
  Surroundings with(Pace other) {
    return new Surroundings(environment, folder, out, err, terminal, person, other, random);
  }

  /// A variable that is set and not blank.
  Optional<String> variable(String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isBlank());
  }
}
