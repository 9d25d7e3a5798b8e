package com.quiltdata.mcp.task;

import static com.quiltdata.mcp.task.TaskBench.ANN;
import static com.quiltdata.mcp.task.TaskBench.BOB;
import static com.quiltdata.mcp.task.TaskBench.json;
import static com.quiltdata.mcp.task.TaskBench.said;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.tool.Job;
import com.quiltdata.mcp.tool.JsonSchema;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Jobs in a service that keeps their state.
final class JobsElsewhereTest {
  private final Service service = new Service();
  private final TaskBench bench = new TaskBench(TaskLimits.defaults(), service);
  private final TaskBench.Replica replica = bench.replica();
  private final TaskBench.Replica other = bench.replica();

  /// Jobs of another service, by handle.
  private static final class Service implements Tool {
    final Map<String, Job.Standing> jobs = new ConcurrentHashMap<>();
    final List<String> asked = new ArrayList<>();
    final List<Fault> faults = new ArrayList<>();

    @Override
    public ToolSpec spec() {
      return new ToolSpec(
          "remote",
          "Remote",
          "Runs elsewhere.",
          "test",
          List.of(),
          JsonSchema.result(),
          ToolHints.READ_ONLY,
          ToolNeeds.nothing(),
          List.of());
    }

    @Override
    public ToolResult call(ToolCall call) {
      throw new AssertionError("not called here");
    }

    @Override
    public Job.Standing look(Grant grant, String handle) {
      asked.add("look " + handle + " for " + grant.caller().principal());
      if (!faults.isEmpty()) {
        throw faults.removeFirst();
      }
      Job.Standing standing = jobs.get(handle);
      if (standing == null) {
        throw new Fault(FaultCode.NOT_FOUND, "There is no such query");
      }
      return standing;
    }

    @Override
    public void stop(Grant grant, String handle) {
      asked.add("stop " + handle + " for " + grant.caller().principal());
      if (!faults.isEmpty()) {
        throw faults.removeFirst();
      }
      jobs.computeIfPresent(
          handle,
          (_, standing) ->
              standing instanceof Job.Standing.Running ? new Job.Standing.Cancelled() : standing);
    }
  }

  private ObjectNode begin(String handle) {
    service.jobs.put(handle, new Job.Standing.Running(""));
    return replica.begin(new Job.Elsewhere(handle));
  }

  private static String id(ObjectNode task) {
    return task.path("taskId").stringValue();
  }

  @Test
  void r160AHandleIsFlatAndAtWork() {
    ObjectNode task = begin("q-1");
    assertThat(task.path("status").stringValue()).isEqualTo("working");
    assertThat(task.path("createdAt").stringValue()).isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(id(task)).startsWith("v1.").doesNotContain("q-1");
    assertThat(service.asked).as("begun by the tool").isEmpty();
  }

  @Test
  void r161AnyReplicaAsksTheService() {
    String id = id(begin("q-1"));
    bench.net.stop(replica.replicas);
    service.jobs.put("q-1", new Job.Standing.Running("3 of 7 GB read"));
    ObjectNode task = other.get(id);
    assertThat(task.path("status").stringValue()).isEqualTo("working");
    assertThat(task.path("statusMessage").stringValue()).isEqualTo("3 of 7 GB read");
    service.jobs.put("q-1", new Job.Standing.Ended(said("seven")));
    task = other.get(id);
    assertThat(task.path("status").stringValue()).isEqualTo("completed");
    assertThat(task.path("result").path("content").path(0).path("text").stringValue())
        .isEqualTo("seven");
    assertThat(service.asked).containsExactly("look q-1 for user:ann", "look q-1 for user:ann");
  }

  @Test
  void r166ForAnybodyElseItIsNotThere() {
    String id = id(begin("q-1"));
    for (Caller caller : List.of(BOB, Callers.LOCAL, Callers.ANONYMOUS)) {
      assertThat(other.find(id, caller)).isEmpty();
      assertThat(other.tasks.update(id, caller, json("{}"))).isFalse();
      assertThat(other.tasks.cancel(id, caller)).isFalse();
    }
    assertThat(service.asked).isEmpty();
  }

  @Test
  void r163CancellingStopsItThere() {
    String id = id(begin("q-1"));
    assertThat(other.cancel(id)).isTrue();
    assertThat(replica.status(id)).isEqualTo("cancelled");
    assertThat(other.cancel(id)).isTrue();
    assertThat(service.asked)
        .containsExactly("stop q-1 for user:ann", "look q-1 for user:ann", "stop q-1 for user:ann");
  }

