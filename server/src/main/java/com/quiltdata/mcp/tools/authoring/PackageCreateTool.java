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
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.push.Expected;
import com.quiltdata.mcp.quilt.push.MetadataEdit;
import com.quiltdata.mcp.quilt.push.PackageEdit;
import com.quiltdata.mcp.quilt.push.PushOptions;
import com.quiltdata.mcp.storage.BucketName;
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
import tools.jackson.databind.node.ObjectNode;

/// `package_create`.
final class PackageCreateTool implements Tool {
  private final Pushes pushes;

  PackageCreateTool(Pushes pushes) {
    this.pushes = pushes;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
        "package_create",
        "Create a package",
        """
        Make a new package of stored objects. \
        Use package_create_from_s3 for all objects below a prefix, with folders and a README; \
        package_update to add to a package; bucket_objects_put to store small files first. \
        With dry_run it only tells what the package would be.\
        """,
        AuthoringTools.GROUP,
        List.of(
            StorageParameters.packageName(),
            StorageParameters.s3Uris(PushParameters.MAX_OBJECTS).required(),
            StorageParameters.registry(),
            PushParameters.metadata("Metadata of the package, an object"),
            PushParameters.message("Created via package_create tool"),
            PushParameters.flatten(),
            PushParameters.copy(),
            PushParameters.workflow(),
            Parameter.flag(
                    "force",
                    "Whether a package of this name that exists gets a new revision, with these files only")
                .or(false),
            PushParameters.dryRun()),
        result(
            member("package_name", string("As asked")),
            member("registry", string("As asked")),
            member("top_hash", stringOrNull("The revision; null when a dry run cannot know it")),
            member("message", string("Commit message")),
            member("files_added", integer("Files of the call that are in the revision")),
            member("total_size", integer("Bytes of all files")),
            member("package_url", stringOrNull("In the catalog; null when none is configured")),
            member("files", PushedFiles.schema()),
            member("warnings", array("What to know", string("A sentence"))),
            member("auth_type", string("jwt or iam")),
            optional("dry_run", bool("True when nothing was written"))),
        new ToolHints(false, false, false, false),
        ToolNeeds.actions("s3:ListBucket", "s3:GetObject", "s3:PutObject"),
        List.of("create_package", "create_package_enhanced"));
  }

  @Override
  public ToolResult call(ToolCall call) {
    Arguments arguments = call.arguments();
    BucketName bucket = BucketName.parse(arguments.text("registry"));
    PackageName name = PackageName.parse(arguments.text("package_name"));
    NewFiles files = NewFiles.of(arguments.texts("s3_uris"), arguments.flag("flatten"));
    MetadataEdit metadata =
        arguments
            .structure("metadata")
            .<MetadataEdit>map(MetadataEdit.Replace::new)
            .orElse(MetadataEdit.KEEP);
    PushPlan plan =
        new PushPlan(
            bucket,
            name,
            PackageEdit.create(files.changes(), metadata, Optional.of(arguments.text("message"))),
            PushOptions.DEFAULT
                .copying(arguments.flag("copy"))
                .expecting(arguments.flag("force") ? Expected.ANYTHING : Expected.NOTHING)
                .checkedBy(PushParameters.workflow(arguments))
                .dryRun(arguments.flag("dry_run")),
            files.warnings());
    return pushes.run(
        call,
        plan,
        outcome -> {
          PushSummary report = new PushSummary(plan, outcome);
          ObjectNode fields =
              ToolResult.fields()
                  .put("package_name", name.toString())
                  .put("registry", arguments.text("registry"))
                  .put("top_hash", report.topHash())
                  .put("message", arguments.text("message"))
                  .put("files_added", report.filesAdded())
                  .put("total_size", outcome.totalBytes())
                  .put("package_url", pushes.catalog().packageUrl(bucket, name).orElse(null));
          report.finish(fields, pushes.store(call.grant()), call);
          return new ToolResult.Success(fields);
        });
  }

  @Override
  public ToolResult.Failure failure(Fault fault, Arguments arguments) {
    return PushFailure.of(
        fault,
        arguments,
        "package_update adds to the package that exists",
        "force=true gives it a new revision that has only the files of this call");
  }
}
