package com.quiltdata.mcp.tools.buckets;

import static com.quiltdata.mcp.tool.JsonSchema.array;
import static com.quiltdata.mcp.tool.JsonSchema.bool;
import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.map;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLink;
import com.quiltdata.mcp.storage.ObjectPage;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import com.quiltdata.mcp.tools.CallStorage;
import com.quiltdata.mcp.tools.CallerLabel;
import com.quiltdata.mcp.tools.StorageParameters;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `bucket_objects_list`.
final class BucketObjectsListTool implements Tool {
  private final CallStorage storage;
  private final InstantSource clock;

  BucketObjectsListTool(CallStorage storage, InstantSource clock) {
    this.storage = storage;
    this.clock = clock;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
        "bucket_objects_list",
        "List objects",
        """
        List the objects of a bucket, a page at a time, in key order. \
        Give prefix to look below a folder. \
        Packages are listed by packages_list, their files by package_browse.\
        """,
        BucketTools.GROUP,
        List.of(
            StorageParameters.bucket(),
            Parameter.text("prefix", "Only keys that begin with this").upTo(1_024).or(""),
            Parameter.whole("max_keys", 1, ListRequest.MAX_LIMIT, "Most objects in the answer")
                .or(100),
            Parameter.text("continuation_token", "next_continuation_token of the answer before")
                .or(""),
            Parameter.flag(
                    "include_signed_urls",
                    "Whether each object comes with a link (a file: URL when the server serves a local folder)")
                .or(true)),
        result(
            member("bucket", string("The bucket's name")),
            member("prefix", string("As asked")),
            member(
                "objects",
                array(
                    "In key order: key, s3_uri, size, last_modified, etag, storage_class, signed_url, signed_url_expiry",
                    map("An object"))),
            member("count", integer("How many are in this answer")),
            member("is_truncated", bool("Whether there are more")),
            member("next_continuation_token", string("For the next call; empty at the end")),
            member("auth_type", string("jwt or local"))),
        ToolHints.READ_ONLY,
        ToolNeeds.actions("s3:ListBucket", "s3:GetBucketLocation"),
        List.of());
  }

  @Override
  public ToolResult call(ToolCall call) {
    BucketName bucket = BucketName.parse(call.arguments().text("bucket"));
    String prefix = call.arguments().text("prefix");
    ObjectStore store = storage.of(call.caller());
    ObjectPage page =
        store.list(
            new ListRequest(
                bucket,
                prefix,
                Optional.empty(),
                call.arguments().wholeInt("max_keys"),
                call.arguments().textIfGiven("continuation_token")));
    ObjectNode fields = ToolResult.fields().put("bucket", bucket.value()).put("prefix", prefix);
    ArrayNode objects = fields.putArray("objects");
    boolean withLinks = call.arguments().flag("include_signed_urls");
    for (ObjectInfo info : page.objects()) {
      ObjectNode object = describe(info, objects.addObject());
      if (withLinks) {
        addLink(store.link(info.location(), Links.DEFAULT_LIFE), object);
      }
    }
    return new ToolResult.Success(
        fields
            .put("count", objects.size())
            .put("is_truncated", page.nextToken().isPresent())
            .put("next_continuation_token", page.nextToken().orElse(""))
            .put("auth_type", CallerLabel.of(call.caller())));
  }

  private static ObjectNode describe(ObjectInfo info, ObjectNode object) {
    return object
        .put("key", info.location().key())
        .put("s3_uri", info.location().withoutVersion().uri())
        .put("size", info.sizeBytes())
        .put("last_modified", info.lastModified().toString())
        .put("etag", info.etag())
        .put("storage_class", info.storageClass());
  }

  private void addLink(ObjectLink link, ObjectNode object) {
    object.put("signed_url", link.uri().toString());
    Links.secondsLeft(link, clock.instant())
        .ifPresentOrElse(
            seconds -> object.put("signed_url_expiry", seconds),
            () -> object.putNull("signed_url_expiry"));
  }
}
