package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `deploy-cli exit-codes`: what the numbers mean.
@Command(
    name = "exit-codes",
    description = "List the exit codes and what they mean.",
    footerHeading = "%nExamples:%n",
    footer = {"  deploy-cli exit-codes", ""})
final class ExitCodesCommand implements Callable<Integer> {
  @Mixin final HelpOption help = new HelpOption();

  private final Surroundings around;

  ExitCodesCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    for (ExitCode code : ExitCode.values()) {
      around.out().println("%4d  %-24s %s".formatted(code.number(), code.wire(), code.meaning()));
    }
    around.out().flush();
    return ExitCode.OK.number();
  }
}
