package com.quiltdata.mcp.tools;

import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.push.Expected;
import com.quiltdata.mcp.quilt.push.PushOptions;
import com.quiltdata.mcp.quilt.workflow.WorkflowChoice;
import com.quiltdata.mcp.tool.ArgumentRule;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.Parameter;
import java.util.Map;

/// The parameters of all tools that push.
public final class PushParameters {
  /// The most objects that a call can name.
  public static final int MAX_OBJECTS = 10_000;

  /// The most bytes of metadata in a call.
  public static final int MAX_METADATA_BYTES = 900_000;

  private static final int MAX_MESSAGE_CHARS = 10_000;

  private PushParameters() {}

  /// Metadata of the package, or of its members.
  public static Parameter metadata(String description) {
    return Parameter.structure("metadata", MAX_METADATA_BYTES, description);
  }

  /// The commit message.
  public static Parameter message(String byDefault) {
    return Parameter.text("message", "Commit message").upTo(MAX_MESSAGE_CHARS).or(byDefault);
  }

  /// Whether files keep their paths.
  public static Parameter flatten() {
    return Parameter.flag(
            "flatten",
            "True: files stand at the top of the package under their own names; false: under their whole keys")
        .or(true);
  }

  /// Whether objects are copied that could be referenced.
  public static Parameter copy() {
    return Parameter.flag(
            "copy",
            "Whether objects that are in the registry's bucket already are copied to the place of the package; others always are")
        .or(false)
        .formerly("copy_mode")
        .understanding(Map.of("all", true, "same_bucket", true, "none", false));
  }

  /// The workflow that checks the package.
  public static Parameter workflow() {
    return Parameter.text(
            "workflow",
            "Workflow of the registry that checks the package; its default when left out")
        .upTo(64)
        .or("");
  }

  /// The workflow of a call.
  public static WorkflowChoice workflow(Arguments arguments) {
    return arguments
        .textIfGiven("workflow")
        .<WorkflowChoice>map(WorkflowChoice.Named::new)
        .orElse(WorkflowChoice.DEFAULT);
  }

  /// Whether nothing is written.
  public static Parameter dryRun() {
    return Parameter.flag("dry_run", "Whether to only tell what would be done").or(false);
  }

  /// Nothing goes without the word of the user.
  ///
  /// @param when the calls in question, for example `Unless dry_run is true,`
  public static ArgumentRule askedFirst(String when) {
    return new ArgumentRule.Told(
        when + " `confirm` must be true, or the client one that can ask its user");
  }

  /// How a call pushes on top of a revision: not in place of what somebody else pushed meanwhile,
  /// and not at all when nothing is new.
  public static PushOptions onTopOf(TopHash revision, Arguments arguments) {
    return PushOptions.DEFAULT
        .expecting(new Expected.Revision(revision))
        .checkedBy(workflow(arguments))
        .dryRun(arguments.flag("dry_run"))
        .dedupe(true);
  }

  /// The word of the user, where the client cannot be asked.
  public static Parameter confirm(String what) {
    return Parameter.flag(
            "confirm",
            "True once the user has agreed that %s; clients that can ask the user are asked anyway"
                .formatted(what))
        .or(false);
  }
}
