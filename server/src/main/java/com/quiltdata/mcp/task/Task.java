package com.quiltdata.mcp.task;

import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.input.InputRequest;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.tool.CallOutput;
import com.quiltdata.mcp.tool.Job;
import com.quiltdata.mcp.tool.LogLevel;
import com.quiltdata.mcp.tool.ToolResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A job at work, waiting, or ended. It holds a thread only while it works: one that waits for
/// answers is data. An end is final. Thread-safe.
final class Task {
  private static final int INTERNAL_ERROR = -32603;
  private static final int MISSING_CAPABILITY = -32021;

  private final String id;
  private final TaskOrder order;
  private final Job.Step step;
  private final TaskLimits limits;
  private final TaskWords words;
  private final ResultSpace space;
  private final InstantSource clock;
  private final Instant createdAt;
  private final EventLog log = EventLog.named("task");

  // All below is guarded by this.
  private TaskStatus status = TaskStatus.WORKING;
  private String message = "";
  private Instant updatedAt;
  private final ObjectNode responses = StrictJson.NODES.objectNode();
  private Optional<ObjectNode> state = Optional.empty();

  /// Open questions by the key that the client is told, which is never used twice.
  private final Map<String, InputRequest> open = new LinkedHashMap<>();

  /// The key of the handler behind each key of the client.
  private final Map<String, String> handlerKeys = new HashMap<>();

  private final Map<String, Integer> timesAsked = new HashMap<>();
  private @Nullable ObjectNode result;
  private @Nullable ObjectNode error;
  private long resultBytes;
  private @Nullable Thread worker;

  Task(
      String id,
      Instant createdAt,
      TaskOrder order,
      Job.Step step,
      TaskLimits limits,
      TaskWords words,
      ResultSpace space,
      InstantSource clock) {
    this.id = id;
    this.order = order;
    this.step = step;
    this.limits = limits;
    this.words = words;
    this.space = space;
    this.clock = clock;
    this.createdAt = createdAt;
    this.updatedAt = createdAt;
  }

  String principal() {
    return order.caller().principal();
  }

  /// Begins the next round on a thread of its own.
  synchronized void advance() {
    Input input = new Input(order.capabilities(), responses.deepCopy(), state);
    Thread thread =
        Thread.ofVirtual()
            .name("task-" + order.context().requestId())
            .unstarted(() -> order.context().run(() -> work(input)));
    worker = thread;
    thread.start();
  }

  private void work(Input input) {
    try {
      took(step.run(input, new Status()));
    } catch (RuntimeException | Error e) {
      if (!isEnded()) {
        log.defect("a task of " + order.tool(), e);
        failed(
            INTERNAL_ERROR,
            "Internal error; the log has more under request id " + order.context().requestId());
      }
    }
  }

  private void took(ToolResult outcome) {
    switch (outcome) {
      case ToolResult.Asks(InputRequired required) -> asks(required);
      case ToolResult.Success _, ToolResult.Failure _, ToolResult.Blocks _ ->
          completed(words.result(outcome));
      case ToolResult.Deferred _ ->
          throw new IllegalStateException("a job of " + order.tool() + " ended in another job");
    }
  }

  private synchronized void asks(InputRequired required) {
    if (status.isTerminal()) {
      return;
    }
    for (InputRequest request : required.requests().values()) {
      if (!order.capabilities().contains(request.needs())) {
        failed(
            MISSING_CAPABILITY, "The task has to ask what the client did not say it can be asked");
        return;
      }
    }
    state = required.state();
    required
        .requests()
        .forEach((key, request) -> {
          int times = timesAsked.merge(key, 1, Integer::sum);
          String told = times == 1 ? key : key + "#" + times;
          handlerKeys.put(told, key);
          open.put(told, request);
        });
    become(open.isEmpty() ? TaskStatus.WORKING : TaskStatus.INPUT_REQUIRED);
    if (open.isEmpty()) {
      advance();
    }
  }

