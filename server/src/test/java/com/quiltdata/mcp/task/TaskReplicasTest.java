package com.quiltdata.mcp.task;

import static com.quiltdata.mcp.task.TaskBench.ANN;
import static com.quiltdata.mcp.task.TaskBench.BOB;
import static com.quiltdata.mcp.task.TaskBench.NOW;
import static com.quiltdata.mcp.task.TaskBench.json;
import static com.quiltdata.mcp.task.TaskBench.said;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.input.InputRequest;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.replica.Answer;
import com.quiltdata.mcp.tool.ToolResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// A client's requests reach any replica; its task lives in one.
final class TaskReplicasTest {
  private static final InputRequest.Form SURE = InputRequest.confirmation("Sure?", "ok");

  private final TaskBench bench = new TaskBench();
  private final TaskBench.Replica owner = bench.replica();
  private final TaskBench.Replica other = bench.replica();
  private final Gate gate = new Gate();

  @Test
  void r161EveryReplicaTellsTheSame() throws InterruptedException {
    String id = owner.begin(gate);
    gate.awaitBegin();
    assertThat(other.get(id)).isEqualTo(owner.get(id));
    gate.open(said("done \n é"));
    assertThat(other.end(id)).isEqualTo(owner.get(id));
    assertThat(other.get(id).path("result").path("isError").booleanValue()).isFalse();
  }

  @Test
  void r163AnyReplicaTakesAnswers() {
    String id =
        owner.begin((input, _) ->
            input.form("ok", SURE).isPresent()
                ? said("done")
                : new ToolResult.Asks(InputRequired.of("ok", SURE)));
    other.until(id, "input_required");
    assertThat(other.update(id, "{'ok':{'action':'decline'}}")).isTrue();
    assertThat(other.get(id).has("inputRequests")).isFalse();
    assertThat(other.end(id).path("status").stringValue()).isEqualTo("completed");
  }

  @Test
  void r163AnyReplicaCancels() throws InterruptedException {
    String id = owner.begin(gate);
    gate.awaitBegin();
    assertThat(other.cancel(id)).isTrue();
    gate.awaitInterrupt();
    assertThat(owner.status(id)).isEqualTo("cancelled");
  }

  @Test
  void r166EveryReplicaChecksWhoAsks() throws InterruptedException {
    String id = owner.begin(gate);
    gate.awaitBegin();
    assertThat(other.find(id, BOB)).isEmpty();
    assertThat(other.tasks.update(id, BOB, json("{}"))).isFalse();
    assertThat(other.tasks.cancel(id, BOB)).isFalse();
    assertThat(owner.status(id)).isEqualTo("working");
  }

  @Test
  void aTaskThatIsOverIsOverEverywhere() {
    String id = owner.begin((_, _) -> said("done"));
    owner.end(id);
    bench.clock.advance(Duration.ofHours(1).plusMillis(1));
    assertThat(other.find(id, ANN)).isEmpty();
    assertThat(other.cancel(id)).isFalse();
  }

  @Test
  void aTaskIsLostWithItsReplica() {
    ObjectNode begun = owner.begin(TaskBench.job(gate));
    String id = begun.path("taskId").stringValue();
    bench.net.stop(owner.replicas);
    bench.clock.advance(Duration.ofMinutes(5));
    ObjectNode task = other.get(id);
    assertThat(task.path("status").stringValue()).isEqualTo("failed");
    assertThat(task.path("error"))
        .isEqualTo(
            json(
                "{'code':-32603,'message':"
                    + "'The task was lost with the server that ran it; begin it again'}"));
    assertThat(task.path("createdAt")).isEqualTo(begun.path("createdAt"));
    assertThat(task.path("ttlMs").longValue())
        .isGreaterThanOrEqualTo(begun.path("ttlMs").longValue());
    assertThat(other.update(id, "{'a':1}")).isTrue();
    assertThat(other.cancel(id)).isTrue();
    assertThat(other.find(id, BOB)).isEmpty();
  }

