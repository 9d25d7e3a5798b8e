package com.quiltdata.mcp.tools.buckets;

import static com.quiltdata.mcp.tool.JsonSchema.bool;
import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.optional;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
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
import java.nio.charset.Charset;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// `bucket_object_text`.
final class BucketObjectTextTool implements Tool {
  private final CallStorage storage;

  BucketObjectTextTool(CallStorage storage) {
    this.storage = storage;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
        "bucket_object_text",
        "Read a text object",
        """
        Read the beginning of an object as text. \
        When truncated is true, go on with offset = next_offset. \
        Use bucket_object_fetch for bytes that are no text.\
        """,
        BucketTools.GROUP,
        List.of(
            StorageParameters.s3Uri(),
            ObjectPart.maxBytesParameter(),
            Parameter.text("encoding", "Character encoding of the object").upTo(64).or("utf-8"),
            ObjectPart.offsetParameter()),
        result(
            member("bucket", string("Bucket name")),
            member("key", string("Key")),
            member("s3_uri", string("As asked")),
            member("text", string("The text; bytes that are none in this encoding are replaced")),
            member("encoding", string("As asked")),
            member("bytes_read", integer("Bytes that the text was made of")),
            member("truncated", bool("Whether the object goes on")),
            optional("next_offset", integer("Where it goes on, when truncated")),
            optional("hint", string("What to do when not one character fits into max_bytes")),
            member("auth_type", string("jwt or iam"))),
        ToolHints.READ_ONLY,
        ToolNeeds.actions("s3:GetObject"),
        List.of());
  }

  @Override
  public ToolResult call(ToolCall call) {
    ObjectLocation location = ObjectLocation.parse(call.arguments().text("s3_uri"));
    String encoding = call.arguments().text("encoding");
    Charset charset = charset(encoding);
    ObjectPart part = ObjectPart.read(storage.of(call.grant()), location, call);
    DecodedPart decoded = DecodedPart.of(part, charset);
    boolean isTruncated = part.isTruncatedAfter(decoded.length());
    ObjectNode fields =
        ToolResult.fields()
            .put("bucket", location.bucket().value())
            .put("key", location.key())
            .put("s3_uri", location.uri())
            .put("text", decoded.text())
            .put("encoding", encoding)
            .put("bytes_read", decoded.length())
            .put("truncated", isTruncated);
    if (isTruncated) {
      fields.put("next_offset", part.offset() + decoded.length());
      if (decoded.length() == 0) {
        fields.put("hint", "max_bytes is smaller than one character: read on with a larger one");
      }
    }
    return new ToolResult.Success(fields.put("auth_type", CallerLabel.of(call.caller())));
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalArgumentException e) {
      throw new Fault(
          FaultCode.INVALID_ARGUMENT,
          "Decode failed: there is no encoding of this name; try utf-8 or iso-8859-1",
          e);
    }
  }

  @Override
  public ToolResult.Failure failure(Fault fault, Arguments arguments) {
    return ObjectFailure.of(fault, arguments);
  }
}
