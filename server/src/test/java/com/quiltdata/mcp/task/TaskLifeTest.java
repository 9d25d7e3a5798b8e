package com.quiltdata.mcp.task;

import static com.quiltdata.mcp.task.TaskBench.ANN;
import static com.quiltdata.mcp.task.TaskBench.BOB;
import static com.quiltdata.mcp.task.TaskBench.NOW;
import static com.quiltdata.mcp.task.TaskBench.json;
import static com.quiltdata.mcp.task.TaskBench.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.observe.RequestContext;
import com.quiltdata.mcp.replica.Alone;
import com.quiltdata.mcp.replica.Eventually;
import com.quiltdata.mcp.tool.Job;
import com.quiltdata.mcp.tool.LogLevel;
import com.quiltdata.mcp.tool.ToolResult;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class TaskLifeTest {
  private final TaskBench bench = new TaskBench();
  private final TaskBench.Replica replica = bench.replica();
  private final Gate gate = new Gate();

  @Test
  void r160AHandleIsFlatAndAtWork() {
    ObjectNode task = replica.begin(TaskBench.job(gate));
    assertThat(task.propertyNames())
        .containsExactly(
            "taskId", "status", "createdAt", "lastUpdatedAt", "ttlMs", "pollIntervalMs");
    assertThat(task.path("status").stringValue()).isEqualTo("working");
    assertThat(task.path("createdAt").stringValue()).isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(task.path("lastUpdatedAt")).isEqualTo(task.path("createdAt"));
    assertThat(task.path("ttlMs").longValue()).isEqualTo(3_600_000);
    assertThat(task.path("pollIntervalMs").longValue()).isEqualTo(1_000);
  }

  /// A job may be over, or have asked, before its handle is told.
  @Test
  void r160AHandleTellsNoEnd() {
    Job job = TaskBench.job((_, _) -> said("done"));
    for (int i = 0; i < 500; i++) {
      // The schema of handles admits nothing but work.
      Eventually.until("a place", () -> replica.tryBegin(ANN, job).isPresent());
    }
  }

  @Test
  void r161ATaskIsThereAsSoonAsItIsTold() {
    for (int i = 0; i < 100; i++) {
      String id = replica.begin((_, _) -> said("done"));
      assertThat(replica.find(id, ANN)).isPresent();
      replica.end(id);
    }
  }

  @Test
  void r162AnEndTellsTheResult() throws InterruptedException {
    String id = replica.begin(gate);
    gate.awaitBegin();
    assertThat(replica.status(id)).isEqualTo("working");
    bench.clock.advance(Duration.ofSeconds(5));
    gate.open(said("done"));
    ObjectNode task = replica.end(id);
    assertThat(task.path("status").stringValue()).isEqualTo("completed");
    assertThat(task.path("result"))
        .isEqualTo(
            json(
                "{'content':[{'type':'text','text':'done'}],"
                    + "'structuredContent':{'success':true,'said':'done'},'isError':false}"));
    assertThat(task.path("createdAt").stringValue()).isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(task.path("lastUpdatedAt").stringValue()).isEqualTo("2026-01-02T03:04:10.678Z");
    bench.clock.advance(Duration.ofSeconds(5));
    assertThat(replica.get(id)).isEqualTo(task);
  }

  @Test
  void r162AFailureOfTheToolIsAResult() {
    String id =
        replica.begin((_, _) ->
            new ToolResult.Failure(
                FaultCode.NOT_FOUND, "There is none", StrictJson.NODES.objectNode()));
    ObjectNode task = replica.end(id);
    assertThat(task.path("status").stringValue()).isEqualTo("completed");
    assertThat(task.path("result").path("isError").booleanValue()).isTrue();
    assertThat(task.path("result").path("structuredContent").path("code").stringValue())
        .isEqualTo("not_found");
  }

  @Test
  void r162AFaultIsAFailureOfTheTool() {
    String id =
        replica.begin((_, _) -> {
          throw new Fault(FaultCode.CONFLICT, "Too late");
        });
    ObjectNode task = replica.end(id);
    assertThat(task.path("status").stringValue()).isEqualTo("completed");
    assertThat(task.path("result").path("structuredContent").path("error").stringValue())
        .isEqualTo("Too late");
  }

  @ParameterizedTest
  @ValueSource(strings = {"exception", "overflow", "deferred", "unspeakable"})
  void r162ADefectIsAnErrorWithoutDetails(String kind) {
    String id =
        replica.begin((_, _) ->
            switch (kind) {
              case "exception" -> throw new IllegalStateException("secret internals");
              case "overflow" -> overflow(0);
              case "deferred" -> new ToolResult.Deferred(new Job.Elsewhere("x"));
              // The words do not know it.
              default -> new ToolResult.Blocks(List.of());
            });
    ObjectNode task = replica.end(id);
    assertThat(task.path("status").stringValue()).isEqualTo("failed");
    assertThat(task.path("error"))
        .isEqualTo(
            json(
                "{'code':-32603,'message':"
                    + "'Internal error; the log has more under request id request-1'}"));
    assertThat(task.path("statusMessage")).isEqualTo(task.path("error").path("message"));
  }

  @SuppressWarnings("InfiniteRecursion") // this is what it is for
  private static ToolResult overflow(int depth) {
    return overflow(depth + 1);
  }

  @Test
  void aResultMayBeAnyJson() {
    ObjectNode deep = StrictJson.NODES.objectNode();
    ObjectNode at = deep;
    for (int i = 0; i < 200; i++) {
      at = at.putObject("n");
    }
    ObjectNode wide = StrictJson.NODES.objectNode();
    wide.put("k".repeat(1_000), "9".repeat(200));
    for (int i = 0; i < 120_000; i++) {
      wide.withArrayProperty("list").add(i);
    }
    for (ObjectNode odd : List.of(deep, wide)) {
      ObjectNode fields = ToolResult.fields();
      fields.set("odd", odd);
      ObjectNode task = replica.end(replica.begin((_, _) -> new ToolResult.Success(fields)));
      assertThat(task.path("result").path("structuredContent").path("odd")).isEqualTo(odd);
    }
  }

  @Test
  void progressIsTheMessageOfTheStatus() throws InterruptedException {
    BlockingQueue<String> texts = new ArrayBlockingQueue<>(1);
    BlockingQueue<String> told = new ArrayBlockingQueue<>(1);
    String id =
        replica.begin((_, output) -> {
          while (true) {
            String text = take(texts);
            if (text.isEmpty()) {
              return said("done");
            }
            output.log(LogLevel.ERROR, "for a stream");
            output.progress(1, OptionalDouble.empty(), text);
            told.add(text);
          }
        });
    assertThat(replica.get(id).has("statusMessage")).isFalse();
    bench.clock.advance(Duration.ofSeconds(1));
    texts.add("a third");
    assertThat(told.poll(60, TimeUnit.SECONDS)).isEqualTo("a third");
    ObjectNode task = replica.get(id);
    assertThat(task.path("statusMessage").stringValue()).isEqualTo("a third");
    assertThat(task.path("lastUpdatedAt").stringValue()).isEqualTo("2026-01-02T03:04:06.678Z");
    // Cut where no character is broken.
    texts.add("x" + "😀".repeat(5_000));
    assertThat(told.poll(60, TimeUnit.SECONDS)).isNotNull();
    assertThat(replica.get(id).path("statusMessage").stringValue())
        .isEqualTo("x" + "😀".repeat(499));
    texts.add("");
    replica.end(id);
  }

  private static <T> T take(BlockingQueue<T> queue) {
    try {
      return queue.take();
    } catch (InterruptedException e) {
      throw new Fault(FaultCode.CANCELLED, "The call was given up", e);
    }
  }

  @Test
  void theJobRunsForItsRequest() throws InterruptedException {
    BlockingQueue<Optional<RequestContext>> seen = new ArrayBlockingQueue<>(1);
    replica.begin((_, _) -> {
      seen.add(RequestContext.current());
      return said("done");
    });
    assertThat(seen.poll(60, TimeUnit.SECONDS))
        .contains(new RequestContext("request-1", Optional.of("ann")));
  }

  @Test
  void r166IdsAreShortUnguessableAndFitAHeader() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String id = replica.begin((_, _) -> said("done"));
      replica.end(id);
      ids.add(id);
    }
    assertThat(ids)
        .doesNotHaveDuplicates()
        .allSatisfy(
            id -> assertThat(id).matches("t1\\.[A-Za-z0-9._-]+").hasSizeLessThanOrEqualTo(64));
  }

  @Test
  void r166ForAnybodyElseATaskIsNotThere() throws InterruptedException {
    String id = replica.begin(gate);
    gate.awaitBegin();
    for (var other :
        List.of(
            BOB, Callers.LOCAL, Callers.ANONYMOUS, TaskBench.bearer("Ann"), TaskBench.bearer(""))) {
      assertThat(replica.tasks.get(id, other)).isEmpty();
      assertThat(replica.tasks.update(id, other, json("{}"))).isFalse();
      assertThat(replica.tasks.cancel(id, other)).isFalse();
    }
    assertThat(replica.status(id)).isEqualTo("working");
    assertThat(replica.find(id, TaskBench.bearer("ann"))).as("another token of hers").isPresent();
  }

  @Test
  void aTaskBelongsToSomebody() {
    assertThatThrownBy(() -> replica.tryBegin(Callers.ANONYMOUS, TaskBench.job(gate)))
        .hasMessage("a task belongs to somebody");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "gate-test",
        "t1",
        "t1.",
        "t1....",
        "t1.AAAA.AAAA.AAAA",
        "v1.AAAA.AAAA",
        "../../etc/passwd",
        "日本語",
        "\u0000"
      })
  void r163AForeignIdIsNoTask(String id) {
    assertThat(replica.tasks.get(id, ANN)).isEmpty();
    assertThat(replica.tasks.update(id, ANN, json("{'a':1}"))).isFalse();
    assertThat(replica.tasks.cancel(id, ANN)).isFalse();
  }

  @Test
  void r166AChangedIdIsNoTask() {
    String id = replica.begin(gate);
    for (int at = 0; at < id.length(); at++) {
      char other = id.charAt(at) == 'A' ? 'B' : 'A';
      String changed = id.substring(0, at) + other + id.substring(at + 1);
      assertThat(replica.tasks.get(changed, ANN)).as(changed).isEmpty();
    }
  }

  @Test
  void r161TasksAreOfferedWhereEveryReplicaIsReached() {
    assertThat(replica.tasks.areOffered()).isTrue();
    assertThat(bench.replica(new Alone(replica.replicas.self(), true)).tasks.areOffered()).isTrue();
    assertThat(bench.replica(new Alone(replica.replicas.self(), false)).tasks.areOffered())
        .isFalse();
  }

  @Test
  void aTaskIsKeptExactlyAsLongAsItWasPromised() {
    String id = replica.begin((_, _) -> said("done"));
    ObjectNode task = replica.end(id);
    Instant end =
        Instant.parse(task.path("createdAt").stringValue())
            .plusMillis(task.path("ttlMs").longValue());
    bench.clock.set(end);
    assertThat(replica.find(id, ANN)).isPresent();
    bench.clock.set(end.plusMillis(1));
    assertThat(replica.find(id, ANN)).isEmpty();
    assertThat(replica.update(id, "{}")).isFalse();
    assertThat(replica.cancel(id)).isFalse();
  }

  @Test
  void aLateResultIsKeptForAWhile() throws InterruptedException {
    String id = replica.begin(gate);
    gate.awaitBegin();
    bench.clock.set(NOW.plus(Duration.ofMinutes(59)));
    assertThat(replica.get(id).path("ttlMs").longValue()).isEqualTo(3_600_000);
    gate.open(said("done"));
    assertThat(replica.end(id).path("ttlMs").longValue())
        .isEqualTo(Duration.ofMinutes(69).toMillis());
    bench.clock.set(NOW.plus(Duration.ofMinutes(69)));
    assertThat(replica.find(id, ANN)).isPresent();
    bench.clock.advance(Duration.ofMillis(1));
    assertThat(replica.find(id, ANN)).isEmpty();
  }

  @Test
  void whatTakesTooLongFails() throws InterruptedException {
    String id = replica.begin(gate);
    gate.awaitBegin();
    bench.clock.set(NOW.plus(Duration.ofHours(1)));
    assertThat(replica.status(id)).isEqualTo("working");
    bench.clock.advance(Duration.ofMillis(1));
    ObjectNode task = replica.get(id);
    assertThat(task.path("error"))
        .isEqualTo(json("{'code':-32603,'message':'The task took longer than 3600 seconds'}"));
    gate.awaitInterrupt();
    gate.awaitEnd();
    assertThat(replica.get(id)).isEqualTo(task);
  }
}
