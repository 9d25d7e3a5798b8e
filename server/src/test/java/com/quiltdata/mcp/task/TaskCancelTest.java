package com.quiltdata.mcp.task;

import static com.quiltdata.mcp.task.TaskBench.ANN;
import static com.quiltdata.mcp.task.TaskBench.json;
import static com.quiltdata.mcp.task.TaskBench.said;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.input.InputRequest;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.replica.Eventually;
import com.quiltdata.mcp.tool.Job;
import com.quiltdata.mcp.tool.ToolResult;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class TaskCancelTest {
  private static final InputRequest.Form SURE = InputRequest.confirmation("Sure?", "ok");
  private static final int ROUNDS = 1_000;

  private final TaskBench bench = new TaskBench();
  private final TaskBench.Replica replica = bench.replica();
  private final Gate gate = new Gate();

  @Test
  void r163CancellingInterruptsTheJob() throws InterruptedException {
    String id = replica.begin(gate);
    gate.awaitBegin();
    assertThat(replica.cancel(id)).isTrue();
    ObjectNode task = replica.get(id);
    assertThat(task.path("status").stringValue()).isEqualTo("cancelled");
    assertThat(task.path("statusMessage").stringValue()).isEqualTo("The client cancelled it");
    gate.awaitInterrupt();
    gate.awaitEnd();
    assertThat(replica.get(id)).isEqualTo(task);
  }

  @Test
  void aCancelledTaskStaysSoWhateverItsJobSays() throws InterruptedException {
    Gate stubborn = Gate.stubborn();
    String id = replica.begin(stubborn);
    stubborn.awaitBegin();
    replica.cancel(id);
    ObjectNode task = replica.get(id);
    stubborn.awaitInterrupt();
    stubborn.open(said("done after all"));
    stubborn.awaitEnd();
    assertThat(replica.get(id)).isEqualTo(task);
  }

  @Test
  void r163CancellingAtTheEndChangesNothing() {
    String id = replica.begin((_, _) -> said("done"));
    ObjectNode task = replica.end(id);
    bench.clock.advance(Duration.ofSeconds(1));
    assertThat(replica.cancel(id)).isTrue();
    assertThat(replica.cancel(id)).isTrue();
    assertThat(replica.get(id)).isEqualTo(task);
  }

  @Test
  void aTaskThatWaitsForAnswersIsCancelledToo() {
    String id = replica.begin((_, _) -> new ToolResult.Asks(InputRequired.of("ok", SURE)));
    replica.until(id, "input_required");
    assertThat(replica.cancel(id)).isTrue();
    ObjectNode task = replica.get(id);
    assertThat(task.path("status").stringValue()).isEqualTo("cancelled");
    assertThat(task.has("inputRequests")).isFalse();
    assertThat(replica.update(id, "{'ok':{'action':'cancel'}}")).isTrue();
    assertThat(replica.get(id)).isEqualTo(task);
  }

  @Test
  void theEndOfAReplicaIsTheEndOfItsTasks() throws InterruptedException {
    String running = replica.begin(gate);
    gate.awaitBegin();
    String waiting = replica.begin((_, _) -> new ToolResult.Asks(InputRequired.of("ok", SURE)));
    replica.until(waiting, "input_required");
    String ended = replica.begin((_, _) -> said("done"));
    replica.end(ended);
    replica.tasks.end();
    gate.awaitInterrupt();
    for (String id : List.of(running, waiting)) {
      assertThat(replica.get(id).path("error"))
          .isEqualTo(
              json(
                  "{'code':-32603,'message':"
                      + "'The task was lost with the server that ran it; begin it again'}"));
    }
    assertThat(replica.status(ended)).isEqualTo("completed");
    assertThat(replica.tryBegin(ANN, TaskBench.job(gate))).as("no more begin").isEmpty();
  }

  /// The end of the server may come between the two.
  @Test
  void aTaskThatEndsBeforeItsJobBeginsNeverRunsIt() {
    AtomicInteger stopped = new AtomicInteger();
    ResultSpace space =
        new ResultSpace() {
          @Override
          public boolean take(Task task, long bytes) {
            return true;
          }

          @Override
          public void stopped(Task task) {
            stopped.incrementAndGet();
          }
        };
    Job.Step never =
        (_, _) -> {
          throw new AssertionError("it ran");
        };
    Task task =
        new Task(
            "id",
            TaskBench.NOW,
            TaskBench.order(ANN, TaskBench.ALL),
            never,
            TaskLimits.defaults(),
            new TaskForm(new TaskBench.Words()),
            space,
            bench.clock);
    assertThat(task.failed(TaskError.LOST)).isTrue();
    byte[] end = task.toBytes();
    task.advance();
    task.cancel("too late");
    assertThat(task.failed(TaskError.LOST)).isFalse();
    assertThat(task.toBytes()).isEqualTo(end);
    assertThat(stopped).as("told once, and no thread has begun").hasValue(1);
  }

  /// Its thread still runs: one who begins and cancels by turns must not get more of them.
  @Test
  void aJobThatDoesNotHeedKeepsItsPlace() throws InterruptedException {
    TaskBench small = new TaskBench(TaskBench.limits(2, 1, 1 << 20));
    TaskBench.Replica one = small.replica();
    Gate stubborn = Gate.stubborn();
    String id = one.begin(stubborn);
    stubborn.awaitBegin();
    one.cancel(id);
    stubborn.awaitInterrupt();
    assertThat(one.status(id)).isEqualTo("cancelled");
    assertThat(one.tryBegin(ANN, TaskBench.job(gate))).isEmpty();
    stubborn.open(said("done"));
    stubborn.awaitEnd();
    Eventually.until("a place", () -> one.tryBegin(ANN, TaskBench.job(gate)).isPresent());
  }

  /// Answer, cancellation and completion at the same moment: one end, for good, and all places
  /// given back.
  @Test
  void oneEndWinsEveryRace() throws Exception {
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < ROUNDS; round++) {
        CyclicBarrier start = new CyclicBarrier(3);
        String id =
            replica.begin((input, _) ->
                input.form("ok", SURE).isPresent()
                    ? said("done")
                    : new ToolResult.Asks(InputRequired.of("ok", SURE)));
        replica.until(id, "input_required");
        Future<Boolean> answer =
            threads.submit(() -> {
              start.await();
              return replica.update(id, "{'ok':{'action':'accept','content':{'ok':true}}}");
            });
        Future<Boolean> cancel =
            threads.submit(() -> {
              start.await();
              return replica.cancel(id);
            });
        Future<ObjectNode> look =
            threads.submit(() -> {
              start.await();
              return replica.get(id);
            });
        assertThat(answer.get(60, TimeUnit.SECONDS)).isTrue();
        assertThat(cancel.get(60, TimeUnit.SECONDS)).isTrue();
        look.get(60, TimeUnit.SECONDS);
        ObjectNode task = replica.get(id);
        String status = task.path("status").stringValue();
        assertThat(Set.of("completed", "cancelled")).contains(status);
        assertThat(replica.get(id)).isEqualTo(task);
      }
    }
    // Had a place been lost, there would not be eight.
    CountDownLatch all = new CountDownLatch(8);
    for (int i = 0; i < 8; i++) {
      Eventually.until(
          "a place",
          () ->
              replica
                  .tryBegin(
                      ANN,
                      TaskBench.job((input, output) -> {
                        all.countDown();
                        return gate.run(input, output);
                      }))
                  .isPresent());
    }
    assertThat(all.await(60, TimeUnit.SECONDS)).isTrue();
    assertThat(replica.tryBegin(ANN, TaskBench.job(gate))).isEmpty();
  }
}
