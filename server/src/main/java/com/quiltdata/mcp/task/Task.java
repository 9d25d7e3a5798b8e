package com.quiltdata.mcp.task;

import com.quiltdata.mcp.input.ClientCapability;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.input.InputRequest;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.replica.Replicas;
import com.quiltdata.mcp.tool.Job;
import com.quiltdata.mcp.tool.ToolResult;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A job at work, waiting, or ended. It holds a thread only while it works: one that waits for
/// answers is data. An end is final, and leaves nothing but the result behind. Thread-safe.
final class Task {
  /// A job that asks more often asks for ever.
  private static final int MAX_ROUNDS = 64;

  private static final int MAX_MESSAGE_CHARS = 1_000;

  /// What another replica can be told, with room for the head.
  private static final int MAX_RESULT_BYTES = Replicas.MAX_ANSWER_BYTES - (64 << 10);

  private final String id;
  private final String principal;
  private final Instant createdAt;
  private final TaskLimits limits;
  private final TaskForm form;
  private final ResultSpace space;
  private final InstantSource clock;

  // All below is guarded by this.
  private final OpenQuestions questions = new OpenQuestions();
  private TaskStatus status = TaskStatus.WORKING;
  private String message = "";
  private Instant updatedAt;
  private Optional<ObjectNode> state = Optional.empty();
  private byte[] result = {};
  private @Nullable TaskError error;

  /// Null once the task has ended and none of its threads runs.
  private @Nullable Worker worker;

  /// A task that has not begun.
  ///
  /// @param createdAt in whole milliseconds
  Task(
      String id,
      Instant createdAt,
      TaskOrder order,
      Job.Step step,
      TaskLimits limits,
      TaskForm form,
      ResultSpace space,
      InstantSource clock) {
    this.id = id;
    this.principal = order.caller().principal();
    this.createdAt = createdAt;
    this.updatedAt = createdAt;
    this.limits = limits;
    this.form = form;
    this.space = space;
    this.clock = clock;
    this.worker = new Worker(this, order, step);
  }

  String principal() {
    return principal;
  }

  /// Begins the next round, unless the task has ended meanwhile.
  synchronized void advance() {
    if (status.isTerminal() || worker == null) {
      return;
    }
    if (worker.rounds() >= MAX_ROUNDS) {
      failed(
          TaskError.internal(
              "The job asked %d times and the answers were not what it asked for"
                  .formatted(MAX_ROUNDS)));
      return;
    }
    worker.begin(new Input(worker.order().capabilities(), questions.answers(), state));
  }

  /// Takes what came of a round.
  void took(ToolResult outcome, TaskOrder order) {
    switch (outcome) {
      case ToolResult.Asks(InputRequired required) -> asks(required, order);
      case ToolResult.Success _, ToolResult.Failure _, ToolResult.Blocks _ ->
          completed(form.result(outcome));
      case ToolResult.Deferred _ ->
          throw new IllegalStateException("a job of " + order.tool() + " ended in another job");
    }
  }

  private synchronized void asks(InputRequired required, TaskOrder order) {
    if (status.isTerminal()) {
      return;
    }
    Set<ClientCapability> missing = EnumSet.noneOf(ClientCapability.class);
    required.requests().values().stream().map(InputRequest::needs).forEach(missing::add);
    missing.removeAll(order.capabilities());
    if (!missing.isEmpty()) {
      failed(TaskError.missing(missing));
      return;
    }
    state = required.state().map(ObjectNode::deepCopy);
    questions.ask(required.requests());
    goOn();
  }

  /// Takes answers; keys that are not open say nothing. The task goes on when none is left open.
  synchronized void answer(ObjectNode given) {
    if (status == TaskStatus.INPUT_REQUIRED && questions.answer(given)) {
      goOn();
    }
  }

  private void goOn() {
    if (questions.areAnswered()) {
      become(TaskStatus.WORKING);
      advance();
    } else {
      become(TaskStatus.INPUT_REQUIRED);
    }
  }

  /// Has people read how far the task is.
  synchronized void says(String text) {
    if (!status.isTerminal() && !text.isEmpty()) {
      message = text.length() > MAX_MESSAGE_CHARS ? cut(text) : text;
      updatedAt = now();
    }
  }

  private static String cut(String text) {
    boolean isSplit = Character.isHighSurrogate(text.charAt(MAX_MESSAGE_CHARS - 1));
    return text.substring(0, isSplit ? MAX_MESSAGE_CHARS - 1 : MAX_MESSAGE_CHARS);
  }

  /// Gives the task up, unless it has ended.
  synchronized void cancel(String why) {
    if (!status.isTerminal()) {
      message = why;
      end(TaskStatus.CANCELLED);
    }
  }

  private synchronized void completed(byte[] members) {
    if (status.isTerminal()) {
      return;
    }
    if (members.length > MAX_RESULT_BYTES || !space.take(this, members.length)) {
      failed(
          TaskError.internal(
              "The result is too large to be kept for you; ask for less, or call without a task"));
      return;
    }
    result = members;
    end(TaskStatus.COMPLETED);
  }

  /// Ends the task without a result, unless it has ended.
  ///
  /// @return whether it had not
  synchronized boolean failed(TaskError why) {
    if (status.isTerminal()) {
      return false;
    }
    error = why;
    message = why.text();
    end(TaskStatus.FAILED);
    return true;
  }

  private void end(TaskStatus terminal) {
    become(terminal);
    questions.clear();
    state = Optional.empty();
    if (worker != null) {
      worker.interrupt();
    }
    hasRested();
  }

  /// A thread has ended, or the task has. A task that ended keeps its place among the running ones
  /// until its thread heeds the interrupt.
  synchronized void hasRested() {
    if (status.isTerminal() && worker != null && worker.isIdle()) {
      worker = null;
      space.stopped(this);
    }
  }

  private void become(TaskStatus next) {
    status = next;
    updatedAt = now();
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  /// Ends what has taken too long.
  ///
  /// @return whether nobody may ask for the task any more
  synchronized boolean isOver() {
    if (now().isAfter(createdAt.plus(limits.runTime()))) {
      failed(
          TaskError.internal(
              "The task took longer than %d seconds".formatted(limits.runTime().toSeconds())));
    }
    return status.isTerminal() && now().isAfter(createdAt.plus(life()));
  }

  /// From the beginning; grows so that a late result can still be asked for.
  private Duration life() {
    Duration untilAfterEnd = Duration.between(createdAt, updatedAt).plus(limits.afterEnd());
    return untilAfterEnd.compareTo(limits.life()) > 0 ? untilAfterEnd : limits.life();
  }

  synchronized long resultBytes() {
    return result.length;
  }

  /// The task without what its status adds.
  synchronized ObjectNode head() {
    return new TaskHead(id, status, message, createdAt, updatedAt, life(), limits.pollInterval())
        .toJson();
  }

  /// The task as `tasks/get` tells it, as [TaskForm] writes it.
  synchronized byte[] toBytes() {
    ObjectNode json = head();
    if (status == TaskStatus.INPUT_REQUIRED) {
      json.set("inputRequests", form.requests(questions.open()));
    }
    if (error != null) {
      json.set("error", error.toJson());
    }
    return form.write(json, result);
  }
}
