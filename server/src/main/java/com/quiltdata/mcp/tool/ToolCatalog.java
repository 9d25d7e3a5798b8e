package com.quiltdata.mcp.tool;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Decision;
import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.auth.Level;
import com.quiltdata.mcp.auth.ToolPolicy;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.json.StrictJson;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// All tools of this server, and the only way to call one. Thread-safe.
public final class ToolCatalog {
  private final Map<String, Tool> byName = new HashMap<>();
  private final CallCheck check;
  private final ToolLimits limits;

  /// A catalogue of tools that are all offered.
  ///
  /// @param tools all of them, in any order
  /// @param policy who may call what
  public ToolCatalog(List<Tool> tools, ToolPolicy policy) {
    this(
        tools,
        new CallCheck(tools.stream().map(Tool::spec).toList(), policy, ToolOffer.everything()),
        ToolLimits.defaults());
  }

  /// A catalogue.
  ///
  /// @param tools all of them, in any order
  /// @param check made of their definitions
  /// @param limits of each call
  public ToolCatalog(List<Tool> tools, CallCheck check, ToolLimits limits) {
    this.check = check;
    this.limits = limits;
    for (Tool tool : tools) {
      ToolSpec spec = tool.spec();
      if (check.find(spec.name()).isPresent()) {
        byName.put(spec.name(), tool);
        spec.aliases().forEach(alias -> byName.put(alias, tool));
      }
    }
  }

  /// The tools that a caller is shown, sorted by name.
  ///
  /// @param caller who asks
  /// @return the published definitions
  public List<ToolSpec> visibleTo(Caller caller) {
    return check.visibleTo(caller);
  }

  /// The definition of a tool.
  ///
  /// @param name its name or an older one
  /// @return the definition, or empty when there is no such tool
  public Optional<ToolSpec> find(String name) {
    return check.find(name);
  }

  /// How many tools there are.
  public int size() {
    return check.offered().size();
  }

  /// The level that a call lacks and that another token of the same issuer can have.
  ///
  /// @param name of the tool, or an older one
  /// @param caller who calls
  /// @param arguments as they were sent
  /// @return empty when more scope would not help, or is not needed
  public Optional<Level> lackedLevel(String name, Caller caller, ObjectNode arguments) {
    return check.lackedLevel(name, caller, arguments);
  }

  /// Checks rights, then arguments, then calls.
  ///
  /// @param name of a tool that [#find] knows
  /// @param caller who calls
  /// @param arguments as they were sent
  /// @param output for progress and log messages
  /// @param requestId names the call in logs
  /// @param input what the client can be asked and what it has answered
  /// @return the result; a denial or a [Fault] is a failure
  public ToolResult call(
      String name,
      Caller caller,
      ObjectNode arguments,
      CallOutput output,
      String requestId,
      Input input) {
    Tool tool = tool(name).orElseThrow();
    return switch (check.check(name, caller, arguments)) {
      case CallCheck.Outcome.Passed(Grant grant, Arguments checked) -> {
        try {
          yield begun(tool, new ToolCall(grant, checked, output, requestId, input, limits));
        } catch (Fault fault) {
          yield tool.failure(fault, checked);
        }
      }
      case CallCheck.Outcome.Denied(Decision.Denied denied) -> denial(denied);
      case CallCheck.Outcome.Malformed(Fault fault) -> ToolResult.of(fault);
      case CallCheck.Outcome.Unknown _, CallCheck.Outcome.Withheld _ ->
          throw new IllegalStateException("a tool that is offered was not found: " + name);
    };
  }

  /// Calls the tool; what its job throws later is put into the tool's words as well.
  private static ToolResult begun(Tool tool, ToolCall call) {
    ToolResult result = tool.call(call);
    if (result instanceof ToolResult.Deferred(Job.Here(boolean needsTask, Job.Step step))) {
      return new ToolResult.Deferred(
          new Job.Here(
              needsTask,
              (input, output) -> {
                try {
                  return step.run(input, output);
                } catch (Fault fault) {
                  return tool.failure(fault, call.arguments());
                }
              }));
    }
    return result;
  }

  /// Looks after a job of a tool that runs in another service, with rights that are checked anew.
  ///
  /// @param name of a tool that [#tool] knows
  /// @param caller who began the job
  /// @param handle as in [Job.Elsewhere]
  /// @return how it stands
  /// @throws Fault when that cannot be told now, or the caller may not know
  public Job.Standing look(String name, Caller caller, String handle) {
    Tool tool = tool(name).orElseThrow();
    return tool.look(check.following(tool.spec(), caller), handle);
  }

  /// Asks another service to stop a job of a tool.
  ///
  /// @param name of a tool that [#tool] knows
  /// @param caller who began the job
  /// @param handle as in [Job.Elsewhere]
  /// @throws Fault when it cannot, or the caller may not
  public void stop(String name, Caller caller, String handle) {
    Tool tool = tool(name).orElseThrow();
    tool.stop(check.following(tool.spec(), caller), handle);
  }

  /// The tool of a name, to see what it is.
  ///
  /// @param name its name or an older one
  /// @return the tool, or empty when there is none
  public Optional<Tool> tool(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  private static ToolResult denial(Decision.Denied denied) {
    ObjectNode details = StrictJson.NODES.objectNode();
    if (!denied.missingActions().isEmpty()) {
      denied.missingActions().forEach(details.putArray("missing_permissions")::add);
    }
    return new ToolResult.Failure(denied.code(), denied.text(), details);
  }
}
