package com.quiltdata.mcp.tools.authoring;

import static com.quiltdata.mcp.tool.JsonSchema.array;
import static com.quiltdata.mcp.tool.JsonSchema.bool;
import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.optional;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;
import static com.quiltdata.mcp.tool.JsonSchema.stringOrNull;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.push.BaseRevision;
import com.quiltdata.mcp.quilt.push.Change;
import com.quiltdata.mcp.quilt.push.MetadataEdit;
import com.quiltdata.mcp.quilt.push.PackageEdit;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.tool.ArgumentRule;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import com.quiltdata.mcp.tools.PushParameters;
import com.quiltdata.mcp.tools.StorageParameters;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import tools.jackson.databind.node.ObjectNode;

/// `package_update`.
final class PackageUpdateTool implements Tool {
  private final Pushes pushes;

  PackageUpdateTool(Pushes pushes) {
    this.pushes = pushes;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
            "package_update",
            "Update a package",
            """
            Make a new revision of a package: add stored objects, replace files of the same path, take \
            files out, merge metadata over the old. Everything else stays, and so do older revisions: \
            package_rollback goes back to one. With dry_run it only tells what would change. \
            For metadata alone use package_update_metadata.\
            """,
            AuthoringTools.GROUP,
            List.of(
                StorageParameters.packageName(),
                StorageParameters.s3Uris(PushParameters.MAX_OBJECTS),
                StorageParameters.registry(),
                PushParameters.metadata("Members that are put over the metadata of the package"),
                PushParameters.message("Added objects via package_update tool"),
                PushParameters.flatten(),
                PushParameters.copy(),
                Parameter.texts(
                    "remove", PushParameters.MAX_OBJECTS, "Logical keys of files to take out"),
                PushParameters.workflow(),
                PushParameters.dryRun()),
            result(
                member("status", string("success")),
                member("action", string("updated, or preview of a dry run")),
                member("package_name", string("As asked")),
                member("registry", string("As asked")),
                member(
                    "top_hash", stringOrNull("The revision; null when a dry run cannot know it")),
                member("files_added", integer("Files of the call that are in the revision")),
                member("package_url", stringOrNull("In the catalog; null when none is configured")),
                member("files", PushedFiles.schema()),
                member("warnings", array("What was replaced or removed", string("A sentence"))),
                member("message", string("Commit message")),
                member("auth_type", string("jwt or iam")),
                optional("dry_run", bool("True when nothing was written"))),
            new ToolHints(false, false, true, false),
            ToolNeeds.actions("s3:ListBucket", "s3:GetObject", "s3:PutObject"),
            List.of())
        .where(
            new ArgumentRule.AnyOf(
                List.of("s3_uris", "remove"),
                "No S3 URIs provided: give s3_uris to add or remove to take out; package_update_metadata changes metadata alone"),
            new ArgumentRule.Told("No file is both added by `s3_uris` and taken out by `remove`"));
  }

  @Override
  public ToolResult call(ToolCall call) {
    Arguments arguments = call.arguments();
    BucketName bucket = BucketName.parse(arguments.text("registry"));
    PackageName name = PackageName.parse(arguments.text("package_name"));
    BaseRevision base = pushes.latest(call.grant(), bucket, name);
    NewFiles files = files(arguments, () -> pushes.numberedKeys(call.grant(), base));
    MetadataEdit metadata =
        arguments
            .structure("metadata")
            .<MetadataEdit>map(MetadataEdit.Merge::new)
            .orElse(MetadataEdit.KEEP);
    PushPlan plan =
        new PushPlan(
            bucket,
            name,
            PackageEdit.update(
                base, files.changes(), metadata, Optional.of(arguments.text("message"))),
            PushParameters.onTopOf(base.revision(), arguments).copying(arguments.flag("copy")),
            files.warnings());
    return pushes.run(
        call,
        plan,
        outcome -> {
          PushSummary report = new PushSummary(plan, outcome);
          ObjectNode fields =
              ToolResult.fields()
                  .put("status", "success")
                  .put("action", arguments.flag("dry_run") ? "preview" : "updated")
                  .put("package_name", name.toString())
                  .put("registry", arguments.text("registry"))
                  .put("top_hash", report.topHash())
                  .put("files_added", report.filesAdded())
                  .put("package_url", pushes.catalog().packageUrl(bucket, name).orElse(null))
                  .put("message", arguments.text("message"));
          report.finish(fields, pushes.store(call.grant()), call);
          return new ToolResult.Success(fields);
        });
  }

  private static NewFiles files(Arguments arguments, Supplier<Set<LogicalKey>> base) {
    List<String> removed = arguments.texts("remove");
    NewFiles files = NewFiles.of(arguments.texts("s3_uris"), arguments.flag("flatten"), base);
    for (String key : removed) {
      if (files.changes().put(LogicalKey.parse(key), new Change.Remove()) != null) {
        throw new Fault(
            FaultCode.INVALID_ARGUMENT,
            "%s is both to be added and to be removed, or to be removed twice"
                .formatted(Quoted.of(key)));
      }
    }
    return files;
  }

  @Override
  public ToolResult.Failure failure(Fault fault, Arguments arguments) {
    return PushFailure.ofUpdate(fault, arguments);
  }
}