  /// Takes answers; keys that are not open say nothing. The task goes on when none is left open.
  synchronized void answer(ObjectNode answers) {
    if (status != TaskStatus.INPUT_REQUIRED) {
      return;
    }
    boolean isNew = false;
    for (Map.Entry<String, JsonNode> answer : answers.properties()) {
      if (open.remove(answer.getKey()) != null) {
        isNew = true;
        responses.set(handlerKeys.getOrDefault(answer.getKey(), ""), answer.getValue());
      }
    }
    if (isNew) {
      become(open.isEmpty() ? TaskStatus.WORKING : TaskStatus.INPUT_REQUIRED);
      if (open.isEmpty()) {
        advance();
      }
    }
  }

  /// Gives the task up, unless it has ended.
  synchronized void cancel(String why) {
    if (!status.isTerminal()) {
      message = why;
      end(TaskStatus.CANCELLED);
      if (worker != null) {
        worker.interrupt();
      }
    }
  }

  private synchronized void completed(ObjectNode members) {
    if (status.isTerminal()) {
      return;
    }
    long bytes = members.toString().length();
    if (!space.take(bytes)) {
      failed(
          INTERNAL_ERROR,
          "The result is too large to be kept for you; ask for less, or call without a task");
      return;
    }
    resultBytes = bytes;
    result = members;
    end(TaskStatus.COMPLETED);
  }

  private synchronized void failed(int code, String text) {
    if (!status.isTerminal()) {
      error = StrictJson.NODES.objectNode().put("code", code).put("message", text);
      message = text;
      end(TaskStatus.FAILED);
    }
  }

  private void end(TaskStatus terminal) {
    open.clear();
    become(terminal);
    space.ended(this);
  }

  private void become(TaskStatus next) {
    status = next;
    updatedAt = clock.instant();
  }

  synchronized boolean isEnded() {
    return status.isTerminal();
  }

  /// Ends what has taken too long.
  ///
  /// @return whether nobody may ask for the task any more
  boolean isOver(Instant now) {
    if (now.isAfter(createdAt.plus(limits.runTime()))) {
      cancel("It took longer than %d seconds".formatted(limits.runTime().toSeconds()));
    }
    synchronized (this) {
      return status.isTerminal() && now.isAfter(createdAt.plus(life()));
    }
  }

  /// Gives the room of the result back.
  synchronized void forget() {
    space.leave(resultBytes);
    resultBytes = 0;
  }

  /// From the beginning; grows so that a late result can still be asked for.
  private Duration life() {
    Duration untilAfterEnd = Duration.between(createdAt, updatedAt).plus(limits.afterEnd());
    return untilAfterEnd.compareTo(limits.life()) > 0 ? untilAfterEnd : limits.life();
  }

  /// The task as `tasks/get` tells it.
  synchronized ObjectNode toJson() {
    ObjectNode json =
        json(id, status, message, createdAt, updatedAt, life(), limits.pollInterval());
    switch (status) {
      case INPUT_REQUIRED ->
          json.set("inputRequests", words.requests(new InputRequired(open, Optional.empty())));
      case COMPLETED -> json.set("result", result);
      case FAILED -> json.set("error", error);
      case WORKING, CANCELLED -> {
        // nothing more to tell
      }
    }
    return json;
  }

  static ObjectNode json(
      String id,
      TaskStatus status,
      String message,
      Instant createdAt,
      Instant updatedAt,
      Duration life,
      Duration pollInterval) {
    ObjectNode json =
        StrictJson.NODES
            .objectNode()
            .put("taskId", id)
            .put("status", status.wire())
            .put("createdAt", createdAt.truncatedTo(ChronoUnit.MILLIS).toString())
            .put("lastUpdatedAt", updatedAt.truncatedTo(ChronoUnit.MILLIS).toString())
            .put("ttlMs", life.toMillis())
            .put("pollIntervalMs", pollInterval.toMillis());
    if (!message.isEmpty()) {
      json.put("statusMessage", message);
    }
    return json;
  }

  /// Progress of a task is the message of its status; nobody streams.
  private final class Status implements CallOutput {
    @Override
    public void progress(double done, OptionalDouble total, String text) {
      synchronized (Task.this) {
        if (!status.isTerminal() && !text.isEmpty()) {
          message = text;
          updatedAt = clock.instant();
        }
      }
    }

    @Override
    public void log(LogLevel level, String text) {
      // a task has no stream
    }
  }
}
