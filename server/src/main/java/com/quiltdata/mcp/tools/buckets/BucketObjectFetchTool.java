package com.quiltdata.mcp.tools.buckets;

import static com.quiltdata.mcp.tool.JsonSchema.bool;
import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.optional;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;
import static com.quiltdata.mcp.tool.JsonSchema.stringOrNull;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.storage.ObjectLocation;
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
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// `bucket_object_fetch`.
final class BucketObjectFetchTool implements Tool {
  private final CallStorage storage;

  BucketObjectFetchTool(CallStorage storage) {
    this.storage = storage;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
        "bucket_object_fetch",
        "Read the bytes of an object",
        """
        Read the beginning of an object as base64 (or as text where the bytes are UTF-8 and \
        base64_encode is false). When truncated is true, go on with offset = next_offset. \
        Use bucket_object_link for large objects.\
        """,
        BucketTools.GROUP,
        List.of(
            StorageParameters.s3Uri(),
            ObjectPart.maxBytesParameter(),
            Parameter.flag("base64_encode", "Whether to encode in any case").or(true),
            ObjectPart.offsetParameter()),
        result(
            member("bucket", string("Bucket name")),
            member("key", string("Key")),
            member("s3_uri", string("As asked")),
            member("data", string("The bytes, as base64 when is_base64 is true")),
            member("content_type", stringOrNull("Media type")),
            member("bytes_read", integer("How many bytes are in data")),
            member("truncated", bool("Whether the object goes on")),
            optional("next_offset", integer("Where it goes on, when truncated")),
            member("is_base64", bool("Whether data is base64")),
            member("auth_type", string("jwt or iam"))),
        ToolHints.READ_ONLY,
        ToolNeeds.actions("s3:GetObject"),
        List.of());
  }

  @Override
  public ToolResult call(ToolCall call) {
    ObjectLocation location = ObjectLocation.parse(call.arguments().text("s3_uri"));
    ObjectPart part = ObjectPart.read(storage.of(call.grant()), location, call);
    Optional<DecodedPart> text =
        call.arguments().flag("base64_encode") ? Optional.empty() : DecodedPart.ofUtf8(part);
    int length = text.map(DecodedPart::length).orElse(part.bytes().length);
    boolean isTruncated = part.isTruncatedAfter(length);
    ObjectNode fields =
        ToolResult.fields()
            .put("bucket", location.bucket().value())
            .put("key", location.key())
            .put("s3_uri", location.uri())
            .put(
                "data",
                text.map(DecodedPart::text)
                    .orElseGet(() -> Base64.getEncoder().encodeToString(part.bytes())))
            .put("content_type", part.info().contentType().orElse(null))
            .put("bytes_read", length)
            .put("truncated", isTruncated)
            .put("is_base64", text.isEmpty());
    if (isTruncated) {
      fields.put("next_offset", part.offset() + length);
    }
    return new ToolResult.Success(fields.put("auth_type", CallerLabel.of(call.caller())));
  }

  @Override
  public ToolResult.Failure failure(Fault fault, Arguments arguments) {
    return ObjectFailure.of(fault, arguments);
  }
}
