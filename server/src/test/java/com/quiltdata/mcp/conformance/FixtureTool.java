package com.quiltdata.mcp.conformance;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.content.ContentBlock;
import com.quiltdata.mcp.tool.JsonSchema;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/// A tool of the conformance suite: a definition and a function.
///
/// @param spec what clients are told
/// @param answer what it does
record FixtureTool(ToolSpec spec, Function<ToolCall, ToolResult> answer) implements Tool {
  static FixtureTool of(
      String name, List<Parameter> parameters, Function<ToolCall, List<ContentBlock>> answer) {
    return of(name, parameters, JsonSchema.ofParameters(parameters), answer);
  }

  static FixtureTool of(
      String name,
      List<Parameter> parameters,
      ObjectNode inputSchema,
      Function<ToolCall, List<ContentBlock>> answer) {
    ToolSpec spec =
        new ToolSpec(
            name,
            name,
            "The conformance suite calls it by this name.",
            "conformance",
            parameters,
            inputSchema,
            Optional.empty(),
            ToolHints.READ_ONLY,
            ToolNeeds.nothing(),
            List.of());
    return new FixtureTool(spec, call -> new ToolResult.Blocks(answer.apply(call)));
  }

  /// A tool that may ask or defer.
  static FixtureTool asking(
      String name, List<Parameter> parameters, Function<ToolCall, ToolResult> answer) {
    return new FixtureTool(of(name, parameters, _ -> List.of()).spec(), answer);
  }

  static ToolResult said(String text) {
    return new ToolResult.Blocks(List.of(new ContentBlock.Text(text)));
  }

  /// A tool that always gives the same.
  static FixtureTool constant(String name, ContentBlock... blocks) {
    return of(name, List.of(), _ -> List.of(blocks));
  }

  @Override
  public ToolResult call(ToolCall call) {
    return answer.apply(call);
  }
}
