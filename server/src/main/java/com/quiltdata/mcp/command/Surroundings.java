package com.quiltdata.mcp.command;

import com.quiltdata.mcp.app.BuildInfo;
import com.quiltdata.mcp.config.SetVariables;
import com.quiltdata.mcp.tools.access.HostFolders;
import java.io.Console;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What a command gets from the process it runs in.
///
/// @param environment its variables, those that have a value
/// @param in standard input
/// @param out standard output
/// @param err standard error
/// @param isTerminal whether a person reads the output
/// @param host folders of this machine
record Surroundings(
    Map<String, String> environment,
    InputStream in,
    PrintStream out,
    PrintStream err,
    boolean isTerminal,
    HostFolders host) {

  /// The system property by which an image names the file that says what was released.
  private static final String IMAGE_FILE = "quilt.mcp.build";

  /// Leaves out variables without a value, so that no command takes one for set.
  Surroundings {
    environment = SetVariables.of(environment);
  }

  /// Which build of the program this process runs.
  static BuildInfo build() {
    return BuildInfo.load(Optional.ofNullable(System.getProperty(IMAGE_FILE)).map(Path::of));
  }

  static Surroundings ofProcess(Map<String, String> environment) {
    return new Surroundings(
        environment,
        System.in,
        System.out,
        System.err,
        Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent(),
        new HostFolders(
            Path.of(System.getProperty("user.home", ".")),
            Path.of(System.getProperty("java.io.tmpdir", ".")),
            Path.of("").toAbsolutePath()));
  }
}
