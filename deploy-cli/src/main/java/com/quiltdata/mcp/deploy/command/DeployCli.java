package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// `deploy-cli`: the root of all commands.
@Command(
    name = "deploy-cli",
    description = "Release the Quilt MCP server to ECS, and prove that it serves.",
    versionProvider = DeployCli.Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  deploy-cli deploy --version 1.2.0",
      "  deploy-cli deploy --version 1.2.0 --env staging --dry-run",
      "  deploy-cli validate --env production",
      "  deploy-cli status -o json",
      "",
      "Exit codes: deploy-cli exit-codes",
      ""
    })
public final class DeployCli {
  @Mixin final HelpOption help = new HelpOption();

  @Mixin final VersionOption version = new VersionOption();

  private DeployCli() {}

  /// `-V`: the version of this program.
  static final class VersionOption {
    @Option(
        names = "-V",
        versionHelp = true,
        description = "Print the version of this program and exit.")
    boolean requested;
  }

  /// The version of this program.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String built = DeployCli.class.getPackage().getImplementationVersion();
      return new String[] {"deploy-cli " + (built == null ? "(not packaged)" : built)};
    }
  }

  /// Runs a command line.
  ///
  /// @param args as the shell gave them
  /// @param around what commands depend on
  /// @return the exit code
  public static int run(String[] args, Surroundings around) {
    return commandLine(around).execute(args);
  }

  /// The commands, for running and for documents.
  static CommandLine commandLine(Surroundings around) {
    CommandLine root =
        new CommandLine(new DeployCli())
            .addSubcommand(new DeployCommand(around))
            .addSubcommand(new ValidateCommand(around))
            .addSubcommand(new PlanCommand(around))
            .addSubcommand(new VerifyCommand(around))
            .addSubcommand(new StatusCommand(around))
            .addSubcommand(new LogsCommand(around))
            .addSubcommand(new HistoryCommand(around))
            .addSubcommand(new BuildCommand(around))
            .addSubcommand(new RollbackCommand(around))
            .addSubcommand(new WaitCommand(around))
            .addSubcommand(new AbortCommand(around))
            .addSubcommand(new PruneCommand(around))
            .addSubcommand(new BaseCommand(around))
            .addSubcommand(new UnlockCommand(around))
            .addSubcommand(new ExitCodesCommand(around))
            .addSubcommand(new CompletionCommand(around));
    root.setOut(around.out());
    root.setErr(around.err());
    root.setCaseInsensitiveEnumValuesAllowed(true);
    root.setExecutionStrategy(new CommandLine.RunLast());
    root.setParameterExceptionHandler((e, _) -> misused(e));
    root.setExecutionExceptionHandler((e, _, _) -> failed(e, around));
    return root;
  }

  /// The error and where to read on, in place of the whole help.
  private static int misused(ParameterException e) {
    CommandLine command = e.getCommandLine();
    command.getErr().println(e.getMessage());
    UnmatchedArgumentException.printSuggestions(e, command.getErr());
    command.getErr().println("See: %s --help".formatted(command.getCommandSpec().qualifiedName()));
    command.getErr().flush();
    return ExitCode.USAGE.number();
  }

  private static int failed(Exception e, Surroundings around) {
    if (e instanceof Failure failure) {
      around
          .err()
          .println(
              "FAILED (exit %d, %s): %s"
                  .formatted(failure.code().number(), failure.code().wire(), failure.cause()));
      failure.next().ifPresent(next -> around.err().println("Next: " + next));
      failure.evidence().forEach(line -> around.err().println("  " + line));
      around.err().flush();
      return failure.code().number();
    }
    around
        .err()
        .println(
            "FAILED (exit 1, defect): this is a defect of deploy-cli, please report it: "
                + e
                + Arrays.stream(e.getStackTrace())
                    .limit(5)
                    .map(frame -> "\n  at " + frame)
                    .collect(Collectors.joining()));
    around.err().flush();
    return ExitCode.DEFECT.number();
  }
}
