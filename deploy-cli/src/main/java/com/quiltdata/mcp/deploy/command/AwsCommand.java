package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.aws.CallLog;
import com.quiltdata.mcp.deploy.console.Printable;
import com.quiltdata.mcp.deploy.console.ReportText;
import com.quiltdata.mcp.deploy.json.Json;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.release.ReleaseReport;
import com.quiltdata.mcp.deploy.release.ReleaseTarget;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/// What all commands that speak to AWS have in common.
abstract class AwsCommand implements Callable<Integer> {
  @Mixin private final TargetOptions options = new TargetOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @Mixin final HelpOption help = new HelpOption();

  private Surroundings around;

  AwsCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public final Integer call() {
    around = options.paced(around);
    try (AwsClients aws = new AwsClients(options.aws(around), new CallLog())) {
      return run(aws, options.target(around)).number();
    }
  }

  /// Does it.
  abstract ExitCode run(AwsClients aws, ReleaseTarget target);

  final Surroundings around() {
    return around;
  }

  final TargetOptions options() {
    return options;
  }

  final OutputOptions output() {
    return output;
  }

  /// Prints a result in the form that was asked for.
  ///
  /// @param json makes the document, when that is the form
  final void print(List<String> lines, Supplier<JsonNode> json) {
    if (output.isJson()) {
      around.out().println(Json.pretty(json.get()));
    } else {
      lines.stream().map(Printable::line).forEach(around.out()::println);
    }
    around.out().flush();
  }

  /// Prints how a release ended, for a run of GitHub Actions there too.
  ///
  /// @return how it ended
  final ExitCode report(ReleaseReport report) {
    List<String> lines = ReportText.lines(report);
    print(lines, report::json);
    new Actions(around).report(report, lines);
    return report.code();
  }
}
