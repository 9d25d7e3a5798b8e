package com.quiltdata.mcp.deploy.console;

import com.quiltdata.mcp.deploy.ecs.DeploymentState;
import com.quiltdata.mcp.deploy.ecs.Difference;
import com.quiltdata.mcp.deploy.ecs.ServiceEvent;
import com.quiltdata.mcp.deploy.ecs.TaskDefinition;
import com.quiltdata.mcp.deploy.ecs.TaskState;
import com.quiltdata.mcp.deploy.release.Finding;
import com.quiltdata.mcp.deploy.release.ReleaseWatcher;
import com.quiltdata.mcp.deploy.target.TargetState;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/// What people see while a command works, on standard error: lines, each written once, and at a
/// terminal a page that shows a rollout and is redrawn in place. Results go to standard output, by
/// others. Texts of AWS are made [Printable] here.
public final class Console implements ReleaseWatcher {
  private static final String RESET = "\u001b[0m";

  private final PrintWriter err;
  private final Person person;
  private final boolean quiet;
  private final Terminal terminal;
  private final boolean colors;
  private final LiveView view = new LiveView();
  private List<LiveView.Row> page = List.of();
  private String last = "";
  private String lastNear = "";

  /// A console.
  ///
  /// @param err where lines go
  /// @param person who answers questions
  /// @param quiet whether only problems are shown
  /// @param terminal where they are read
  /// @param colors whether lines have colors, if they are read at a terminal
  public Console(PrintWriter err, Person person, boolean quiet, Terminal terminal, boolean colors) {
    this.err = err;
    this.person = person;
    this.quiet = quiet;
    this.terminal = terminal;
    this.colors = colors && terminal.columns().isPresent();
  }

  private void line(String text) {
    line(0, text);
  }

  private void line(int color, String text) {
    if (!quiet) {
      always(color, text);
    }
  }

  /// A line above the page.
  private void always(int color, String text) {
    List<LiveView.Row> below = page;
    erase();
    err.println(colored(color, Printable.line(text)));
    draw(below);
    err.flush();
  }

  private String colored(int color, String text) {
    return colors && color != 0 ? "\u001b[" + color + "m" + text + RESET : text;
  }

  private void erase() {
    if (!page.isEmpty()) {
      err.print("\u001b[" + page.size() + "A\r\u001b[J");
      page = List.of();
    }
  }

  private void draw(List<LiveView.Row> rows) {
    rows.forEach(row -> err.println(colored(row.color(), row.text())));
    page = rows;
  }

  /// What was drawn stays, and the next lines come below.
  private void leavePage() {
    page = List.of();
  }

  @Override
  public void step(String text) {
    leavePage();
    line(1, "==> " + text);
  }

  @Override
  public void note(String text) {
    always(33, "note: " + text);
  }

  @Override
  public void findings(List<Finding> findings) {
    leavePage();
    for (Finding finding : findings) {
      String text =
          "  %-8s %s: %s"
              .formatted(
                  finding.kind().name().toLowerCase(Locale.ROOT), finding.what(), finding.text());
      switch (finding.kind()) {
        case OK, UNKNOWN -> line(text);
        case WARNING -> line(33, text + "; " + finding.fix());
        case ERROR -> always(31, text + "; " + finding.fix());
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
      one.before().ifPresent(text -> line(31, "    - " + text));
      one.after().ifPresent(text -> line(32, "    + " + text));
    }
  }

  @Override
  public boolean confirms(String question) {
    leavePage();
    Optional<String> answer = person.answer(Printable.line(question) + " [y/N] ", err);
    return answer.isEmpty()
        || List.of("y", "yes").contains(answer.get().strip().toLowerCase(Locale.ROOT));
  }

  @Override
  public void near(List<TaskState> tasks, List<TargetState> targets) {
    view.near(tasks, targets);
    String text = String.join(", ", targets.stream().map(TargetState::words).toList());
    if (terminal.columns().isEmpty() && !text.isEmpty() && !text.equals(lastNear)) {
      lastNear = text;
      line("        targets: " + text);
    }
  }

  @Override
  public void seen(Look look) {
    OptionalInt columns = terminal.columns();
    if (columns.isEmpty()) {
      seenInLines(look);
    } else if (!quiet) {
      List<LiveView.Row> rows = view.rows(look, columns.getAsInt());
      erase();
      draw(rows);
      err.flush();
    }
  }

  private void seenInLines(Look look) {
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
    view.event(event);
    if (terminal.columns().isEmpty()) {
      line("        " + event.message());
    }
  }
}
