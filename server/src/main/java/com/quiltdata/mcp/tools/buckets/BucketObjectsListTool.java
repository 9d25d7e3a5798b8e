package com.quiltdata.mcp.tools.buckets;

import static com.quiltdata.mcp.tool.JsonSchema.array;
import static com.quiltdata.mcp.tool.JsonSchema.bool;
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
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLink;
import com.quiltdata.mcp.storage.ObjectPage;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.tool.ArgumentRule;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.ResultBudget;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import com.quiltdata.mcp.tools.CallStorage;
import com.quiltdata.mcp.tools.CallerLabel;
import com.quiltdata.mcp.tools.CallerReach;
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
                Parameter.flag("include_signed_urls", "Whether each object comes with a link")
                    .or(true)),
            result(
                member("bucket", string("The bucket's name")),
                member("prefix", string("As asked")),
                member(
                    "objects",
                    array(
                        "In key order",
                        object(
                            "An object",
                            member("key", string("Key")),
                            member("s3_uri", string("For other tools")),
                            member("size", integer("Bytes")),
                            member("last_modified", string("ISO 8601, UTC")),
                            member("etag", string("Changes with the content")),
                            member("storage_class", string("For example STANDARD")),
                            optional(
                                "signed_url", stringOrNull("A link, null where there is none")),
                            optional(
                                "signed_url_expiry",
                                integerOrNull("Seconds that it works, null when it has no end"))))),
                member("count", integer("How many are in this answer")),
                member("is_truncated", bool("Whether there are more")),
                member("next_continuation_token", string("For the next call; empty at the end")),
                optional(
                    "truncated",
                    bool("True when there was no room for max_keys; go on with the token")),
                member("auth_type", string("jwt or iam"))),
            ToolHints.READ_ONLY,
            ToolNeeds.actions("s3:ListBucket", "s3:GetBucketLocation"),
            List.of())
        .where(
            new ArgumentRule.Told(
                "`continuation_token` goes with the same `bucket` and `prefix` as in the call before only"));
  }

  @Override
  public ToolResult call(ToolCall call) {
    BucketName bucket = BucketName.parse(call.arguments().text("bucket"));
    String prefix = call.arguments().text("prefix");
    ObjectStore store = storage.of(call.grant());
    CallerReach reach = new CallerReach(store, call.caller());
    ObjectNode fields = ToolResult.fields().put("bucket", bucket.value()).put("prefix", prefix);
    ListRequest request =
        new ListRequest(
            bucket,
            prefix,
            Optional.empty(),
            call.arguments().wholeInt("max_keys"),
            call.arguments().textIfGiven("continuation_token"));
    ObjectPage page = store.list(request);
    ArrayNode objects = fitting(page, fields, reach, call);
    boolean isCut = objects.size() < page.objects().size();
    Optional<String> next = isCut ? Optional.of(behind(objects, store, request)) : page.nextToken();
    fields.set("objects", objects);
    fields
        .put("count", objects.size())
        .put("is_truncated", next.isPresent())
        .put("next_continuation_token", next.orElse(""));
    if (isCut) {
      fields.put("truncated", true);
    }
    return new ToolResult.Success(fields.put("auth_type", CallerLabel.of(call.caller())));
  }

  @Override
  public ToolResult.Failure failure(Fault fault, Arguments arguments) {
    return new ToolResult.Failure(
        fault.code(),
        "Failed to list objects: " + fault.text(),
        StrictJson.NODES
            .objectNode()
            .put("bucket", arguments.text("bucket"))
            .put("prefix", arguments.text("prefix")));
  }

  /// The objects of a page for which there is room.
  private ArrayNode fitting(ObjectPage page, ObjectNode fields, CallerReach reach, ToolCall call) {
    boolean withLinks = call.arguments().flag("include_signed_urls");
    ArrayNode objects = StrictJson.NODES.arrayNode();
    ResultBudget budget = ResultBudget.after(call.limits(), fields);
    for (ObjectInfo info : page.objects()) {
      ObjectNode object = describe(info);
      if (withLinks) {
        addLink(reach.link(info.location(), call.limits().life()), object);
      }
      if (!budget.take(object)) {
        break;
      }
      objects.add(object);
    }
    return objects;
  }

  private static String behind(ArrayNode objects, ObjectStore store, ListRequest request) {
    return store.tokenAfter(request, objects.get(objects.size() - 1).path("key").stringValue());
  }

  private static ObjectNode describe(ObjectInfo info) {
    return StrictJson.NODES
        .objectNode()
        .put("key", info.location().key())
        .put("s3_uri", info.location().withoutVersion().uri())
        .put("size", info.sizeBytes())
        .put("last_modified", info.lastModified().toString())
        .put("etag", info.etag())
        .put("storage_class", info.storageClass());
  }

  private void addLink(Optional<ObjectLink> link, ObjectNode object) {
    object
        .put("signed_url", link.map(ObjectLink::text).orElse(null))
        .put(
            "signed_url_expiry",
            link.flatMap(known -> Links.secondsLeft(known, clock.instant())).orElse(null));
  }
}
