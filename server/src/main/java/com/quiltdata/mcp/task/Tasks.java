package com.quiltdata.mcp.task;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.replica.Replicas;
import com.quiltdata.mcp.state.StateKeys;
import com.quiltdata.mcp.tool.Job;
import com.quiltdata.mcp.tool.ToolCatalog;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Begins tasks, and finds them again from any replica. Whoever asks must be who began: for anybody
/// else a task is not there. Thread-safe.
public final class Tasks {
  private final Replicas replicas;
  private final JobsHere here;
  private final JobsElsewhere elsewhere;

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
    this.replicas = replicas;
    this.here = new JobsHere(keys, replicas, new TaskForm(words), limits, clock);
    this.elsewhere = new JobsElsewhere(keys, tools, words, limits, clock);
  }

  /// Whether tasks can be offered: a client that asks for one must reach it from every replica.
  public boolean areOffered() {
    return replicas.reachesAll();
  }

  /// Begins a task.
  ///
  /// @param order whose, of which tool
  /// @param job what is to be done
  /// @return the task as it is told first, at work; empty when there is no place for one
  public Optional<ObjectNode> begin(TaskOrder order, Job job) {
    if (isNobody(order.caller())) {
      throw new IllegalArgumentException("a task belongs to somebody");
    }
    return switch (job) {
      case Job.Here(boolean _, Job.Step step) -> here.begin(order, step);
      case Job.Elsewhere(String handle) -> Optional.of(elsewhere.begin(order, handle));
    };
  }

  /// A task as it stands.
  ///
  /// @param id as [#begin] told it
  /// @param caller who asks
  /// @return the task, or empty when there is none of this caller
  /// @throws Fault when it cannot be told at the moment
  public Optional<ObjectNode> get(String id, Caller caller) {
    if (isNobody(caller)) {
      return Optional.empty();
    }
    return here.owns(id) ? here.get(id, caller) : elsewhere.get(id, caller);
  }

  /// Gives answers to a task.
  ///
  /// @param id as [#begin] told it
  /// @param caller who answers
  /// @param responses by key
  /// @return whether there is such a task of this caller
  /// @throws Fault when it cannot be reached at the moment, or the answers are too large
  public boolean update(String id, Caller caller, ObjectNode responses) {
    if (isNobody(caller)) {
      return false;
    }
    return here.owns(id) ? here.update(id, caller, responses) : elsewhere.update(id, caller);
  }

  /// Wishes a task to end.
  ///
  /// @param id as [#begin] told it
  /// @param caller who wishes it
  /// @return whether there is such a task of this caller
  /// @throws Fault when it cannot be reached at the moment
  public boolean cancel(String id, Caller caller) {
    if (isNobody(caller)) {
      return false;
    }
    return here.owns(id) ? here.cancel(id, caller) : elsewhere.cancel(id, caller);
  }

  /// Gives up all tasks of this replica, and begins no more.
  public void end() {
    here.end();
  }

  private static boolean isNobody(Caller caller) {
    return caller.principal().isEmpty();
  }
}
