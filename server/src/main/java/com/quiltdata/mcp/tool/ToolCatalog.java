package com.quiltdata.mcp.tool;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Decision;
import com.quiltdata.mcp.auth.ToolPolicy;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.json.StrictJson;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// All tools of this server, and the only way to call one. Thread-safe.
public final class ToolCatalog {
  /// A tool and what it says of itself, asked once.
  private record Entry(ToolSpec spec, Tool tool) {}

  private final List<ToolSpec> specs;
  private final Map<String, Entry> byName = new HashMap<>();
  private final ToolPolicy policy;

  /// A catalogue.
  ///
  /// @param tools all of them, in any order
  /// @param policy who may call what
  public ToolCatalog(List<Tool> tools, ToolPolicy policy) {
    this.policy = policy;
    List<Entry> entries =
        tools.stream()
            .map(tool -> new Entry(tool.spec(), tool))
            .sorted(Comparator.comparing(entry -> entry.spec().name()))
            .toList();
    this.specs = entries.stream().map(Entry::spec).toList();
    for (Entry entry : entries) {
      register(entry.spec().name(), entry);
      entry.spec().aliases().forEach(alias -> register(alias, entry));
    }
  }

  private void register(String name, Entry entry) {
    if (byName.put(name, entry) != null) {
      throw new IllegalArgumentException("two tools are called " + name);
    }
  }

  /// The tools that a caller is shown, sorted by name.
  ///
  /// @param caller who asks
  /// @return the published definitions
  public List<ToolSpec> visibleTo(Caller caller) {
    return specs.stream().filter(spec -> policy.isListed(caller, spec.name())).toList();
  }

  /// The definition of a tool.
  ///
  /// @param name its name or an older one
  /// @return the definition, or empty when there is no such tool
  public Optional<ToolSpec> find(String name) {
    return Optional.ofNullable(byName.get(name)).map(Entry::spec);
  }

  /// How many tools there are.
  public int size() {
    return specs.size();
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
    Entry entry = Optional.ofNullable(byName.get(name)).orElseThrow();
    ToolSpec spec = entry.spec();
    return switch (policy.decide(caller, spec.name(), arguments)) {
      case Decision.Denied denied -> denial(denied);
      case Decision.Allowed _ -> {
        Arguments checked;
        try {
          checked = Arguments.check(spec, arguments);
        } catch (Fault fault) {
          yield ToolResult.of(fault);
        }
        try {
          yield begun(entry, new ToolCall(caller, checked, output, requestId, input));
        } catch (Fault fault) {
          yield entry.tool().failure(fault, checked);
        }
      }
    };
  }

  /// Calls the tool; what its job throws later is put into the tool's words as well.
  private static ToolResult begun(Entry entry, ToolCall call) {
    ToolResult result = entry.tool().call(call);
    if (result instanceof ToolResult.Deferred(Job.Here(boolean needsTask, Job.Step step))) {
      return new ToolResult.Deferred(
          new Job.Here(
              needsTask,
              (input, output) -> {
                try {
                  return step.run(input, output);
                } catch (Fault fault) {
                  return entry.tool().failure(fault, call.arguments());
                }
              }));
    }
    return result;
  }

  /// The tool of a name, to look after its jobs.
  ///
  /// @param name its name or an older one
  /// @return the tool, or empty when there is none
  public Optional<Tool> tool(String name) {
    return Optional.ofNullable(byName.get(name)).map(Entry::tool);
  }

  private static ToolResult denial(Decision.Denied denied) {
    ObjectNode details = StrictJson.NODES.objectNode();
    if (!denied.missingActions().isEmpty()) {
      denied.missingActions().forEach(details.putArray("missing_permissions")::add);
    }
    return new ToolResult.Failure(denied.code(), denied.text(), details);
  }
}
