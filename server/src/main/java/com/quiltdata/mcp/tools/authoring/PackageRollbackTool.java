package com.quiltdata.mcp.tools.authoring;

import static com.quiltdata.mcp.tool.JsonSchema.bool;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.optional;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;
import static com.quiltdata.mcp.tool.JsonSchema.stringOrNull;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.RevisionReference;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.push.Rollback;
import com.quiltdata.mcp.quilt.registry.Registry;
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
import com.quiltdata.mcp.tools.CallerLabel;
import com.quiltdata.mcp.tools.CatalogConfig;
import com.quiltdata.mcp.tools.PushParameters;
import com.quiltdata.mcp.tools.StorageParameters;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// `package_rollback`.
final class PackageRollbackTool implements Tool {
  private final CallStorage storage;
  private final CatalogConfig catalog;

  PackageRollbackTool(CallStorage storage, CatalogConfig catalog) {
    this.storage = storage;
    this.catalog = catalog;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
        "package_rollback",
        "Roll a package back",
        """
        Make another revision of a package its latest one. No revision goes: the same call with \
        previous_top_hash takes it back. package_diff shows what is different between two.\
        """,
        AuthoringTools.GROUP,
        List.of(
            StorageParameters.packageName(),
            StorageParameters.registry(),
            Parameter.text(
                    "top_hash",
                    "The revision: a top hash, its first 6 or more digits, a tag, or the time of a push")
                .upTo(255)
                .required()
                .taught("the revision", "929c8088bc"),
            PushParameters.dryRun()),
        result(
            member("status", string("success")),
            member("action", string("rolled_back, unchanged, or preview of a dry run")),
            member("package_name", string("As asked")),
            member("registry", string("As asked")),
            member("top_hash", string("Now the latest revision")),
            member("previous_top_hash", string("The latest revision before")),
            member("message", string("What was done")),
            member("package_url", stringOrNull("In the catalog; null when none is configured")),
            member("auth_type", string("jwt or iam")),
            optional("dry_run", bool("True when nothing was written"))),
        new ToolHints(false, false, true, false),
        ToolNeeds.actions("s3:ListBucket", "s3:GetObject", "s3:PutObject"),
        List.of());
  }

  @Override
  public ToolResult call(ToolCall call) {
    Arguments arguments = call.arguments();
    BucketName bucket = BucketName.parse(arguments.text("registry"));
    PackageName name = PackageName.parse(arguments.text("package_name"));
    boolean isDry = arguments.flag("dry_run");
    ObjectStore store = storage.of(call.grant());
    Registry registry = new Registry(store, bucket);
    TopHash hash = registry.resolve(name, RevisionReference.parse(arguments.text("top_hash")));
    TopHash before =
        isDry ? looked(registry, name, hash) : new Rollback(store, bucket).to(name, hash);
    boolean isSame = before.equals(hash);
    ObjectNode fields =
        ToolResult.fields()
            .put("status", "success")
            .put("action", isDry ? "preview" : isSame ? "unchanged" : "rolled_back")
            .put("package_name", name.toString())
            .put("registry", arguments.text("registry"))
            .put("top_hash", hash.value())
            .put("previous_top_hash", before.value())
            .put(
                "message",
                isSame
                    ? "Revision %s is the latest already.".formatted(hash.shortForm())
                    : "%s revision %s the latest, in place of %s."
                        .formatted(
                            isDry ? "Would make" : "Made", hash.shortForm(), before.shortForm()))
            .put("package_url", catalog.packageUrl(bucket, name).orElse(null))
            .put("auth_type", CallerLabel.of(call.caller()));
    if (isDry) {
      fields.put("dry_run", true);
    }
    return new ToolResult.Success(fields);
  }

  /// Fails where the rollback would.
  private static TopHash looked(Registry registry, PackageName name, TopHash hash) {
    TopHash latest = registry.latest(name);
    registry.header(hash);
    return latest;
  }

  @Override
  public ToolResult.Failure failure(Fault fault, Arguments arguments) {
    return PushFailure.of(fault, arguments, "Look at the package again, then roll back");
  }
}
