package com.quiltdata.mcp.task;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.replica.Answer;
import com.quiltdata.mcp.replica.Replicas;
import com.quiltdata.mcp.state.Signer;
import com.quiltdata.mcp.state.StateKeys;
import com.quiltdata.mcp.tool.Job;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Tasks in the memory of the replica that began them. The id of one names that replica and is
/// signed for the caller, so that any replica can check who asks, and ask there.
final class JobsHere {
  private static final String TOPIC = "task";
  private static final int MAX_ANSWER_BYTES = 128 << 10;
  private static final byte[] NO_SUCH_TASK = {};
  private static final byte[] NO_RESULT = {};
  private static final byte[] DONE = {1};

  /// What is done to a task.
  private enum Action {
    GET,
    UPDATE,
    CANCEL
  }

  private final StrictJson json = new StrictJson(JsonLimits.DEFAULT);
  private final SecureRandom random = new SecureRandom();
  private final Signer signer;
  private final Replicas replicas;
  private final TaskForm form;
  private final TaskLimits limits;
  private final InstantSource clock;
  private final TaskStore store;

  JobsHere(
      StateKeys keys, Replicas replicas, TaskForm form, TaskLimits limits, InstantSource clock) {
    this.signer = new Signer(keys, "task id", "t1");
    this.replicas = replicas;
    this.form = form;
    this.limits = limits;
    this.clock = clock;
    this.store = new TaskStore(limits);
    replicas.handle(TOPIC, this::asked);
  }

  Optional<ObjectNode> begin(TaskOrder order, Job.Step step) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    TaskId id = TaskId.of(replicas.self(), now, random);
    String text = signer.sign(id.toBytes(), order.caller().principal());
    Task task = new Task(text, now, order, step, limits, form, store, clock);
    if (!store.add(id.key(), task)) {
      return Optional.empty();
    }
    // Before it begins: what is told first has neither result nor question.
    ObjectNode head = task.head();
    task.advance();
    return Optional.of(head);
  }

  /// Whether an id claims to be of such a task.
  boolean owns(String id) {
    return signer.isOurs(id);
  }

  Optional<ObjectNode> get(String id, Caller caller) {
    return ask(Action.GET, id, caller, StrictJson.NODES.objectNode()).map(form::read);
  }

  boolean update(String id, Caller caller, ObjectNode responses) {
    return ask(Action.UPDATE, id, caller, responses).isPresent();
  }

  boolean cancel(String id, Caller caller) {
    return ask(Action.CANCEL, id, caller, StrictJson.NODES.objectNode()).isPresent();
  }

  void end() {
    store.close(TaskError.LOST);
  }

  /// Asks the owner of a task.
  ///
  /// @return what it said, or empty when there is no such task of this caller
  private Optional<byte[]> ask(Action action, String id, Caller caller, ObjectNode responses) {
    return signer
        .read(id, caller.principal())
        .flatMap(TaskId::of)
        .flatMap(content ->
            switch (replicas.ask(content.owner(), TOPIC, message(action, content, responses))) {
              case Answer.Answered(byte[] answer) when answer.length == 0 -> Optional.empty();
              case Answer.Answered(byte[] answer) -> Optional.of(answer);
              case Answer.Gone _ -> lost(id, content.createdAt());
              case Answer.Unreachable _ ->
                  throw new Fault(
                      FaultCode.UPSTREAM_UNAVAILABLE,
                      "The server that runs the task did not answer; ask again");
            });
  }

  private byte[] message(Action action, TaskId content, ObjectNode responses) {
    ObjectNode request =
        StrictJson.NODES.objectNode().put("action", action.name()).put("key", content.key());
    request.set("responses", responses);
    byte[] message = json.write(request);
    if (message.length > MAX_ANSWER_BYTES) {
      throw new Fault(
          FaultCode.TOO_LARGE,
          "The answers are over %d KiB; answer one question after the other, or in fewer words"
              .formatted(MAX_ANSWER_BYTES >> 10));
    }
    return message;
  }

  /// The end of a task whose replica is gone, told for as long as it may have been promised.
  private Optional<byte[]> lost(String id, Instant createdAt) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    if (now.isAfter(createdAt.plus(limits.longestLife()))) {
      return Optional.empty();
    }
    ObjectNode task =
        new TaskHead(
                id,
                TaskStatus.FAILED,
                TaskError.LOST.text(),
                createdAt,
                now,
                limits.longestLife(),
                limits.pollInterval())
            .toJson();
    task.set("error", TaskError.LOST.toJson());
    return Optional.of(form.write(task, NO_RESULT));
  }

  /// Asked by this replica or another, which has checked who asks.
  private byte[] asked(byte[] message) {
    if (!(json.read(message) instanceof ObjectNode request)) {
      return NO_SUCH_TASK;
    }
    Action action = Action.valueOf(request.path("action").asString(""));
    return store
        .find(request.path("key").asLong(0))
        .map(task ->
            switch (action) {
              case GET -> task.toBytes();
              case UPDATE -> {
                if (request.path("responses") instanceof ObjectNode responses) {
                  task.answer(responses);
                }
                yield DONE;
              }
              case CANCEL -> {
                task.cancel("The client cancelled it");
                yield DONE;
              }
            })
        .orElse(NO_SUCH_TASK);
  }
}
