package com.quiltdata.mcp.tools.buckets;

import static com.quiltdata.mcp.tool.JsonSchema.array;
import static com.quiltdata.mcp.tool.JsonSchema.bool;
import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.object;
import static com.quiltdata.mcp.tool.JsonSchema.optional;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;
import static com.quiltdata.mcp.tool.JsonSchema.stringOrNull;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.ResultBudget;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import com.quiltdata.mcp.tools.CallStorage;
import com.quiltdata.mcp.tools.CallerReach;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `bucket_list`.
final class BucketListTool implements Tool {
  private final CallStorage storage;

  BucketListTool(CallStorage storage) {
    this.storage = storage;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
        "bucket_list",
        "List buckets",
        """
        List the buckets that the user can reach. \
        Start here when the user names no bucket; go on with packages_list or bucket_objects_list.\
        """,
        BucketTools.GROUP,
        List.of(),
        result(
            member(
                "buckets",
                array(
                    "In name order",
                    object(
                        "A bucket",
                        member("name", string("Name for other tools")),
                        member("title", string("For people")),
                        member("description", string("What it holds, perhaps empty")),
                        member("iconUrl", stringOrNull("Icon")),
                        member("relevanceScore", integer("Higher comes first in the catalog")),
                        member("browsable", bool("Whether the catalog shows it")),
                        member("tags", array("Labels", string("A label")))))),
            member("count", integer("How many are in this answer")),
            optional("truncated", bool("True when there was no room for all")),
            optional("hint", string("What to do then"))),
        ToolHints.READ_ONLY,
        ToolNeeds.nothing(),
        List.of());
  }

  @Override
  public ToolResult call(ToolCall call) {
    ObjectNode fields = ToolResult.fields();
    ArrayNode buckets = fields.putArray("buckets");
    ResultBudget budget = ResultBudget.after(call.limits(), fields);
    CallerReach reach = new CallerReach(storage.of(call.grant()), call.caller());
    for (BucketName bucket : reach.store().buckets()) {
      if (reach.covers(bucket)) {
        ObjectNode described = describe(bucket);
        if (!budget.take(described)) {
          fields
              .put("truncated", true)
              .put("hint", "There are more buckets: ask the user for the name of the one meant");
          break;
        }
        buckets.add(described);
      }
    }
    return new ToolResult.Success(fields.put("count", buckets.size()));
  }

  @Override
  public ToolResult.Failure failure(Fault fault, Arguments arguments) {
    return new ToolResult.Failure(
        fault.code(), "Failed to list buckets: " + fault.text(), StrictJson.NODES.objectNode());
  }

  private static ObjectNode describe(BucketName bucket) {
    ObjectNode described =
        StrictJson.NODES
            .objectNode()
            .put("name", bucket.value())
            .put("title", bucket.value())
            .put("description", "")
            .putNull("iconUrl")
            .put("relevanceScore", 0)
            .put("browsable", true);
    described.putArray("tags");
    return described;
  }
}
