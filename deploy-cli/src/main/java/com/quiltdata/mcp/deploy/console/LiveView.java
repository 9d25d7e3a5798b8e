package com.quiltdata.mcp.deploy.console;

import com.quiltdata.mcp.deploy.ecs.DeploymentState;
import com.quiltdata.mcp.deploy.ecs.RolloutWatcher.Look;
import com.quiltdata.mcp.deploy.ecs.ServiceDeploymentState;
import com.quiltdata.mcp.deploy.ecs.ServiceEvent;
import com.quiltdata.mcp.deploy.ecs.TaskDefinition;
import com.quiltdata.mcp.deploy.ecs.TaskState;
import com.quiltdata.mcp.deploy.ecs.Verdict;
import com.quiltdata.mcp.deploy.target.TargetState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A rollout on one page, which takes the place of the page before. Not thread-safe.
final class LiveView {
  /// Of each kind, so that a page fits 24 lines.
  private static final int MOST = 4;

  private static final int NARROWEST = 80;
  private static final int RED = 31;
  private static final int YELLOW = 33;
  private static final int BOLD = 1;
  private static final int NO_COLOR = 0;
  private static final int ID = 8;

  /// A line of the page.
  ///
  /// @param color of the terminal; 0 for none
  record Row(String text, int color) {}

  private final List<ServiceEvent> events = new ArrayList<>();
  private List<TaskState> tasks = List.of();
  private List<TargetState> targets = List.of();

  void event(ServiceEvent event) {
    events.add(event);
  }

  void near(List<TaskState> running, List<TargetState> registered) {
    tasks = running;
    targets = registered;
  }

  /// The page of a look.
  ///
  /// @param columns of the terminal; no row is wider, nor than 80 in a narrower one
  List<Row> rows(Look look, int columns) {
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("%s  %s".formatted(clock(look.elapsed()), words(look.verdict())), BOLD));
    add(rows, "deployments", look.service().deployments().stream().map(LiveView::row).toList());
    add(rows, "tasks", tasks.stream().map(LiveView::row).toList());
    add(rows, "targets", targets.stream().map(LiveView::row).toList());
    look.deployment()
        .flatMap(LiveView::breaker)
        .ifPresent(row -> add(rows, "breaker", List.of(row)));
    stopped(look.stopped()).ifPresent(row -> add(rows, "stopped", List.of(row)));
    add(
        rows,
        "events",
        events.stream()
            .skip(Math.max(0, events.size() - MOST))
            .map(event -> new Row(withoutService(event.message()), NO_COLOR))
            .toList());
    int width = Math.max(NARROWEST, columns);
    return rows.stream()
        .map(row -> new Row(Printable.columns(row.text(), width), row.color()))
        .toList();
  }

  /// The first ones of a kind below their name.
  private static void add(List<Row> rows, String name, List<Row> ofThem) {
    for (int i = 0; i < Math.min(ofThem.size(), MOST); i++) {
      boolean isLast = i == MOST - 1 && ofThem.size() > MOST;
      String text = isLast ? "and %d more".formatted(ofThem.size() - i) : ofThem.get(i).text();
      rows.add(
          new Row(
              "  %-11s  %s".formatted(i == 0 ? name : "", text),
              isLast ? NO_COLOR : ofThem.get(i).color()));
    }
  }

  private static String clock(Duration elapsed) {
    return "%2d:%02d".formatted(elapsed.toMinutes(), elapsed.toSecondsPart());
  }

  private static String words(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Waiting(Optional<String> note) ->
          note.map("rolling out, "::concat).orElse("rolling out");
      case Verdict.RolledOut() -> "rolled out";
      case Verdict.Paused() -> "paused at a hook, waits for a decision";
      case Verdict.RollingBack(Optional<String> reason) -> "rolling back" + after(reason);
      case Verdict.RolledBack(Optional<String> reason) -> "rolled back" + after(reason);
      case Verdict.Failed(Optional<String> reason, boolean _) -> "failed" + after(reason);
      case Verdict.Superseded(String by) ->
          "another deployment took its place: " + TaskDefinition.shortName(by);
    };
  }

  private static String after(Optional<String> reason) {
    return reason.map(": "::concat).orElse("");
  }

  private static Row row(DeploymentState one) {
    return new Row(
        "%-22s %-8s %-11s %d/%d running%s%s"
            .formatted(
                TaskDefinition.shortName(one.taskDefinition()),
                one.status(),
                one.rolloutState().orElse("").toLowerCase(Locale.ROOT).replace('_', ' '),
                one.running(),
                one.desired(),
                one.pending() > 0 ? ", %d starting".formatted(one.pending()) : "",
                one.failed() > 0 ? ", %d failed".formatted(one.failed()) : ""),
        one.isFailed() ? RED : one.failed() > 0 ? YELLOW : NO_COLOR);
  }

  private static Row row(TaskState task) {
    String health = task.health().orElse("");
    return new Row(
        "%-8s  %-22s %-12s %s"
            .formatted(
                task.id().substring(Math.max(0, task.id().length() - ID)),
                TaskDefinition.shortName(task.taskDefinition()),
                task.status().toLowerCase(Locale.ROOT),
                health.toLowerCase(Locale.ROOT)),
        health.equals("UNHEALTHY") ? RED : NO_COLOR);
  }

  private static Row row(TargetState target) {
    return new Row(
        target.words(),
        target.isHealthy() || target.isDraining() || target.state().equals("initial")
            ? NO_COLOR
            : RED);
  }

  private static Optional<Row> breaker(ServiceDeploymentState deployment) {
    return deployment.threshold() == 0
        ? Optional.empty()
        : Optional.of(
            new Row(
                "%d of %d failures, %s"
                    .formatted(
                        deployment.failures(),
                        deployment.threshold(),
                        deployment.breaker().orElse("monitoring").toLowerCase(Locale.ROOT)),
                deployment.failures() == 0 ? NO_COLOR : YELLOW));
  }

  private static Optional<Row> stopped(List<TaskState> stopped) {
    return stopped.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Row(
                "%d, the newest: %s"
                    .formatted(
                        stopped.size(), stopped.getLast().stopReason().orElse("no reason given")),
                YELLOW));
  }

  /// Every event begins with the name of the service, which is known.
  private static String withoutService(String message) {
    return message.replaceFirst("^\\(service [^)]*\\) |^service \\S+ ", "");
  }
}
