package com.quiltdata.mcp.command;

import com.quiltdata.mcp.config.InvalidSettingsException;
import com.quiltdata.mcp.observe.Logging;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/// The root of the command line; without a sub-command it serves.
@Command(
    name = "quilt-mcp",
    description = "Serves Quilt packages to LLM clients over the Model Context Protocol.",
    mixinStandardHelpOptions = true,
    versionProvider = QuiltMcpCommand.Version.class,
    footerHeading = "%nExamples:%n",
    footer = {
      "  quilt-mcp                                serve the sample registry",
      "  quilt-mcp --root ~/buckets --port 9000   serve folders of your own",
      "  quilt-mcp stdio --root ~/buckets         speak through standard input, output",
      "  quilt-mcp proxy --url https://HOST/mcp   the same, from a server elsewhere",
      "  quilt-mcp config                         show every setting and its origin",
      "  quilt-mcp health                         exit 0 when the server answers",
      "",
      "  export MCP_ENHANCED_JWT_SECRET=$(openssl rand -hex 32)",
      "  quilt-mcp --root sample                  ask for tokens",
      "  quilt-mcp token --bucket quilt-sample    mint one, with the same secret set",
      "",
      "Settings come from flags, the environment, a file (--config) and defaults, in",
      "this order.",
      ""
    })
public final class QuiltMcpCommand implements Runnable {
  /// The settings are wrong.
  static final int EXIT_SETTINGS = 2;

  @Mixin private final SettingOptions options = new SettingOptions();

  private final Surroundings surroundings;

  QuiltMcpCommand(Surroundings surroundings) {
    this.surroundings = surroundings;
  }

  /// Runs the command line.
  ///
  /// @param args as the shell gave them
  /// @param environment variables of the process
  /// @return the exit code: 0 when all went well, 1 when not, 2 when arguments or settings are
  ///   wrong
  public static int run(String[] args, Map<String, String> environment) {
    Logging.prepare();
    Surroundings surroundings = Surroundings.ofProcess(environment);
    CommandLine root = new CommandLine(new QuiltMcpCommand(surroundings));
    return root.addSubcommand(new ServeCommand(surroundings))
        .addSubcommand(new StdioCommand(surroundings))
        .addSubcommand(new ProxyCommand(surroundings))
        .addSubcommand(new TokenCommand(surroundings))
        .addSubcommand(new HealthCommand(surroundings))
        .addSubcommand(new ConfigCommand(surroundings))
        .addSubcommand(new DesktopCommand(surroundings, root::execute))
        .addSubcommand(new HelpCommand())
        .setParameterExceptionHandler(QuiltMcpCommand::explainArguments)
        .setExecutionExceptionHandler((exception, line, _) -> explain(exception, line))
        .execute(args);
  }

  /// Tells the synopsis only: the whole help would push the message off the screen.
  private static int explainArguments(ParameterException exception, String[] args) {
    CommandLine line = exception.getCommandLine();
    line.getErr().println(exception.getMessage());
    UnmatchedArgumentException.printSuggestions(exception, line.getErr());
    line.getErr().print(line.getHelp().fullSynopsis());
    line.getErr()
        .println(
            "`%s --help` shows what there is.".formatted(line.getCommandSpec().qualifiedName()));
    return EXIT_SETTINGS;
  }

  private static int explain(Exception exception, CommandLine line) throws Exception {
    if (exception instanceof InvalidSettingsException invalid) {
      PrintWriter err = line.getErr();
      err.println("quilt-mcp cannot start:");
      invalid.problems().forEach(problem -> err.println("  - " + problem));
      err.println(
          "`quilt-mcp config` shows every setting, `%s --help` the flags."
              .formatted(line.getCommandSpec().qualifiedName()));
      return EXIT_SETTINGS;
    }
    throw exception;
  }

  @Override
  public void run() {
    ServeCommand.serve(options, surroundings, false);
  }

  /// Tells the version of the build.
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      return new String[] {"quilt-mcp " + Surroundings.build()};
    }
  }
}
