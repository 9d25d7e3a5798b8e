package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.console.Printable;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.release.ReleaseReport;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/// What a run of GitHub Actions shows beside its log.
///
/// @param around says whether this is one
record Actions(Surroundings around) {

  /// Adds a release to the summary of the job, and marks a failure.
  void report(ReleaseReport report, List<String> lines) {
    around
        .variable("GITHUB_STEP_SUMMARY")
        .map(Path::of)
        .ifPresent(file -> write(file, markdown(report, lines)));
    if (around.variable("GITHUB_ACTIONS").filter("true"::equals).isPresent()
        && report.code() != ExitCode.OK) {
      around
          .err()
          .println(
              "::error title=%s %s::%s"
                  .formatted(
                      report.command(),
                      report.code().wire(),
                      escaped(report.cause().orElse(report.code().meaning()))));
      around.err().flush();
    }
  }

  private static String escaped(String text) {
    return Printable.line(text).replace("%", "%25");
  }

  private static String markdown(ReleaseReport report, List<String> lines) {
    return "### %s %s: %s\n\n```\n%s\n```\n"
        .formatted(
            report.command(),
            report.version(),
            report.code().wire(),
            String.join("\n", lines.stream().map(Printable::line).toList()));
  }

  private void write(Path file, String text) {
    try {
      Files.writeString(
          file, text, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException e) {
      around.err().println("note: the job summary cannot be written: " + e.getMessage());
    }
  }
}
