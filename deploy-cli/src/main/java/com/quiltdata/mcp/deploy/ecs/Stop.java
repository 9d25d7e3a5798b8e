package com.quiltdata.mcp.deploy.ecs;

import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Why one task stopped, in a form that makes equal reasons equal.
///
/// @param kind what is known of it; empty for anything else
/// @param text the words of ECS, without what differs from task to task
/// @param exitCode of the container, when it ended by itself: that of one that ECS stopped says how
///   fast it was
record Stop(Optional<FailureKind> kind, String text, OptionalInt exitCode) {
  private static final Pattern SCALING = Pattern.compile("Scaling activity initiated by");
  private static final Pattern PARTICULARS =
      Pattern.compile(
          "\\b[0-9a-f]{32}\\b|\\b\\d{1,3}(\\.\\d{1,3}){3}\\b|i-[0-9a-f]+|eni-[0-9a-f]+|RequestId: [^ ,)]+|[0-9a-f-]{36}");
  private static final String SCHEDULER = "ServiceSchedulerInitiated";
  private static final int KILLED = 137;

  /// Whether a task stopped though nobody asked it to.
  ///
  /// @param container the one that is released
  static boolean isFailure(TaskState task, String container) {
    return of(task, container).isPresent();
  }

  /// Reads a stopped task; empty when it stopped because it was asked to.
  ///
  /// @param container the one that is released
  static Optional<Stop> of(TaskState task, String container) {
    String reason = task.stopReason().orElse("");
    if (SCALING.matcher(reason).find()
        || task.stopCode().filter("UserInitiated"::equals).isPresent()) {
      return Optional.empty();
    }
    Optional<TaskState.ContainerState> ours = task.container(container);
    String detail = ours.flatMap(TaskState.ContainerState::reason).orElse("");
    String all = String.join(" ", task.stopCode().orElse(""), reason, detail);
    OptionalInt exit =
        ours.filter(_ -> task.stopCode().filter(SCHEDULER::equals).isEmpty())
            .flatMap(TaskState.ContainerState::exitCode)
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty());
    String text = detail.isEmpty() ? reason : reason.isEmpty() ? detail : reason + ": " + detail;
    return Optional.of(new Stop(kind(all, exit), PARTICULARS.matcher(text).replaceAll("…"), exit));
  }

  private static Optional<FailureKind> kind(String text, OptionalInt exit) {
    Optional<FailureKind> found =
        Arrays.stream(FailureKind.values()).filter(kind -> kind.speaksOf(text)).findFirst();
    return found.isEmpty() && exit.isPresent() ? Optional.of(FailureKind.EXITED) : found;
  }

  @Override
  public String toString() {
    String shown = text.isEmpty() ? "no reason given" : text;
    return exitCode.isPresent() ? "%s (exit code %s)".formatted(shown, meaning()) : shown;
  }

  private String meaning() {
    int code = exitCode.getAsInt();
    return code == KILLED ? "137, killed: out of memory or too slow to stop" : String.valueOf(code);
  }
}
