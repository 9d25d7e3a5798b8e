package com.quiltdata.mcp.tools.authoring;

import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.push.PushOutcome;
import com.quiltdata.mcp.quilt.push.PushedChange;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tools.CallerLabel;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What results tell of a push.
///
/// @param plan what was wanted
/// @param outcome what became of it
record PushSummary(PushPlan plan, PushOutcome outcome) {

  @Nullable String topHash() {
    return outcome.topHash().map(TopHash::value).orElse(null);
  }

  /// How many files of the call are in the revision.
  long filesAdded() {
    return outcome.changes().stream()
        .filter(change -> change.kind() != PushedChange.Kind.REMOVED)
        .count();
  }

  /// Adds the members at the end of every result.
  void finish(ObjectNode fields, ObjectStore store, ToolCall call) {
    ArrayNode warnings = fields.putArray("warnings");
    plan.warnings().forEach(warnings::add);
    changed().forEach(warnings::add);
    outcome.warnings().forEach(warnings::add);
    if (outcome.result() == PushOutcome.Result.ALREADY_THERE) {
      warnings.add("Nothing was written: the latest revision is this very one already");
    }
    fields.put("auth_type", CallerLabel.of(call.caller()));
    if (outcome.result() == PushOutcome.Result.PLANNED) {
      fields.put("dry_run", true);
    }
    PushedFiles.write(outcome.changes(), store, fields, call.limits());
  }

  private List<String> changed() {
    NewFiles.Warnings warnings = new NewFiles.Warnings();
    String before =
        outcome
            .previous()
            .map(hash -> "; revision %s still has it".formatted(hash.shortForm()))
            .orElse("");
    for (PushedChange change : outcome.changes()) {
      String key = Quoted.of(change.key().value());
      switch (change.kind()) {
        case ADDED -> {}
        case REPLACED -> warnings.add("%s was replaced%s".formatted(key, before));
        case REMOVED -> warnings.add("%s was removed%s".formatted(key, before));
      }
    }
    return warnings.all();
  }
}
