package com.quiltdata.mcp.deploy.console;

import com.quiltdata.mcp.deploy.ecs.DeploymentState;
import com.quiltdata.mcp.deploy.ecs.Difference;
import com.quiltdata.mcp.deploy.ecs.ServiceEvent;
import com.quiltdata.mcp.deploy.ecs.TaskDefinition;
import com.quiltdata.mcp.deploy.release.Finding;
import com.quiltdata.mcp.deploy.release.ReleaseWatcher;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// What people see while a command works, on standard error: lines, each written once. Results go
/// to standard output, by others.
public final class Console implements ReleaseWatcher {
  private static final String RESET = "\u001b[0m";

  private final PrintWriter err;
  private final Optional<BufferedReader> answers;
  private final boolean quiet;
  private final boolean colors;
  private String last = "";

  /// A console.
  ///
  /// @param err where lines go
  /// @param answers where a person answers; empty when nobody is there
  /// @param quiet whether only problems are shown
  /// @param colors whether lines have colors
  public Console(PrintWriter err, Optional<BufferedReader> answers, boolean quiet, boolean colors) {
    this.err = err;
    this.answers = answers;
    this.quiet = quiet;
    this.colors = colors;
  }

  private void line(String text) {
    if (!quiet) {
      err.println(text);
      err.flush();
    }
  }

  private String colored(int color, String text) {
    return colors ? "\u001b[" + color + "m" + text + RESET : text;
  }

  @Override
  public void step(String text) {
    line(colored(1, "==> " + text));
  }

  @Override
  public void note(String text) {
    err.println(colored(33, "note: " + text));
    err.flush();
  }

  @Override
  public void findings(List<Finding> findings) {
    for (Finding finding : findings) {
      String text =
          switch (finding.kind()) {
            case OK -> "  ok       %s: %s".formatted(finding.what(), finding.text());
            case UNKNOWN -> "  unknown  %s: %s".formatted(finding.what(), finding.text());
            case WARNING ->
                colored(
                    33,
                    "  warning  %s: %s; %s"
                        .formatted(finding.what(), finding.text(), finding.fix()));
            case ERROR ->
                colored(
                    31,
                    "  error    %s: %s; %s"
                        .formatted(finding.what(), finding.text(), finding.fix()));
          };
      if (finding.kind() == Finding.Kind.ERROR) {
        err.println(text);
        err.flush();
      } else {
        line(text);
      }
    }
  }

  @Override
  public void differences(List<Difference> differences) {
    if (differences.isEmpty()) {
      line("  no differences");
    }
    for (Difference one : differences) {
      line("  " + one.path());
      one.before().ifPresent(text -> line(colored(31, "    - " + text)));
      one.after().ifPresent(text -> line(colored(32, "    + " + text)));
    }
  }

  @Override
  public boolean confirms(String question) {
    if (answers.isEmpty()) {
      return true;
    }
    err.print(question + " [y/N] ");
    err.flush();
    try {
      String answer = answers.get().readLine();
      return answer != null
          && List.of("y", "yes").contains(answer.strip().toLowerCase(Locale.ROOT));
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public void seen(Look look) {
    StringBuilder text = new StringBuilder();
    for (DeploymentState one : look.service().deployments()) {
      text.append(
          "  %s %s %d/%d running%s%s"
              .formatted(
                  TaskDefinition.shortName(one.taskDefinition()),
                  one.status(),
                  one.running(),
                  one.desired(),
                  one.pending() > 0 ? ", %d starting".formatted(one.pending()) : "",
                  one.failed() > 0 ? ", %d failed".formatted(one.failed()) : ""));
    }
    look.deployment()
        .flatMap(one -> one.stage())
        .ifPresent(stage ->
            text.append("  (%s)".formatted(stage.toLowerCase(Locale.ROOT).replace('_', ' '))));
    // The same picture is shown once.
    if (!text.toString().equals(last)) {
      last = text.toString();
      line("%4d s%s".formatted(look.elapsed().toSeconds(), text));
    }
  }

  @Override
  public void event(ServiceEvent event) {
    line("        " + event.message());
  }
}
