package com.quiltdata.mcp.task;

import static com.quiltdata.mcp.task.TaskBench.ANN;
import static com.quiltdata.mcp.task.TaskBench.BOB;
import static com.quiltdata.mcp.task.TaskBench.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.input.InputRequest;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.replica.Eventually;
import com.quiltdata.mcp.tool.Job;
import com.quiltdata.mcp.tool.ToolResult;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// How much of everything there may be.
final class TaskStoreTest {
  private static final InputRequest.Form SURE = InputRequest.confirmation("Sure?", "ok");
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Gate gate = new Gate();
  private final Job job = TaskBench.job(gate);

  private static String begun(TaskBench.Replica replica, Caller caller, Job job) {
    return replica.tryBegin(caller, job).orElseThrow().path("taskId").stringValue();
  }

  @Test
  void oneCallerRunsAFewAtOnceAndAllRunSome() {
    TaskBench.Replica replica = new TaskBench(TaskBench.limits(3, 2, 1 << 20)).replica();
    String first = begun(replica, ANN, job);
    begun(replica, ANN, job);
    assertThat(replica.tryBegin(ANN, job)).isEmpty();
    begun(replica, BOB, job);
    assertThat(replica.tryBegin(BOB, job)).isEmpty();
    assertThat(replica.tryBegin(TaskBench.LOCAL, job)).isEmpty();
    replica.cancel(first);
    Eventually.until("a place", () -> replica.tryBegin(TaskBench.LOCAL, job).isPresent());
    assertThat(replica.tryBegin(BOB, job)).isEmpty();
  }

  @Test
  void aRefusedJobDoesNotBegin() {
    TaskBench.Replica replica = new TaskBench(TaskBench.limits(1, 1, 1 << 20)).replica();
    begun(replica, ANN, job);
    List<String> ran = new ArrayList<>();
    assertThat(
            replica.tryBegin(
                BOB,
                TaskBench.job((_, _) -> {
                  ran.add("ran");
                  return said("ran");
                })))
        .isEmpty();
    assertThat(ran).isEmpty();
  }

  @Test
  void whoWaitsForAnswersKeepsItsPlace() {
    TaskBench.Replica replica = new TaskBench(TaskBench.limits(2, 1, 1 << 20)).replica();
    String id = replica.begin((_, _) -> new ToolResult.Asks(InputRequired.of("ok", SURE)));
    replica.until(id, "input_required");
    assertThat(replica.tryBegin(ANN, job)).isEmpty();
    replica.cancel(id);
    assertThat(replica.tryBegin(ANN, job)).isPresent();
  }

  @Test
  void endedTasksAreCountedToo() {
    TaskBench bench = new TaskBench(TaskBench.limits(2, 1, 1 << 20));
    TaskBench.Replica replica = bench.replica();
    for (int i = 0; i < 128; i++) {
      Eventually.until(
          "a place",
          () -> replica.tryBegin(ANN, TaskBench.job((_, _) -> said("done"))).isPresent());
    }
    String bobs = begun(replica, BOB, TaskBench.job((_, _) -> said("done")));
    assertThat(replica.tryBegin(ANN, job)).isEmpty();
    assertThat(replica.find(bobs, BOB)).isPresent();
    bench.clock.advance(Duration.ofHours(1).plusMillis(1));
    // Nobody asks for them: they are swept.
    Eventually.until("a place", () -> replica.tryBegin(ANN, job).isPresent());
  }

  @Test
  void resultsShareARoom() {
    TaskBench bench = new TaskBench(TaskBench.limits(64, 8, 100_000));
    TaskBench.Replica replica = bench.replica();
    // The words say it twice: 40 KB.
    Job large = TaskBench.job((_, _) -> said("x".repeat(20_000)));
    String first = begun(replica, ANN, large);
    assertThat(replica.end(first).path("status").stringValue()).isEqualTo("completed");
    ObjectNode second = replica.end(begun(replica, ANN, large));
    assertThat(second.path("error").path("message").stringValue())
        .as("no one takes more than half")
        .isEqualTo(
            "The result is too large to be kept for you; ask for less, or call without a task");
    String bobs = begun(replica, BOB, large);
    Eventually.until(
        "an end",
        () ->
            replica.find(bobs, BOB).orElseThrow().path("status").stringValue().equals("completed"));
    String locals = begun(replica, TaskBench.LOCAL, large);
    Eventually.until(
        "no room for a third",
        () ->
            replica
                .find(locals, TaskBench.LOCAL)
                .orElseThrow()
                .path("status")
                .stringValue()
                .equals("failed"));
    bench.clock.advance(Duration.ofHours(1).plusMillis(1));
    Eventually.until(
        "room again",
        () ->
            replica
                .end(begun(replica, ANN, large))
                .path("status")
                .stringValue()
                .equals("completed"));
  }

  @Test
  void theOnlyCallerTakesAllTheRoom() {
    TaskBench.Replica replica = new TaskBench(TaskBench.limits(8, 8, 100_000)).replica();
    Job large = TaskBench.job((_, _) -> said("x".repeat(20_000)));
    for (String status : List.of("completed", "completed", "failed")) {
      assertThat(replica.end(begun(replica, ANN, large)).path("status").stringValue())
          .isEqualTo(status);
    }
  }

  /// Nobody asks, and it ends all the same.
  @Test
  void whatTakesTooLongIsSwept() throws InterruptedException {
    TaskBench bench = new TaskBench(TaskBench.limits(1, 1, 1 << 20));
    TaskBench.Replica replica = bench.replica();
    begun(replica, ANN, job);
    gate.awaitBegin();
    bench.clock.advance(Duration.ofHours(1).plusMillis(1));
    gate.awaitInterrupt();
    Eventually.until("a place", () -> replica.tryBegin(ANN, job).isPresent());
  }

  @Test
  void timesAreWholeMilliseconds() {
    assertThatThrownBy(() -> TaskBench.withTimes(Duration.ofNanos(1), MINUTE, MINUTE))
        .hasMessage("times of tasks are at least a millisecond");
  }

  @Test
  void theLongestLifeCoversALateEnd() {
    assertThat(TaskLimits.defaults().longestLife()).isEqualTo(Duration.ofMinutes(70));
    assertThat(TaskBench.withTimes(Duration.ofHours(2), MINUTE, MINUTE).longestLife())
        .isEqualTo(Duration.ofHours(2));
  }
}
