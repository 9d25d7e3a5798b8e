package com.quiltdata.mcp.tools.buckets;

import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;
import static com.quiltdata.mcp.tool.JsonSchema.stringOrNull;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.ObjectLink;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import com.quiltdata.mcp.tools.CallStorage;
import com.quiltdata.mcp.tools.CallerLabel;
import com.quiltdata.mcp.tools.CallerReach;
import com.quiltdata.mcp.tools.StorageParameters;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// `bucket_object_link`.
final class BucketObjectLinkTool implements Tool {
  private final CallStorage storage;
  private final InstantSource clock;

  BucketObjectLinkTool(CallStorage storage, InstantSource clock) {
    this.storage = storage;
    this.clock = clock;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
        "bucket_object_link",
        "Link to an object",
        """
        Make a link with which the user can download an object for a while, without further \
        credentials. A server of a local folder gives its own user a file: URL that does not expire, \
        and nobody else a link: there, read the object with bucket_object_fetch.\
        """,
        BucketTools.GROUP,
        List.of(
            StorageParameters.s3Uri(),
            Parameter.whole(
                    "expiration", 1, Links.MAX_LIFE_SECONDS, "Seconds that the link should work")
                .or(3_600)),
        result(
            member("bucket", string("Bucket name")),
            member("key", string("Key")),
            member("s3_uri", string("As asked")),
            member("signed_url", string("The link; https: for S3, file: for a local folder")),
            member(
                "expiration_seconds", integer("Seconds that it works, 0 when it does not expire")),
            member(
                "expires_at",
                stringOrNull("When it stops working, ISO 8601; null when it does not")),
            member("auth_type", string("jwt or iam"))),
        ToolHints.READ_ONLY,
        ToolNeeds.actions("s3:GetObject"),
        List.of());
  }

  @Override
  public ToolResult call(ToolCall call) {
    ObjectLocation location = ObjectLocation.parse(call.arguments().text("s3_uri"));
    ObjectStore store = storage.of(call.grant());
    if (store.find(location).isEmpty()) {
      throw MissingObject.at(location);
    }
    ObjectLink link =
        new CallerReach(store, call.caller())
            .link(
                location,
                call.limits().life(Duration.ofSeconds(call.arguments().whole("expiration"))))
            .orElseThrow(BucketObjectLinkTool::filesOnly);
    ObjectNode fields =
        ToolResult.fields()
            .put("bucket", location.bucket().value())
            .put("key", location.key())
            .put("s3_uri", location.uri())
            .put("signed_url", link.text())
            .put("expiration_seconds", Links.secondsLeft(link, clock.instant()).orElse(0L))
            .put("expires_at", link.expiresAt().map(Object::toString).orElse(null));
    return new ToolResult.Success(fields.put("auth_type", CallerLabel.of(call.caller())));
  }

  private static Fault filesOnly() {
    return new Fault(
        FaultCode.UNSUPPORTED_SCHEME,
        "This server keeps its objects in a folder: links work on its own machine only. Read the object with bucket_object_fetch.");
  }

  @Override
  public ToolResult.Failure failure(Fault fault, Arguments arguments) {
    return ObjectFailure.of(fault, arguments);
  }
}
