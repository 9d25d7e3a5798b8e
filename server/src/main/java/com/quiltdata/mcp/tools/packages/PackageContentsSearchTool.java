package com.quiltdata.mcp.tools.packages;

import static com.quiltdata.mcp.tool.JsonSchema.array;
import static com.quiltdata.mcp.tool.JsonSchema.bool;
import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.optional;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.manifest.ListedItem;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.ResultBudget;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolLimits;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import com.quiltdata.mcp.tools.CallStorage;
import com.quiltdata.mcp.tools.CallerReach;
import com.quiltdata.mcp.tools.StorageParameters;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `package_contents_search`.
final class PackageContentsSearchTool implements Tool {
  private final CallStorage storage;

  PackageContentsSearchTool(CallStorage storage) {
    this.storage = storage;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
            "package_contents_search",
            "Search in a package",
            """
            Find files of one package revision by words of their paths, or with search_metadata by \
            words of their metadata too. All words must be there, case does not count; a word with * \
            or ? is a pattern for the whole path, or for the file's name when it has no slash. \
            Use package_browse to look at a folder.\
            """,
            PackageTools.GROUP,
            List.of(
                StorageParameters.packageName(),
                Parameter.text("query", "Words, for example '2024 *.csv'")
                    .upTo(1_000)
                    .required()
                    .taught("what to look for", "*.csv"),
                StorageParameters.registry(),
                StorageParameters.revision(),
                Parameter.flag("search_metadata", "Whether to look at the files' metadata too")
                    .or(false),
                Parameter.flag(
                        "include_signed_urls",
                        "Whether files come with a link, where the caller can have one")
                    .or(true),
                Paging.limit(100),
                Paging.cursor()),
            result(
                member("package_name", string("As asked")),
                member("registry", string("As asked")),
                member("query", string("As asked")),
                member("top_hash", string("The revision")),
                member("total_entries", integer("Files of the whole revision")),
                member("total_matches", integer("Files that match, on all pages")),
                member("total_size", integer("Bytes of the files that match, on all pages")),
                member("matches", array("This page, in tree order", EntryWriter.schema())),
                member("count", integer("Files in this answer")),
                optional(
                    "next_cursor",
                    string(
                        "Give it as cursor for the next page of the same revision; absent at the end")),
                optional(
                    "truncated",
                    bool("True when there was no room for limit; go on with next_cursor"))),
            ToolHints.READ_ONLY,
            ToolNeeds.actions("s3:ListBucket", "s3:GetObject"),
            List.of())
        .where(
            Paging.oneListing("package_name", "query", "registry", "top_hash", "search_metadata"));
  }

  @Override
  public ToolResult call(ToolCall call) {
    Arguments arguments = call.arguments();
    PackageName name = PackageName.parse(arguments.text("package_name"));
    BucketName bucket = BucketName.parse(arguments.text("registry"));
    boolean withMetadata = arguments.flag("search_metadata");
    ObjectStore store = storage.of(call.grant());
    Registry registry = new Registry(store, bucket);
    String question =
        "search %s %s %b %s".formatted(bucket, name, withMetadata, arguments.text("query"));
    EntryQuery query = EntryQuery.parse(arguments.text("query"), withMetadata);
    PackagePosition from = PackagePosition.of(arguments, question, name, registry);
    MatchedEntries found =
        MatchedEntries.of(
            registry.manifest(from.hash()), query, arguments.wholeInt("limit"), from.after());
    ObjectNode fields =
        ToolResult.fields()
            .put("package_name", name.toString())
            .put("registry", arguments.text("registry"))
            .put("query", arguments.text("query"))
            .put("top_hash", from.hash().toString())
            .put("total_entries", found.totalEntries())
            .put("total_matches", found.totalMatches())
            .put("total_size", found.totalBytes());
    EntryWriter writer =
        new EntryWriter(
            new CallerReach(store, call.caller()),
            true,
            arguments.flag("include_signed_urls"),
            call.limits().life());
    Optional<String> next = write(found, writer, fields, call.limits());
    next.ifPresent(last -> fields.put("next_cursor", from.cursorBehind(question, last)));
    return new ToolResult.Success(fields);
  }

  /// Writes the matches for which there is room.
  ///
  /// @return the path behind which the next page begins, if there is one
  private static Optional<String> write(
      MatchedEntries found, EntryWriter writer, ObjectNode fields, ToolLimits limits) {
    ResultBudget budget = ResultBudget.after(limits, fields);
    ArrayNode matches = fields.putArray("matches");
    Optional<String> last = Optional.empty();
    for (ManifestEntry entry : found.page()) {
      ListedItem item = new ListedItem.File(entry);
      ObjectNode json = writer.write(item);
      boolean fits = budget.take(json);
      if (fits || matches.isEmpty()) {
        // Something has to come, or nobody gets past it.
        matches.add(fits ? json : EntryWriter.stub(item));
        last = Optional.of(item.path());
      }
      if (!fits) {
        fields.put("truncated", true);
        break;
      }
    }
    fields.put("count", matches.size());
    return found.hasMore() || fields.has("truncated") ? last : Optional.empty();
  }
}
