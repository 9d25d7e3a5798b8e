package com.quiltdata.mcp.command;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.ToIntFunction;
import picocli.CommandLine.Command;

/// `quilt-mcp desktop`: what a desktop client starts whose user filled in a form.
///
/// The form has a field for a folder and one for a remote server; which of them is filled in
/// decides between two other sub-commands.
@Command(
    name = "desktop",
    description =
        "Serve a desktop client with a form: the remote server at QUILT_MCP_URL if that is set, else"
            + " folders.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "With QUILT_MCP_URL it does what `quilt-mcp proxy --url $QUILT_MCP_URL` does, which",
      "sends the token in QUILT_MCP_TOKEN; without, what `quilt-mcp stdio` does.",
      "An empty variable is as good as none, and so is one that still holds the form's",
      "own place-holder."
    })
final class DesktopCommand implements Callable<Integer> {
  private static final String URL = "QUILT_MCP_URL";

  private final Surroundings surroundings;
  private final ToIntFunction<String[]> commandLine;

  /// @param commandLine runs another sub-command and gives its exit code
  DesktopCommand(Surroundings surroundings, ToIntFunction<String[]> commandLine) {
    this.surroundings = surroundings;
    this.commandLine = commandLine;
  }

  @Override
  public Integer call() {
    return commandLine.applyAsInt(arguments(surroundings.environment()).toArray(String[]::new));
  }

  private static List<String> arguments(Map<String, String> environment) {
    return Optional.ofNullable(environment.get(URL))
        .map(url -> List.of("proxy", "--url", url))
        .orElse(List.of("stdio"));
  }
}
