package com.quiltdata.mcp.tools.packages;

import static com.quiltdata.mcp.tool.JsonSchema.array;
import static com.quiltdata.mcp.tool.JsonSchema.bool;
import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.object;
import static com.quiltdata.mcp.tool.JsonSchema.optional;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;
import static com.quiltdata.mcp.tool.JsonSchema.stringOrNull;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.registry.PackageOverview;
import com.quiltdata.mcp.quilt.registry.PackagePage;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.ResultBudget;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import com.quiltdata.mcp.tools.CallStorage;
import com.quiltdata.mcp.tools.StorageParameters;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `packages_list`.
final class PackagesListTool implements Tool {
  private final CallStorage storage;

  PackagesListTool(CallStorage storage) {
    this.storage = storage;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
            "packages_list",
            "List packages",
            """
            List the packages of a registry, a page at a time, with their current revision. \
            Give prefix to look into one namespace. \
            Look into a package with package_browse.\
            """,
            PackageTools.GROUP,
            List.of(
                StorageParameters.registry(),
                Parameter.text("prefix", "Only names that begin with this, for example team/")
                    .upTo(512)
                    .or(""),
                Paging.limit(1_000),
                Paging.cursor()),
            result(
                member("registry", string("As asked")),
                member(
                    "packages",
                    array(
                        "In name order",
                        object(
                            "A package",
                            member("name", string("NAMESPACE/NAME")),
                            member(
                                "top_hash",
                                stringOrNull("Its current revision; null when latest is damaged")),
                            member(
                                "modified",
                                stringOrNull("When latest was moved, ISO 8601; null likewise")),
                            member("revisions", integer("How often it was pushed"))))),
                member("count", integer("How many are in this answer")),
                optional(
                    "next_cursor",
                    string("Give it as cursor for the next page; absent at the end")),
                optional(
                    "truncated",
                    bool("True when there was no room for limit; go on with next_cursor"))),
            ToolHints.READ_ONLY,
            ToolNeeds.actions("s3:ListBucket"),
            List.of())
        .where(Paging.oneListing("registry", "prefix"));
  }

  @Override
  public ToolResult call(ToolCall call) {
    String asked = call.arguments().text("registry");
    String prefix = call.arguments().text("prefix");
    BucketName bucket = BucketName.parse(asked);
    Registry registry = new Registry(storage.of(call.grant()), bucket);
    String question = bucket + " " + prefix;
    PackagePage page =
        registry.packages(
            prefix,
            call.arguments().wholeInt("limit"),
            Paging.position(call.arguments(), question).map(PackageName::parse));
    ObjectNode fields = ToolResult.fields().put("registry", asked);
    ResultBudget budget = ResultBudget.after(call.limits(), fields);
    ArrayNode packages = fields.putArray("packages");
    Optional<PackageName> last = Optional.empty();
    Optional<PackageName> next = page.next();
    for (PackageOverview overview : registry.overviews(page.names())) {
      ObjectNode described = describe(overview);
      if (!budget.take(described)) {
        fields.put("truncated", true);
        next = last;
        break;
      }
      packages.add(described);
      last = Optional.of(overview.name());
    }
    fields.put("count", packages.size());
    next.ifPresent(name -> fields.put("next_cursor", Paging.cursor(question, name.toString())));
    return new ToolResult.Success(fields);
  }

  private static ObjectNode describe(PackageOverview overview) {
    return StrictJson.NODES
        .objectNode()
        .put("name", overview.name().toString())
        .put("top_hash", overview.latest().map(TopHash::toString).orElse(null))
        .put("modified", overview.modified().map(Instant::toString).orElse(null))
        .put("revisions", overview.pushes());
  }
}
