package com.quiltdata.mcp.tools.buckets;

import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.map;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.object;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;
import static com.quiltdata.mcp.tool.JsonSchema.stringOrNull;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import com.quiltdata.mcp.tools.CallStorage;
import com.quiltdata.mcp.tools.CallerLabel;
import com.quiltdata.mcp.tools.StorageParameters;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// `bucket_object_info`.
final class BucketObjectInfoTool implements Tool {
  private final CallStorage storage;

  BucketObjectInfoTool(CallStorage storage) {
    this.storage = storage;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
        "bucket_object_info",
        "Describe an object",
        """
        Tell size, type, time, version and metadata of an object without reading it. \
        Use bucket_object_text to read a text, bucket_object_link for a download link.\
        """,
        BucketTools.GROUP,
        List.of(StorageParameters.s3Uri()),
        result(
            member(
                "object",
                object(
                    "The object",
                    member("bucket", string("Bucket name")),
                    member("key", string("Key")),
                    member("s3_uri", string("As asked")),
                    member("size", integer("Bytes")),
                    member("content_type", stringOrNull("Media type")),
                    member("last_modified", string("ISO 8601, UTC")),
                    member("etag", string("Changes with the content")),
                    member("version_id", stringOrNull("The real version, null without versions")),
                    member("metadata", map("User metadata")),
                    member("storage_class", string("For example STANDARD")))),
            member("auth_type", string("jwt or iam"))),
        ToolHints.READ_ONLY,
        ToolNeeds.actions("s3:GetObject", "s3:GetObjectVersion"),
        List.of());
  }

  @Override
  public ToolResult call(ToolCall call) {
    ObjectLocation location = ObjectLocation.parse(call.arguments().text("s3_uri"));
    ObjectInfo info =
        storage.of(call.grant()).find(location).orElseThrow(() -> MissingObject.at(location));
    ObjectNode fields = ToolResult.fields();
    ObjectNode object =
        fields
            .putObject("object")
            .put("bucket", location.bucket().value())
            .put("key", location.key())
            .put("s3_uri", location.uri())
            .put("size", info.sizeBytes())
            .put("content_type", info.contentType().orElse(null))
            .put("last_modified", info.lastModified().toString())
            .put("etag", info.etag())
            .put("version_id", info.location().versionId().orElse(null))
            .put("storage_class", info.storageClass());
    ObjectNode metadata = object.putObject("metadata");
    info.metadata().forEach(metadata::put);
    return new ToolResult.Success(fields.put("auth_type", CallerLabel.of(call.caller())));
  }

  @Override
  public ToolResult.Failure failure(Fault fault, Arguments arguments) {
    return ObjectFailure.of(fault, error(fault, ObjectFailure.location(arguments)), arguments);
  }

  private static String error(Fault fault, Optional<ObjectLocation> asked) {
    Optional<String> version = asked.flatMap(ObjectLocation::versionId);
    if (version.isPresent() && fault.code() == FaultCode.NOT_FOUND) {
      return fault.text();
    }
    if (version.isPresent() && fault.code().isDenial()) {
      return "Access denied for version %s of %s"
          .formatted(version.get(), Quoted.visible(asked.get().withoutVersion().uri()));
    }
    return "Failed to head object: " + fault.text();
  }
}
