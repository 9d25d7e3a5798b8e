package com.quiltdata.mcp.tool;

import com.quiltdata.mcp.content.ContentBlock;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.json.StrictJson;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// How a call ended, as the client sees it.
public sealed interface ToolResult {
  /// It did what it should.
  ///
  /// @param fields the structured result; `success: true` is part of it
  record Success(ObjectNode fields) implements ToolResult {}

  /// It did what it should, and the result is content blocks rather than fields.
  ///
  /// @param blocks in order
  record Blocks(List<ContentBlock> blocks) implements ToolResult {
    /// Copies the blocks.
    public Blocks {
      blocks = List.copyOf(blocks);
    }
  }

  /// It cannot go on without the client's answers; the tool is then called again.
  ///
  /// @param input what is required
  record Asks(InputRequired input) implements ToolResult {}

  /// It was begun, and the rest may take long: a task for a client that can follow one.
  ///
  /// @param job the rest
  record Deferred(Job job) implements ToolResult {}

  /// It could not be completed.
  ///
  /// @param code what clients decide on
  /// @param error a sentence for the user
  /// @param details further members of the result, for example what to do next
  record Failure(FaultCode code, String error, ObjectNode details) implements ToolResult {
    /// The structured form of the failure.
    public ObjectNode fields() {
      ObjectNode fields =
          StrictJson.NODES
              .objectNode()
              .put("success", false)
              .put("error", error)
              .put("code", code.wire());
      fields.setAll(details);
      return fields;
    }
  }

  /// The beginning of a success, to be filled.
  ///
  /// @return an object with `success: true`
  static ObjectNode fields() {
    return StrictJson.NODES.objectNode().put("success", true);
  }

  /// A failure from a fault.
  ///
  /// @param fault what went wrong
  /// @return the failure with the fault's code and text
  static Failure of(Fault fault) {
    return new Failure(fault.code(), fault.text(), StrictJson.NODES.objectNode());
  }
}
