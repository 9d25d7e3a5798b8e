package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.console.Printable;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
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
  /// A command, made when it is needed: to make all takes longer than most of them take.
  private record Named(String name, Function<Surroundings, Object> make) {}

  private static final List<Named> COMMANDS =
      List.of(
          new Named("deploy", DeployCommand::new),
          new Named("validate", ValidateCommand::new),
          new Named("plan", PlanCommand::new),
          new Named("verify", VerifyCommand::new),
          new Named("status", StatusCommand::new),
          new Named("logs", LogsCommand::new),
          new Named("history", HistoryCommand::new),
          new Named("build", BuildCommand::new),
          new Named("rollback", RollbackCommand::new),
          new Named("wait", WaitCommand::new),
          new Named("abort", AbortCommand::new),
          new Named("prune", PruneCommand::new),
          new Named("base", BaseCommand::new),
          new Named("unlock", UnlockCommand::new),
          new Named("exit-codes", ExitCodesCommand::new),
          new Named("completion", CompletionCommand::new));

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
    Optional<String> help = HelpPage.of(args);
    if (help.isPresent()) {
      around.out().print(help.get());
      around.out().flush();
      return ExitCode.OK.number();
    }
    Predicate<Named> isNamed = one -> args.length > 0 && one.name().equals(args[0]);
    boolean knowsIt = COMMANDS.stream().anyMatch(isNamed);
    return commandLine(around, knowsIt ? isNamed : _ -> true).execute(args);
  }

  /// The commands, for running and for documents.
  static CommandLine commandLine(Surroundings around) {
    return commandLine(around, _ -> true);
  }

  private static CommandLine commandLine(Surroundings around, Predicate<Named> wanted) {
    CommandLine root = new CommandLine(new DeployCli());
    COMMANDS.stream().filter(wanted).forEach(one -> root.addSubcommand(one.make().apply(around)));
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
      List<String> lines = new ArrayList<>();
      lines.add(
          "FAILED (exit %d, %s): %s"
              .formatted(failure.code().number(), failure.code().wire(), failure.cause()));
      failure.next().ifPresent(next -> lines.add("Next: " + next));
      failure.evidence().forEach(line -> lines.add("  " + line));
      lines.stream().map(Printable::line).forEach(around.err()::println);
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
