package com.quiltdata.mcp.tools.authoring;

import com.quiltdata.mcp.quilt.workflow.WorkflowChoice;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.Parameter;
import java.util.Map;

/// The parameters of all tools that push.
final class PushParameters {
  static final int MAX_OBJECTS = 10_000;
  static final int MAX_METADATA_BYTES = 900_000;
  private static final int MAX_MESSAGE_CHARS = 10_000;

  private PushParameters() {}

  static Parameter metadata(String description) {
    return Parameter.structure("metadata", MAX_METADATA_BYTES, description);
  }

  static Parameter message(String byDefault) {
    return Parameter.text("message", "Commit message").upTo(MAX_MESSAGE_CHARS).or(byDefault);
  }

  static Parameter flatten() {
    return Parameter.flag(
            "flatten",
            "True: files stand at the top of the package under their own names; false: under their whole keys")
        .or(true);
  }

  static Parameter copy() {
    return Parameter.flag(
            "copy",
            "Whether objects that are in the registry's bucket already are copied to the place of the package; others always are")
        .or(false)
        .formerly("copy_mode")
        .understanding(Map.of("all", true, "same_bucket", true, "none", false));
  }

  static Parameter workflow() {
    return Parameter.text(
            "workflow",
            "Workflow of the registry that checks the package; its default when left out")
        .upTo(64)
        .or("");
  }

  static WorkflowChoice workflow(Arguments arguments) {
    return arguments
        .textIfGiven("workflow")
        .<WorkflowChoice>map(WorkflowChoice.Named::new)
        .orElse(WorkflowChoice.DEFAULT);
  }

  static Parameter dryRun() {
    return Parameter.flag("dry_run", "Whether to only tell what would be done").or(false);
  }

  static Parameter confirm(String what) {
    return Parameter.flag(
            "confirm",
            "True once the user has agreed that %s; clients that can ask the user are asked anyway"
                .formatted(what))
        .or(false);
  }
}
