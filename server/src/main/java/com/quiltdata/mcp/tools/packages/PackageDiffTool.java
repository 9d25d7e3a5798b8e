package com.quiltdata.mcp.tools.packages;

import static com.quiltdata.mcp.tool.JsonSchema.array;
import static com.quiltdata.mcp.tool.JsonSchema.bool;
import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.object;
import static com.quiltdata.mcp.tool.JsonSchema.optional;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.json.VisibleJson;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.RevisionReference;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.manifest.PackageDiff;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.ResultBudget;
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

/// `package_diff`.
final class PackageDiffTool implements Tool {
  private static final int MAX_KEYS = 1_000;

  private final CallStorage storage;

  PackageDiffTool(CallStorage storage) {
    this.storage = storage;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
        "package_diff",
        "Compare packages",
        """
        Tell which files were added, deleted or modified (size, hash or metadata) from one package \
        revision to another. For two revisions of one package give its name twice and their hashes; \
        package_browse shows the hash of a revision.\
        """,
        PackageTools.GROUP,
        List.of(
            StorageParameters.packageName(
                "package1_name", "The package to compare from, as NAMESPACE/NAME"),
            StorageParameters.packageName(
                "package2_name", "The package to compare to, as NAMESPACE/NAME"),
            StorageParameters.registry(),
            Parameter.text(
                    "package1_hash",
                    "Revision of the first: top hash, its first 6 or more digits, or a tag; the latest when empty")
                .upTo(255)
                .or(""),
            Parameter.text("package2_hash", "Revision of the second, likewise").upTo(255).or("")),
        result(
            member("package1", string("As asked")),
            member("package2", string("As asked")),
            member("package1_hash", string("As asked, latest when empty")),
            member("package2_hash", string("As asked, latest when empty")),
            member("package1_top_hash", string("The revision that was meant")),
            member("package2_top_hash", string("The revision that was meant")),
            member("registry", string("As asked")),
            member(
                "diff",
                object(
                    "Logical keys",
                    member("added", array("Only in the second", string("A logical key"))),
                    member("deleted", array("Only in the first", string("A logical key"))),
                    member("modified", array("In both, and different", string("A logical key"))))),
            member(
                "counts",
                object(
                    "How many changes there are",
                    member("added", integer("Only in the second")),
                    member("deleted", integer("Only in the first")),
                    member("modified", integer("In both, and different")))),
            member(
                "truncated",
                bool("Whether a list is cut, at %d keys or for want of room".formatted(MAX_KEYS))),
            optional("hint", string("How to see the rest, when a list is cut"))),
        ToolHints.READ_ONLY,
        ToolNeeds.actions("s3:GetObject", "s3:ListBucket"),
        List.of());
  }

  @Override
  public ToolResult call(ToolCall call) {
    Arguments arguments = call.arguments();
    BucketName bucket = BucketName.parse(arguments.text("registry"));
    Registry registry = new Registry(storage.of(call.grant()), bucket);
    TopHash from = resolve(registry, arguments, "package1");
    TopHash to = resolve(registry, arguments, "package2");
    PackageDiff diff =
        PackageDiff.between(registry.manifest(from), registry.manifest(to), MAX_KEYS);
    ObjectNode fields =
        ToolResult.fields()
            .put("package1", arguments.text("package1_name"))
            .put("package2", arguments.text("package2_name"))
            .put("package1_hash", arguments.textIfGiven("package1_hash").orElse("latest"))
            .put("package2_hash", arguments.textIfGiven("package2_hash").orElse("latest"))
            .put("package1_top_hash", from.toString())
            .put("package2_top_hash", to.toString())
            .put("registry", arguments.text("registry"));
    fields
        .putObject("counts")
        .put("added", diff.added().count())
        .put("deleted", diff.deleted().count())
        .put("modified", diff.modified().count());
    ResultBudget budget = ResultBudget.after(call.limits(), fields);
    ObjectNode lists = fields.putObject("diff");
    boolean isCut = false;
    isCut |= !putAll(lists.putArray("added"), diff.added(), budget.share(3));
    isCut |= !putAll(lists.putArray("deleted"), diff.deleted(), budget.share(3));
    isCut |= !putAll(lists.putArray("modified"), diff.modified(), budget.share(3));
    fields.put("truncated", isCut);
    if (isCut) {
      fields.put(
          "hint",
          "counts tells how many there are; for the rest browse both revisions with package_browse, folder by folder");
    }
    return new ToolResult.Success(fields);
  }

  private static TopHash resolve(Registry registry, Arguments arguments, String which) {
    PackageName name = PackageName.parse(arguments.text(which + "_name"));
    return registry.resolve(name, RevisionReference.parse(arguments.text(which + "_hash")));
  }

  /// Adds the keys for which there is room.
  ///
  /// @return whether all changes of this kind are listed
  private static boolean putAll(ArrayNode list, PackageDiff.Changes changes, ResultBudget budget) {
    for (LogicalKey key : changes.keys()) {
      if (!budget.take(VisibleJson.bytes(key.value()))) {
        return false;
      }
      list.add(key.value());
    }
    return !changes.isTruncated();
  }
}
