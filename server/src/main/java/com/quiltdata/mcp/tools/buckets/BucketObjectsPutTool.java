package com.quiltdata.mcp.tools.buckets;

import static com.quiltdata.mcp.tool.JsonSchema.array;
import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.integerOrNull;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.object;
import static com.quiltdata.mcp.tool.JsonSchema.optional;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;
import static com.quiltdata.mcp.tool.JsonSchema.stringOrNull;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.Precondition;
import com.quiltdata.mcp.tool.ArgumentRule;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import com.quiltdata.mcp.tools.CallStorage;
import com.quiltdata.mcp.tools.CallerLabel;
import com.quiltdata.mcp.tools.StorageParameters;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.OptionalDouble;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `bucket_objects_put`.
final class BucketObjectsPutTool implements Tool {
  private static final int MAX_ITEMS = 1_000;
  private static final Parameter ITEMS =
      Parameter.structures("items", MAX_ITEMS, ObjectToPut.members(), "The objects to write")
          .required();

  private final CallStorage storage;

  BucketObjectsPutTool(CallStorage storage) {
    this.storage = storage;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
            "bucket_objects_put",
            "Write objects",
            """
            Write small objects, given as text or base64, into a bucket. \
            Each item succeeds or fails by itself: look at failed and at error in results. \
            An object of the same key is replaced unless overwrite is false. \
            To make a package of the objects, go on with package_create.\
            """,
            BucketTools.GROUP,
            List.of(
                StorageParameters.bucket(),
                ITEMS,
                Parameter.flag("overwrite", "Whether an object of the same key is replaced")
                    .or(true)),
            result(
                member("bucket", string("Bucket name")),
                member("requested", integer("Items of the call")),
                member("uploaded", integer("Items that were written")),
                member("failed", integer("Items that were not")),
                member(
                    "results",
                    array(
                        "One for each item, in their order",
                        object(
                            "What became of an item",
                            member("key", stringOrNull("As asked; null when it was not given")),
                            member("etag", stringOrNull("Null when it was not written")),
                            member("size", integerOrNull("Bytes; null when it was not written")),
                            member("content_type", stringOrNull("Null when it was not written")),
                            optional("s3_uri", string("For other tools, with the version if any")),
                            optional("error", string("Why it was not written")),
                            optional("code", string("Stable code of the failure"))))),
                member("auth_type", string("jwt or iam"))),
            new ToolHints(false, false, true, false),
            ToolNeeds.actions("s3:PutObject", "s3:PutObjectAcl", "s3:AbortMultipartUpload"),
            List.of())
        .where(
            ObjectToPut.SOURCE,
            new ArgumentRule.Told("In each of `items`, `encoding` is that of `text`"));
  }

  @Override
  public ToolResult call(ToolCall call) {
    BucketName bucket = BucketName.parse(call.arguments().text("bucket"));
    Precondition precondition =
        call.arguments().flag("overwrite") ? Precondition.NONE : Precondition.ABSENT;
    ObjectStore store = storage.of(call.grant());
    List<JsonNode> items = call.arguments().structures("items");
    ObjectNode fields = ToolResult.fields().put("bucket", bucket.value());
    fields.put("requested", items.size());
    int failed = 0;
    fields.putNull("uploaded").putNull("failed");
    ArrayNode results = fields.putArray("results");
    for (JsonNode item : items) {
      ObjectNode result = results.addObject();
      result.put("key", item.path("key").isString() ? item.path("key").stringValue() : null);
      try {
        written(result, put(store, bucket, item, precondition));
      } catch (Fault fault) {
        if (fault.code() == FaultCode.CANCELLED) {
          throw new Fault(
              FaultCode.CANCELLED,
              "The call was given up; %d of %d objects were written, each of them whole"
                  .formatted(results.size() - 1 - failed, items.size()),
              fault);
        }
        failed++;
        result.putNull("etag").putNull("size").putNull("content_type");
        result.put("error", fault.text()).put("code", fault.code().wire());
      }
      call.output()
          .progress(
              results.size(),
              OptionalDouble.of(items.size()),
              "%d of %d objects".formatted(results.size(), items.size()));
    }
    fields.put("uploaded", items.size() - failed).put("failed", failed);
    return new ToolResult.Success(fields.put("auth_type", CallerLabel.of(call.caller())));
  }

  private static ObjectInfo put(
      ObjectStore store, BucketName bucket, JsonNode item, Precondition precondition) {
    ObjectToPut object = ObjectToPut.of(bucket, Arguments.ofItem(ITEMS, item));
    try {
      return store.put(
          object.location(),
          new ByteArrayInputStream(object.bytes()),
          object.options().when(precondition));
    } catch (Fault fault) {
      if (fault.code() == FaultCode.CONFLICT) {
        throw new Fault(
            FaultCode.CONFLICT,
            "There is an object of this key already; call with overwrite=true to replace it",
            fault);
      }
      throw fault;
    }
  }

  private static void written(ObjectNode result, ObjectInfo info) {
    result
        .put("etag", info.etag())
        .put("size", info.sizeBytes())
        .put("content_type", info.contentType().orElse(null))
        .put("s3_uri", info.location().uri());
  }

  @Override
  public ToolResult.Failure failure(Fault fault, Arguments arguments) {
    ObjectNode details = StrictJson.NODES.objectNode().put("bucket", arguments.text("bucket"));
    return new ToolResult.Failure(fault.code(), fault.text(), details);
  }
}
