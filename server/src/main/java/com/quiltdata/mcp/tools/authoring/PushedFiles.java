package com.quiltdata.mcp.tools.authoring;

import static com.quiltdata.mcp.tool.JsonSchema.array;
import static com.quiltdata.mcp.tool.JsonSchema.integerOrNull;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.object;
import static com.quiltdata.mcp.tool.JsonSchema.string;
import static com.quiltdata.mcp.tool.JsonSchema.stringOrNull;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.push.PushedChange;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.tool.ResultBudget;
import com.quiltdata.mcp.tool.ToolLimits;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The member `files` of results: what became of each file that a call names.
final class PushedFiles {
  static final int MAX = 1_000;

  private PushedFiles() {}

  static ObjectNode schema() {
    return array(
        "What changed, in tree order; the first %d when there are more".formatted(MAX),
        object(
            "A file",
            member("logical_key", string("Path in the package")),
            member("change", string("added, replaced or removed")),
            member("size", integerOrNull("Bytes; null when removed")),
            member("s3_uri", stringOrNull("Where its bytes are; null when removed or not known"))));
  }

  /// Writes the files for which there is room.
  static void write(
      List<PushedChange> changes, ObjectStore store, ObjectNode fields, ToolLimits limits) {
    ResultBudget budget = ResultBudget.after(limits, fields);
    ArrayNode files = fields.putArray("files");
    for (PushedChange change : changes) {
      ObjectNode file = file(change, store);
      if (files.size() == MAX || !budget.take(file)) {
        return;
      }
      files.add(file);
    }
  }

  private static ObjectNode file(PushedChange change, ObjectStore store) {
    ObjectNode file =
        StrictJson.NODES
            .objectNode()
            .put("logical_key", change.key().value())
            .put(
                "change",
                switch (change.kind()) {
                  case ADDED -> "added";
                  case REPLACED -> "replaced";
                  case REMOVED -> "removed";
                });
    change
        .entry()
        .map(ManifestEntry::sizeBytes)
        .filter(OptionalLong::isPresent)
        .ifPresentOrElse(size -> file.put("size", size.getAsLong()), () -> file.putNull("size"));
    return file.put(
        "s3_uri",
        change
            .entry()
            .flatMap(entry -> location(entry, store))
            .map(ObjectLocation::uri)
            .orElse(null));
  }

  private static Optional<ObjectLocation> location(ManifestEntry entry, ObjectStore store) {
    try {
      return entry.physicalKey().locate(store);
    } catch (Fault notKnownYet) {
      return Optional.empty();
    }
  }
}
