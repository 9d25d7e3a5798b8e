package com.quiltdata.mcp.task;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.replica.Answer;
import com.quiltdata.mcp.replica.Replicas;
import com.quiltdata.mcp.state.Sealer;
import com.quiltdata.mcp.state.Signer;
import com.quiltdata.mcp.state.StateKeys;
import com.quiltdata.mcp.tool.Job;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCatalog;
import com.quiltdata.mcp.tool.ToolResult;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Begins tasks, and finds them again from any replica. Whoever asks must be who began: for anybody
/// else a task is not there. Thread-safe.
public final class Tasks {
  private static final String TOPIC = "task";
  private static final int MAX_ID_CHARS = 512;
  private static final int INTERNAL_ERROR = -32603;

  /// What is done to a task.
  private enum Action {
    GET,
    UPDATE,
    CANCEL
  }

  private final StrictJson json = new StrictJson(JsonLimits.DEFAULT);
  private final SecureRandom random = new SecureRandom();
  private final Signer signer;
  private final Sealer sealer;
  private final Replicas replicas;
  private final ToolCatalog tools;
  private final TaskWords words;
  private final TaskLimits limits;
  private final InstantSource clock;
  private final TaskStore store;

  /// The tasks of one replica, and the way to those of others.
  ///
  /// @param keys shared by all replicas
  /// @param replicas the others
  /// @param tools whose jobs they are
  /// @param words words results and questions
  /// @param limits how many, how long
  /// @param clock tells the times
  public Tasks(
      StateKeys keys,
      Replicas replicas,
      ToolCatalog tools,
      TaskWords words,
      TaskLimits limits,
      InstantSource clock) {
    this.signer = new Signer(keys, "task id", "t1");
    this.sealer = new Sealer(keys, "job elsewhere", MAX_ID_CHARS, clock);
    this.replicas = replicas;
    this.tools = tools;
    this.words = words;
    this.limits = limits;
    this.clock = clock;
    this.store = new TaskStore(limits, clock);
    replicas.handle(TOPIC, this::asked);
  }

  /// Whether tasks can be offered: a client that asks for one must reach it from every replica.
  public boolean areOffered() {
    return replicas.reachesAll();
  }

  /// Begins a task.
  ///
  /// @param order whose, of which tool
  /// @param job what is to be done
  /// @return the task as it is told, or empty when there is no place for one
  public Optional<ObjectNode> begin(TaskOrder order, Job job) {
    Instant now = clock.instant();
    return switch (job) {
      case Job.Here(boolean _, Job.Step step) -> {
        TaskId id = TaskId.of(replicas.self(), now, random);
        String text = signer.sign(id.toBytes(), order.caller().principal());
        Task task = new Task(text, now, order, step, limits, words, store, clock);
        if (!store.add(id.key(), task)) {
          yield Optional.empty();
        }
        task.advance();
        yield Optional.of(task.toJson());
      }
      case Job.Elsewhere(String handle) -> {
        ObjectNode content =
            StrictJson.NODES
                .objectNode()
                .put("principal", order.caller().principal())
                .put("tool", order.tool())
                .put("handle", handle)
                .put("created", now.toEpochMilli());
        yield Optional.of(
            told(sealer.seal(content, limits.life()), TaskStatus.WORKING, "", now, now));
      }
    };
  }

  /// A task as it stands.
  ///
  /// @param id as [#begin] told it
  /// @param caller who asks
  /// @return the task, or empty when there is none of this caller
  /// @throws Fault when it cannot be told at the moment
  public Optional<ObjectNode> get(String id, Caller caller) {
    return act(Action.GET, id, caller, StrictJson.NODES.objectNode());
  }

  /// Gives answers to a task.
  ///
  /// @param id as [#begin] told it
  /// @param caller who answers
  /// @param responses by key
  /// @return whether there is such a task of this caller
  /// @throws Fault when it cannot be reached at the moment
  public boolean update(String id, Caller caller, ObjectNode responses) {
    return act(Action.UPDATE, id, caller, responses).isPresent();
  }

  /// Wishes a task to end.
  ///
  /// @param id as [#begin] told it
  /// @param caller who wishes it
  /// @return whether there is such a task of this caller
  /// @throws Fault when it cannot be reached at the moment
  public boolean cancel(String id, Caller caller) {
    return act(Action.CANCEL, id, caller, StrictJson.NODES.objectNode()).isPresent();
  }

