package com.quiltdata.mcp.tools.packages;

import static com.quiltdata.mcp.tool.JsonSchema.array;
import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.object;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.PackageOverview;
import com.quiltdata.mcp.quilt.PackagePage;
import com.quiltdata.mcp.quilt.Registry;
import com.quiltdata.mcp.storage.BucketName;
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
                        member("top_hash", string("Its current revision")),
                        member("modified", string("When latest was moved, ISO 8601")),
                        member("revisions", integer("How often it was pushed"))))),
            member("count", integer("How many are in this answer")),
            member("next_cursor", string("For the next call, when there are more"))),
        ToolHints.READ_ONLY,
        ToolNeeds.actions("s3:ListBucket"),
        List.of());
  }

  @Override
  public ToolResult call(ToolCall call) {
    String asked = call.arguments().text("registry");
    String prefix = call.arguments().text("prefix");
    BucketName bucket = BucketName.parse(asked);
    Registry registry = new Registry(storage.of(call.caller()), bucket);
    String listing = bucket + " " + prefix;
    PackagePage page =
        registry.packages(
            prefix,
            call.arguments().wholeInt("limit"),
            Paging.behind(call.arguments().textIfGiven("cursor"), listing).map(PackageName::parse));
    ObjectNode fields = ToolResult.fields().put("registry", asked);
    ArrayNode packages = fields.putArray("packages");
    for (PackageOverview overview : registry.overviews(page.names())) {
      packages
          .addObject()
          .put("name", overview.name().toString())
          .put("top_hash", overview.latest().toString())
          .put("modified", overview.modified().toString())
          .put("revisions", overview.pushes());
    }
    fields.put("count", packages.size());
    page.next()
        .ifPresent(name -> fields.put("next_cursor", Paging.cursor(listing, name.toString())));
    return new ToolResult.Success(fields);
  }
}
