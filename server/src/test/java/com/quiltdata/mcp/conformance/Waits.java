package com.quiltdata.mcp.conformance;

import com.quiltdata.mcp.content.ContentBlock;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.ConcurrentHashMap;

/// Two tools for clients that cancel: one that works until it is told not to, and one that tells
/// how a call of the first went on after its client had lost sight of it.
final class Waits {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final Map<String, String> states = new ConcurrentHashMap<>();

  List<Tool> tools() {
    List<Parameter> parameters = List.of(Parameter.text("label", "Names the call").required());
    return List.of(
        FixtureTool.of("test_wait", parameters, this::waitLong),
        FixtureTool.of(
            "test_wait_state",
            parameters,
            call -> List.of(text(states.getOrDefault(label(call), "unknown")))));
  }

  private List<ContentBlock> waitLong(ToolCall call) {
    states.put(label(call), "running");
    call.output().progress(0, OptionalDouble.empty(), "running");
    try {
      Thread.sleep(LONGEST);
    } catch (InterruptedException e) {
      states.put(label(call), "cancelled");
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.CANCELLED, "The call was given up", e);
    }
    states.put(label(call), "finished");
    return List.of(text("Nobody cancelled this."));
  }

  private static String label(ToolCall call) {
    return call.arguments().text("label");
  }

  private static ContentBlock text(String text) {
    return new ContentBlock.Text(text);
  }
}