  /// Gives up all tasks of this replica.
  public void end() {
    store.cancelAll("The server was stopped");
  }

  private Optional<ObjectNode> act(Action action, String id, Caller caller, ObjectNode responses) {
    if (!signer.isOurs(id)) {
      return sealer.open(id).flatMap(content -> actElsewhere(action, id, caller, content));
    }
    return signer
        .read(id, caller.principal())
        .flatMap(TaskId::of)
        .flatMap(content -> actAtOwner(action, id, content, responses));
  }

  private Optional<ObjectNode> actAtOwner(
      Action action, String id, TaskId content, ObjectNode responses) {
    ObjectNode request =
        StrictJson.NODES.objectNode().put("action", action.name()).put("key", content.key());
    request.set("responses", responses);
    byte[] message = json.write(request);
    if (message.length > Replicas.MAX_MESSAGE_BYTES) {
      throw new Fault(FaultCode.TOO_LARGE, "The answers are over 1 MiB");
    }
    return switch (replicas.ask(content.owner(), TOPIC, message)) {
      case Answer.Answered(byte[] task) when task.length == 0 -> Optional.empty();
      case Answer.Answered(byte[] task) -> Optional.of((ObjectNode) json.read(task));
      case Answer.Gone _ -> lost(id, content.createdAt());
      case Answer.Unreachable _ ->
          throw new Fault(
              FaultCode.UPSTREAM_UNAVAILABLE,
              "The server that runs the task did not answer; ask again");
    };
  }

  /// The end of a task whose replica is gone.
  private Optional<ObjectNode> lost(String id, Instant createdAt) {
    Instant now = clock.instant();
    if (now.isAfter(createdAt.plus(limits.life()))) {
      return Optional.empty();
    }
    String text = "The task was lost with the server that ran it; begin it again";
    ObjectNode task = told(id, TaskStatus.FAILED, text, createdAt, now);
    task.putObject("error").put("code", INTERNAL_ERROR).put("message", text);
    return Optional.of(task);
  }

  /// Asked by this replica or another, which has checked who asks.
  private byte[] asked(byte[] message) {
    if (!(json.read(message) instanceof ObjectNode request)) {
      return new byte[0];
    }
    Optional<Task> found = store.find(request.path("key").asLong(0));
    found.ifPresent(task -> {
      switch (Action.valueOf(request.path("action").asString("GET"))) {
        case GET -> {
          // tells only
        }
        case UPDATE -> {
          if (request.path("responses") instanceof ObjectNode responses) {
            task.answer(responses);
          }
        }
        case CANCEL -> task.cancel("The client cancelled it");
      }
    });
    return found.map(task -> json.write(task.toJson())).orElseGet(() -> new byte[0]);
  }

  private Optional<ObjectNode> actElsewhere(
      Action action, String id, Caller caller, ObjectNode content) {
    if (!content.path("principal").asString("").equals(caller.principal())) {
      return Optional.empty();
    }
    String handle = content.path("handle").asString("");
    return tools
        .tool(content.path("tool").asString(""))
        .map(tool -> {
          if (action == Action.CANCEL) {
            tool.stop(caller, handle);
          }
          return standing(
              id, Instant.ofEpochMilli(content.path("created").asLong(0)), tool, caller, handle);
        });
  }

  private ObjectNode standing(
      String id, Instant createdAt, Tool tool, Caller caller, String handle) {
    Job.Standing standing;
    try {
      standing = tool.look(caller, handle);
    } catch (Fault fault) {
      if (fault.code() == FaultCode.UPSTREAM_UNAVAILABLE || fault.code() == FaultCode.TIMEOUT) {
        // An end would be final.
        throw fault;
      }
      standing = new Job.Standing.Ended(ToolResult.of(fault));
    }
    Instant now = clock.instant();
    return switch (standing) {
      case Job.Standing.Running(String message) ->
          told(id, TaskStatus.WORKING, message, createdAt, now);
      case Job.Standing.Cancelled _ -> told(id, TaskStatus.CANCELLED, "", createdAt, now);
      case Job.Standing.Ended(ToolResult result) -> {
        ObjectNode task = told(id, TaskStatus.COMPLETED, "", createdAt, now);
        task.set("result", words.result(result));
        yield task;
      }
    };
  }

  private ObjectNode told(
      String id, TaskStatus status, String message, Instant createdAt, Instant updatedAt) {
    return Task.json(
        id, status, message, createdAt, updatedAt, limits.life(), limits.pollInterval());
  }
}
