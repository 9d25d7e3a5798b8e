package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `deploy-cli completion`: completion for shells.
@Command(
    name = "completion",
    description = "Print a script that completes commands and options in bash and zsh.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  source <(deploy-cli completion)                       bash and zsh, this shell",
      "  deploy-cli completion > ~/.local/share/bash-completion/completions/deploy-cli",
      ""
    })
final class CompletionCommand implements Callable<Integer> {
  @Mixin final HelpOption help = new HelpOption();

  private final Surroundings around;

  CompletionCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    CommandLine root = DeployCli.commandLine(around);
    around.out().print(AutoComplete.bash("deploy-cli", root));
    around.out().flush();
    return ExitCode.OK.number();
  }
}
