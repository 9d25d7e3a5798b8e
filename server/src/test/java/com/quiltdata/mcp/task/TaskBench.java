package com.quiltdata.mcp.task;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.auth.BucketScope;
import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.auth.Level;
import com.quiltdata.mcp.auth.ScriptedClock;
import com.quiltdata.mcp.auth.TokenDigest;
import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.auth.ToolPolicy;
import com.quiltdata.mcp.input.ClientCapability;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.observe.RequestContext;
import com.quiltdata.mcp.replica.Eventually;
import com.quiltdata.mcp.replica.ReplicaNet;
import com.quiltdata.mcp.replica.Replicas;
import com.quiltdata.mcp.state.StateKeys;
import com.quiltdata.mcp.tool.Job;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCatalog;
import com.quiltdata.mcp.tool.ToolResult;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Replicas with their tasks, and short ways to ask them. Whatever is told of a task is checked
/// against the schema of the extension.
final class TaskBench {
  static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678901Z");
  static final Caller ANN = bearer("ann");
  static final Caller BOB = bearer("bob");
  static final Caller LOCAL = Callers.LOCAL;
  static final Set<ClientCapability> ALL = EnumSet.allOf(ClientCapability.class);

  private static final StrictJson JSON =
      new StrictJson(new JsonLimits(1_000, 5_000_000, 1_000, 1 << 20));

  final ScriptedClock clock = new ScriptedClock(NOW);
  final ReplicaNet net = new ReplicaNet();
  private final StateKeys keys = StateKeys.of(List.of(UsedSecrets.named("of all replicas")));
  private final ToolCatalog tools;
  private final TaskLimits limits;

  TaskBench() {
    this(TaskLimits.defaults());
  }

  TaskBench(TaskLimits limits, Tool... tools) {
    this.limits = limits;
    this.tools =
        new ToolCatalog(List.of(tools), new ToolPolicy(Map.of("remote", ToolNeeds.nothing())));
  }

  /// Small limits on numbers, the documented ones on times.
  static TaskLimits limits(int running, int runningOfOne, long resultBytes) {
    TaskLimits defaults = TaskLimits.defaults();
    return new TaskLimits(
        defaults.life(),
        defaults.afterEnd(),
        defaults.runTime(),
        defaults.pollInterval(),
        running,
        runningOfOne,
        resultBytes);
  }

  static Caller bearer(String subject) {
    return new Caller.Bearer(
        subject,
        "kid",
        Level.READ,
        Set.of(),
        new BucketScope(Set.of(), false),
        Set.of(),
        "",
        Instant.parse("2030-01-01T00:00:00Z"),
        TokenDigest.of("t"));
  }

  /// Starts a replica.
  Replica replica() {
    return replica(net.start());
  }

  Replica replica(Replicas replicas) {
    return new Replica(new Tasks(keys, replicas, tools, new Words(), limits, clock), replicas);
  }

  static TaskOrder order(Caller caller, Set<ClientCapability> capabilities) {
    return new TaskOrder(
        caller, "remote", capabilities, new RequestContext("request-1", caller.name()));
  }

  static ObjectNode json(String text) {
    return (ObjectNode) JSON.read(text.replace('\'', '"'));
  }

  /// As it would be received.
  static ObjectNode received(JsonNode sent) {
    return (ObjectNode) JSON.read(JSON.write(sent));
  }

  static ToolResult said(String text) {
    return new ToolResult.Success(ToolResult.fields().put("said", text));
  }

  static Job.Here job(Job.Step step) {
    return new Job.Here(true, step);
  }

  /// One of them.
  static final class Replica {
    final Tasks tasks;
    final Replicas replicas;

    Replica(Tasks tasks, Replicas replicas) {
      this.tasks = tasks;
      this.replicas = replicas;
    }

    Optional<ObjectNode> tryBegin(Caller caller, Job job) {
      Optional<ObjectNode> begun = tasks.begin(order(caller, ALL), job).map(TaskBench::received);
      begun.ifPresent(
          task -> TaskSchema.check("CreateTaskResult", task.deepCopy().put("resultType", "task")));
      return begun;
    }

    ObjectNode begin(Job job) {
      return tryBegin(ANN, job).orElseThrow();
    }

    /// The id of a task of Ann's.
    String begin(Job.Step step) {
      return begin(job(step)).path("taskId").stringValue();
    }

    Optional<ObjectNode> find(String id, Caller caller) {
      Optional<ObjectNode> found = tasks.get(id, caller).map(TaskBench::received);
      found.ifPresent(task -> TaskSchema.check("Task", task));
      return found;
    }

    ObjectNode get(String id) {
      ObjectNode task = find(id, ANN).orElseThrow();
      assertThat(task.path("taskId").stringValue()).isEqualTo(id);
      return task;
    }

    String status(String id) {
      return get(id).path("status").stringValue();
    }

    /// The task, once it has come so far.
    ObjectNode until(String id, String status) {
      Eventually.until(status, () -> status(id).equals(status));
      return get(id);
    }

    /// The task, once it is at its end.
    ObjectNode end(String id) {
      Eventually.until("an end", () -> !Set.of("working", "input_required").contains(status(id)));
      return get(id);
    }

    boolean update(String id, String responses) {
      return tasks.update(id, ANN, json(responses));
    }

    boolean cancel(String id) {
      return tasks.cancel(id, ANN);
    }
  }

  /// The words of the protocol, as far as tests look.
  static final class Words implements TaskWords {
    @Override
    public ObjectNode result(ToolResult result) {
      ObjectNode fields =
          switch (result) {
            case ToolResult.Success success -> success.fields();
            case ToolResult.Failure failure -> failure.fields();
            case ToolResult.Blocks _, ToolResult.Asks _, ToolResult.Deferred _ ->
                throw new IllegalArgumentException("not worded here");
          };
      ObjectNode members = StrictJson.NODES.objectNode();
      ArrayNode content = members.putArray("content");
      content.addObject().put("type", "text").put("text", fields.path("said").asString(""));
      members.set("structuredContent", fields);
      return members.put("isError", result instanceof ToolResult.Failure);
    }

    @Override
    public ObjectNode requests(InputRequired required) {
      ObjectNode requests = StrictJson.NODES.objectNode();
      required
          .requests()
          .forEach((key, request) ->
              requests
                  .putObject(key)
                  .put("method", request.method())
                  .set("params", request.params()));
      return requests;
    }
  }

  static TaskLimits withTimes(Duration life, Duration afterEnd, Duration runTime) {
    TaskLimits defaults = TaskLimits.defaults();
    return new TaskLimits(
        life,
        afterEnd,
        runTime,
        defaults.pollInterval(),
        defaults.running(),
        defaults.runningOfOne(),
        defaults.resultBytes());
  }
}