  /// Whatever state it is in, there is nothing left to be stopped.
  @ParameterizedTest
  @EnumSource(
      value = FaultCode.class,
      names = {"NOT_FOUND", "CONFLICT"})
  void r163CancellingAtTheEndIsAcknowledged(FaultCode code) {
    String id = id(begin("q-1"));
    service.faults.add(new Fault(code, "It has ended"));
    assertThat(other.cancel(id)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultCode.class,
      mode = Mode.EXCLUDE,
      names = {"NOT_FOUND", "CONFLICT"})
  void aCancellationThatDidNotArriveIsNotAcknowledged(FaultCode code) {
    String id = id(begin("q-1"));
    service.faults.add(new Fault(code, "Not now"));
    assertThatThrownBy(() -> other.cancel(id)).hasMessage("Not now");
    assertThat(other.status(id)).isEqualTo("working");
  }

  @Test
  void r163AnswersSayNothing() {
    String id = id(begin("q-1"));
    service.faults.add(new Fault(FaultCode.TIMEOUT, "Not now"));
    assertThat(other.update(id, "{'unknown':{'ignored':true}}")).isTrue();
    assertThat(service.asked).isEmpty();
  }

  /// They say something of this attempt: an end would be final.
  @ParameterizedTest
  @EnumSource(
      value = FaultCode.class,
      names = {
        "TIMEOUT",
        "CANCELLED",
        "UPSTREAM_UNAVAILABLE",
        "INTERNAL",
        "INPUT_REQUIRED",
        "FORBIDDEN_BUCKET",
        "FORBIDDEN_ACTION",
        "FORBIDDEN_LEVEL",
        "FORBIDDEN_ROLE",
        "NOT_AUTHENTICATED",
        "NO_CREDENTIALS"
      })
  void aFailureToLookIsNoEnd(FaultCode code) {
    String id = id(begin("q-1"));
    service.faults.add(new Fault(code, "Not now"));
    assertThatThrownBy(() -> other.get(id))
        .isInstanceOfSatisfying(Fault.class, fault -> assertThat(fault.code()).isEqualTo(code))
        .hasMessage("Not now");
    assertThat(other.status(id)).isEqualTo("working");
  }

  @ParameterizedTest
  @EnumSource(
      value = FaultCode.class,
      names = {
        "NOT_FOUND",
        "CONFLICT",
        "TOO_LARGE",
        "CORRUPT_DATA",
        "QUERY_COST_LIMIT",
        "INVALID_ARGUMENT",
        "INVALID_BUCKET",
        "INVALID_S3_URI",
        "INVALID_LOGICAL_KEY",
        "UNSUPPORTED_SCHEME"
      })
  void aFailureOfTheJobIsItsResult(FaultCode code) {
    String id = id(begin("q-1"));
    service.faults.add(new Fault(code, "It failed"));
    ObjectNode task = other.get(id);
    assertThat(task.path("status").stringValue()).isEqualTo("completed");
    assertThat(task.path("result").path("isError").booleanValue()).isTrue();
    assertThat(task.path("result").path("structuredContent").path("code").stringValue())
        .isEqualTo(code.wire());
  }

  @Test
  void itsTimeIsKeptExactly() {
    ObjectNode task = begin("q-1");
    service.jobs.put("q-1", new Job.Standing.Ended(said("seven")));
    Instant end =
        Instant.parse(task.path("createdAt").stringValue())
            .plusMillis(task.path("ttlMs").longValue());
    bench.clock.set(end.minusMillis(1));
    assertThat(other.find(id(task), ANN)).isPresent();
    bench.clock.set(end);
    assertThat(other.find(id(task), ANN)).isEmpty();
    assertThat(other.cancel(id(task))).isFalse();
  }

  @Test
  void timesAreTold() {
    String id = id(begin("q-1"));
    bench.clock.advance(Duration.ofSeconds(2));
    ObjectNode task = other.get(id);
    assertThat(task.path("createdAt").stringValue()).isEqualTo("2026-01-02T03:04:05.678Z");
    assertThat(task.path("lastUpdatedAt").stringValue()).isEqualTo("2026-01-02T03:04:07.678Z");
  }

  @Test
  void theLongestHandleOfTheLongestNameFits() {
    String handle = "\"".repeat(128);
    service.jobs.put(handle, new Job.Standing.Ended(said("seven")));
    Caller caller = TaskBench.bearer("é".repeat(4_000));
    String id = id(replica.tryBegin(caller, new Job.Elsewhere(handle)).orElseThrow());
    assertThat(id).hasSizeLessThanOrEqualTo(512);
    assertThat(other.find(id, caller)).isPresent();
    assertThat(other.find(id, TaskBench.bearer("é".repeat(3_999)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a b", "é", "\n", "\u0000"})
  void aHandleIsPrintable(String handle) {
    assertThatThrownBy(() -> new Job.Elsewhere(handle))
        .hasMessage("a handle is 1 to 128 characters of printable ASCII without blanks");
  }

  @Test
  void aHandleIsShort() {
    assertThatThrownBy(() -> new Job.Elsewhere("x".repeat(129)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new Job.Elsewhere("x".repeat(128)).handle()).hasSize(128);
  }
}
