package com.quiltdata.mcp.tools.packages;

import static com.quiltdata.mcp.tool.JsonSchema.any;
import static com.quiltdata.mcp.tool.JsonSchema.array;
import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.map;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.object;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.ListedItem;
import com.quiltdata.mcp.quilt.ListingRequest;
import com.quiltdata.mcp.quilt.ManifestSummary;
import com.quiltdata.mcp.quilt.PackageListing;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.Registry;
import com.quiltdata.mcp.quilt.RevisionReference;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import com.quiltdata.mcp.tools.CallStorage;
import com.quiltdata.mcp.tools.StorageParameters;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
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
            Parameter.text(
                    "top_hash",
                    "Revision: a top hash, its first 6 or more digits, or a tag; the latest when left out")
                .upTo(255),
            Parameter.text("path", "Only what lies below this folder of the package")
                .upTo(4_096)
                .or(""),
            Parameter.flag(
                    "recursive", "Whether to list all levels; false lists one level, with folders")
                .or(true),
            Parameter.flag("include_file_info", "Whether entries come with hash and metadata")
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
                    "Whether files come with a link (a file: URL when the server serves a local folder)")
                .or(true),
            Paging.limit(200),
            Paging.cursor()),
        result(
            member("package_name", string("As asked")),
            member("registry", string("As asked")),
            member("top_hash", string("The revision")),
            member("message", string("Its commit message, if it has one")),
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
                map("The entries of this page as a tree: name to file or folder with children")),
            member(
                "entries",
                array(
                    "This page, in tree order: logical_key, physical_key, s3_uri, size, size_human, hash {type, value}, file_type, is_directory, meta, download_url",
                    map("A file or folder"))),
            member("count", integer("Entries in this answer")),
            member("next_cursor", string("For the next call, when there are more")),
            member("metadata", any("User metadata of the package"))),
        ToolHints.READ_ONLY,
        ToolNeeds.actions("s3:ListBucket", "s3:GetObject"),
        List.of());
  }

  @Override
  public ToolResult call(ToolCall call) {
    Arguments arguments = call.arguments();
    PackageName name = PackageName.parse(arguments.text("package_name"));
    BucketName bucket = BucketName.parse(arguments.text("registry"));
    ObjectStore store = storage.of(call.caller());
    Registry registry = new Registry(store, bucket);
    TopHash hash =
        registry.resolve(
            name, RevisionReference.parse(arguments.textIfGiven("top_hash").orElse("")));
    String listing =
        "%s %s %s %d".formatted(bucket, hash, arguments.text("path"), depth(arguments));
    PackageListing page =
        PackageListing.of(
            registry.manifest(hash),
            new ListingRequest(
                arguments.text("path"),
                depth(arguments),
                limit(arguments),
                Paging.behind(arguments.textIfGiven("cursor"), listing)));
    ObjectNode fields =
        ToolResult.fields()
            .put("package_name", name.toString())
            .put("registry", arguments.text("registry"))
            .put("top_hash", hash.toString())
            .put("total_entries", page.summary().files());
    page.header().message().ifPresent(message -> fields.put("message", message));
    fields.set("summary", summary(page.summary()));
    fields.put("view_type", arguments.flag("recursive") ? "recursive" : "flat");
    EntryWriter writer =
        new EntryWriter(
            store,
            call.caller(),
            arguments.flag("include_file_info"),
            arguments.flag("include_signed_urls"));
    FileTree tree = new FileTree();
    ArrayNode entries = fields.putArray("entries");
    for (ListedItem item : page.items()) {
      ObjectNode entry = writer.write(item);
      entries.add(entry);
      tree.add(item, entry);
    }
    fields.set("file_tree", tree.toJson());
    fields.put("count", entries.size());
    page.next().ifPresent(last -> fields.put("next_cursor", Paging.cursor(listing, last)));
    page.header()
        .userMeta()
        .ifPresentOrElse(meta -> fields.set("metadata", meta), () -> fields.putObject("metadata"));
    return new ToolResult.Success(fields);
  }

  private static int depth(Arguments arguments) {
    return arguments.flag("recursive") ? arguments.wholeInt("max_depth") : 1;
  }

  private static int limit(Arguments arguments) {
    int top = arguments.wholeInt("top");
    return top == 0 ? arguments.wholeInt("limit") : Math.min(top, arguments.wholeInt("limit"));
  }

  private static ObjectNode summary(ManifestSummary summary) {
    ObjectNode json =
        StrictJson.NODES
            .objectNode()
            .put("total_size", summary.totalBytes())
            .put("total_size_human", Sizes.human(summary.totalBytes()));
    ArrayNode types = json.putArray("file_types");
    summary.fileTypes().keySet().stream().filter(type -> !type.isEmpty()).forEach(types::add);
    return json.put("total_files", summary.files()).put("total_directories", summary.directories());
  }
}