  /// What the client is told last must not be taken back with the replica.
  @Test
  void aReplicaThatStopsSaysWhatIsSaidAfterIt() {
    String id = owner.begin(gate);
    owner.tasks.end();
    ObjectNode before = other.get(id);
    bench.net.stop(owner.replicas);
    ObjectNode after = other.get(id);
    assertThat(after.path("status")).isEqualTo(before.path("status"));
    assertThat(after.path("error")).isEqualTo(before.path("error"));
    assertThat(after.path("createdAt")).isEqualTo(before.path("createdAt"));
  }

  @Test
  void aLostTaskIsForgottenWhenItsTimeIsOver() {
    String id = owner.begin(gate);
    bench.net.stop(owner.replicas);
    ObjectNode task = other.get(id);
    bench.clock.set(
        Instant.parse(task.path("createdAt").stringValue())
            .plusMillis(task.path("ttlMs").longValue()));
    assertThat(other.find(id, ANN)).isPresent();
    bench.clock.advance(Duration.ofMillis(1));
    assertThat(other.find(id, ANN)).isEmpty();
    assertThat(other.cancel(id)).isFalse();
  }

  @Test
  void anOwnerThatIsSilentIsNoEnd() {
    String id = owner.begin(gate);
    bench.net.silence(owner.replicas);
    List<ThrowingCallable> asking =
        List.of(() -> other.get(id), () -> other.update(id, "{}"), () -> other.cancel(id));
    for (ThrowingCallable one : asking) {
      assertThatThrownBy(one)
          .isInstanceOfSatisfying(
              Fault.class,
              fault -> assertThat(fault.code()).isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE))
          .hasMessage("The server that runs the task did not answer; ask again");
    }
    bench.net.hear(owner.replicas);
    assertThat(other.status(id)).isEqualTo("working");
  }

  /// During an update, replicas of two versions run beside each other.
  @ParameterizedTest
  @ValueSource(
      strings = {"{}", "[]", "null", "not JSON", "", "{'action':'PAUSE','key':1}", "{'action':7}"})
  void whatAnotherVersionAsksChangesNothing(String message) throws InterruptedException {
    String id = owner.begin(gate);
    gate.awaitBegin();
    Answer answer =
        other.replicas.ask(
            owner.replicas.self(), "task", message.replace('\'', '"').getBytes(UTF_8));
    assertThat(answer)
        .satisfiesAnyOf(
            one -> assertThat(one).isInstanceOf(Answer.Unreachable.class),
            one ->
                assertThat(one)
                    .isInstanceOfSatisfying(
                        Answer.Answered.class,
                        answered -> assertThat(answered.message()).isEmpty()));
    assertThat(owner.status(id)).isEqualTo("working");
  }

  @Test
  void aLargeResultIsToldByEveryReplicaOrByNone() {
    for (int size : new int[] {1 << 20, 2 << 20, 3 << 20, 5 << 20}) {
      TaskBench roomy = new TaskBench();
      TaskBench.Replica one = roomy.replica();
      // The words say it twice.
      String id = one.begin((_, _) -> said("x".repeat(size / 2)));
      ObjectNode task = roomy.replica().end(id);
      assertThat(one.get(id)).isEqualTo(task);
      assertThat(task.path("status").stringValue())
          .isEqualTo(size > 4 << 20 ? "failed" : "completed");
    }
  }

  @Test
  void anIdKnowsItsBeginningToTheMillisecond() {
    bench.clock.set(NOW.plusNanos(999_999));
    ObjectNode begun = owner.begin(TaskBench.job(gate));
    assertThat(begun.path("createdAt").stringValue()).isEqualTo("2026-01-02T03:04:05.679Z");
    bench.net.stop(owner.replicas);
    assertThat(other.get(begun.path("taskId").stringValue()).path("createdAt"))
        .isEqualTo(begun.path("createdAt"));
  }
}
