package com.quiltdata.mcp.tools.packages;

import static com.quiltdata.mcp.tool.JsonSchema.array;
import static com.quiltdata.mcp.tool.JsonSchema.bool;
import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.map;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.object;
import static com.quiltdata.mcp.tool.JsonSchema.optional;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.manifest.ListingRequest;
import com.quiltdata.mcp.quilt.manifest.PackageListing;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.tool.ArgumentRule;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import com.quiltdata.mcp.tools.CallStorage;
import com.quiltdata.mcp.tools.CallerReach;
import com.quiltdata.mcp.tools.StorageParameters;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// `package_browse`.
final class PackageBrowseTool implements Tool {
  private final CallStorage storage;

  PackageBrowseTool(CallStorage storage) {
    this.storage = storage;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
            "package_browse",
            "Browse a package",
            """
            Show the files of a package revision, a page at a time, with a summary of all of it. \
            For a large package begin with recursive=false, then give path to open a folder. \
            Read a file with bucket_object_text and its s3_uri; compare revisions with package_diff.\
            """,
            PackageTools.GROUP,
            List.of(
                StorageParameters.packageName(),
                StorageParameters.registry(),
                StorageParameters.revision(),
                Parameter.text("path", "Only what lies below this folder of the package")
                    .upTo(4_096)
                    .or(""),
                Parameter.flag(
                        "recursive",
                        "Whether to list all levels; false lists one level, with folders")
                    .or(true),
                Parameter.flag("include_file_info", "Whether entries come with their metadata")
                    .or(true),
                Parameter.whole(
                        "max_depth",
                        0,
                        1_000,
                        "Levels to list when recursive; deeper files are folded into their folder; 0 for all")
                    .or(0),
                Parameter.whole("top", 0, 1_000, "List only so many entries; 0 for limit").or(0),
                Parameter.flag(
                        "include_signed_urls",
                        "Whether files come with a link, where the caller can have one")
                    .or(true),
                Paging.limit(200),
                Paging.cursor()),
            result(
                member("package_name", string("As asked")),
                member("registry", string("As asked")),
                member("top_hash", string("The revision")),
                optional("message", string("Its commit message, if it has one")),
                member("total_entries", integer("Files of the whole revision")),
                member(
                    "summary",
                    object(
                        "The whole revision in numbers",
                        member("total_size", integer("Bytes")),
                        member("total_size_human", string("For people")),
                        member("file_types", array("Extensions, in order", string("An extension"))),
                        member("total_files", integer("Files")),
                        member("total_directories", integer("Folders")))),
                member("view_type", string("recursive or flat")),
                member(
                    "file_tree",
                    map(
                        "The entries of this page as a tree: name to {type: file, size, size_human, file_type, physical_key, download_url} or {type: directory, children}")),
                member("entries", array("This page, in tree order", EntryWriter.schema())),
                member("count", integer("Entries in this answer")),
                optional(
                    "next_cursor",
                    string(
                        "Give it as cursor for the next page of the same revision; absent at the end")),
                optional(
                    "truncated",
                    bool("True when there was no room for limit; go on with next_cursor")),
                member("metadata", map("User metadata of the package")),
                optional("metadata_truncated", bool("True when there was no room for metadata")),
                optional("hint", string("Where to read on, when something was left out"))),
            ToolHints.READ_ONLY,
            ToolNeeds.actions("s3:ListBucket", "s3:GetObject"),
            List.of())
        .where(
            Paging.oneListing(
                "package_name", "registry", "top_hash", "path", "recursive", "max_depth"),
            new ArgumentRule.Told("`max_depth` counts when `recursive` is true"),
            new ArgumentRule.Told("The smaller one of `top` and `limit` counts"));
  }

  @Override
  public ToolResult call(ToolCall call) {
    Arguments arguments = call.arguments();
    PackageName name = PackageName.parse(arguments.text("package_name"));
    BucketName bucket = BucketName.parse(arguments.text("registry"));
    String path = arguments.text("path");
    ObjectStore store = storage.of(call.grant());
    Registry registry = new Registry(store, bucket);
    String question = "%s %s %d %s".formatted(bucket, name, depth(arguments), path);
    PackagePosition from = PackagePosition.of(arguments, question, name, registry);
    PackageListing page =
        PackageListing.of(
            registry.manifest(from.hash()),
            new ListingRequest(path, depth(arguments), limit(arguments), from.after()));
    if (page.items().isEmpty() && !path.isEmpty() && from.after().isEmpty()) {
      throw new Fault(
          FaultCode.NOT_FOUND,
          "No folder %s in revision %s; leave path out to see what there is"
              .formatted(Quoted.of(path), from.hash()));
    }
    ObjectNode fields =
        ToolResult.fields()
            .put("package_name", name.toString())
            .put("registry", arguments.text("registry"))
            .put("top_hash", from.hash().toString())
            .put("view_type", arguments.flag("recursive") ? "recursive" : "flat");
    PackagePageWriter writer = new PackagePageWriter(page, fields, call.limits());
    if (!writer.revision()) {
      fields.put(
          "hint",
          "metadata is in the first line of s3://%s/.quilt/packages/%s: read it with bucket_object_text"
              .formatted(bucket, from.hash()));
    }
    writer.entries(
        new EntryWriter(
            new CallerReach(store, call.caller()),
            arguments.flag("include_file_info"),
            arguments.flag("include_signed_urls"),
            call.limits().life()));
    writer.next().ifPresent(last -> fields.put("next_cursor", from.cursorBehind(question, last)));
    return new ToolResult.Success(fields);
  }

  @Override
  public ToolResult.Failure failure(Fault fault, Arguments arguments) {
    return new ToolResult.Failure(
        fault.code(),
        "Failed to browse package " + Quoted.of(arguments.text("package_name")),
        StrictJson.NODES.objectNode().put("cause", fault.text()));
  }

  private static int depth(Arguments arguments) {
    return arguments.flag("recursive") ? arguments.wholeInt("max_depth") : 1;
  }

  private static int limit(Arguments arguments) {
    int top = arguments.wholeInt("top");
    return top == 0 ? arguments.wholeInt("limit") : Math.min(top, arguments.wholeInt("limit"));
  }
}
