package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.input.ClientCapability;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.task.Tasks;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// `tasks/get`, `tasks/update` and `tasks/cancel` of the extension `io.modelcontextprotocol/tasks`.
final class TasksMethod implements Method {
  private static final String RESPONSES = "inputResponses";

  private final String name;
  private final Tasks tasks;
  private final Action action;

  /// Does something to a task.
  private interface Action {
    /// Gives the members of the result, or empty when the caller has no such task.
    Optional<ObjectNode> run(Call call, String taskId);
  }

  private TasksMethod(String name, Tasks tasks, Action action) {
    this.name = name;
    this.tasks = tasks;
    this.action = action;
  }

  static Method get(Tasks tasks) {
    return new TasksMethod("tasks/get", tasks, (call, id) -> tasks.get(id, call.caller()));
  }

  static Method update(Tasks tasks) {
    return new TasksMethod(
        "tasks/update",
        tasks,
        (call, id) ->
            acknowledged(
                tasks.update(id, call.caller(), Params.objectOrEmpty(call.params(), RESPONSES))));
  }

  static Method cancel(Tasks tasks) {
    return new TasksMethod(
        "tasks/cancel", tasks, (call, id) -> acknowledged(tasks.cancel(id, call.caller())));
  }

  private static Optional<ObjectNode> acknowledged(boolean isThere) {
    return isThere ? Optional.of(StrictJson.NODES.objectNode()) : Optional.empty();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean isPartOf(ProtocolVersion version) {
    return version.isStateless() && tasks.areOffered();
  }

  /// What counts is that this very request declares the extension.
  @Override
  public void check(Call call) {
    if (!call.capabilities().contains(ClientCapability.TASKS)) {
      throw RpcException.missing(Set.of(ClientCapability.TASKS));
    }
    Params.requireText(call.params(), "taskId");
    Params.objectOrEmpty(call.params(), RESPONSES);
  }

  @Override
  public Result answer(Call call) {
    try {
      return action
          .run(call, call.params().path("taskId").stringValue())
          .map(Result.Tree::of)
          .orElseThrow(() -> Params.invalid("there is no such task"));
    } catch (Fault fault) {
      if (fault.code() == FaultCode.TOO_LARGE) {
        throw Params.invalid(fault.text());
      }
      throw new RpcException(ErrorCode.INTERNAL_ERROR, fault.text());
    }
  }
}
