package com.quiltdata.mcp.deploy.console;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.release.Checks;
import com.quiltdata.mcp.deploy.release.ReleaseReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A release in lines for people: the verdict, the cause and what serves come first.
public final class ReportText {
  private ReportText() {}

  /// The lines.
  public static List<String> lines(ReleaseReport report) {
    List<String> lines = new ArrayList<>();
    boolean good = report.code() == ExitCode.OK;
    String verdict =
        good
            ? "OK: %s %s".formatted(report.command(), report.version())
            : "FAILED (exit %d, %s): %s %s"
                .formatted(
                    report.code().number(),
                    report.code().wire(),
                    report.command(),
                    report.version());
    lines.add(verdict.strip());
    report.cause().ifPresent(cause -> lines.add("Cause: " + cause));
    report.serving().ifPresent(serving -> lines.add("Serving now: " + serving));
    if (!good) {
      report.next().ifPresent(next -> lines.add("Next: " + next));
    }
    report.image().ifPresent(image -> lines.add("Image: " + image));
    report
        .taskDefinition()
        .ifPresent(revision ->
            lines.add(
                "Task definition: %s%s"
                    .formatted(
                        revision, report.previous().map(" (before: %s)"::formatted).orElse(""))));
    report.checks().results().forEach((check, result) -> lines.add(line(check, result)));
    report.evidence().forEach(one -> lines.add("  " + one));
    return lines;
  }

  private static String line(Checks.Check check, Checks.Result result) {
    String verdict =
        result.passed().map(passed -> passed ? "ok     " : "FAILED ").orElse("skipped");
    return "  %s %-8s %s"
        .formatted(verdict, check.name().toLowerCase(Locale.ROOT), result.detail());
  }
}
