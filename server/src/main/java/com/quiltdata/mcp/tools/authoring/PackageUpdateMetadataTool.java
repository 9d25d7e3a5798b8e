package com.quiltdata.mcp.tools.authoring;

import static com.quiltdata.mcp.tool.JsonSchema.array;
import static com.quiltdata.mcp.tool.JsonSchema.bool;
import static com.quiltdata.mcp.tool.JsonSchema.map;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.optional;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;
import static com.quiltdata.mcp.tool.JsonSchema.stringOrNull;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.push.BaseRevision;
import com.quiltdata.mcp.quilt.push.MetadataEdit;
import com.quiltdata.mcp.quilt.push.PackageEdit;
import com.quiltdata.mcp.quilt.registry.Registry;
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
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// `package_update_metadata`.
final class PackageUpdateMetadataTool implements Tool {
  private final Pushes pushes;

  PackageUpdateMetadataTool(Pushes pushes) {
    this.pushes = pushes;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
        "package_update_metadata",
        "Update metadata",
        """
        Make a new revision of a package that differs in its metadata alone: given members are put \
        over the old ones, or replace all of them. get_metadata_template helps to write metadata; \
        package_update changes files.\
        """,
        AuthoringTools.GROUP,
        List.of(
            StorageParameters.packageName(),
            PushParameters.metadata("Metadata, an object")
                .required()
                .taught("the metadata", "{\"organism\": \"mouse\"}"),
            StorageParameters.registry(),
            Parameter.flag(
                    "merge_with_existing",
                    "True: members are put over the old ones; false: the old ones go")
                .or(true),
            PushParameters.message("Updated metadata via package_update_metadata tool"),
            PushParameters.workflow(),
            PushParameters.dryRun()),
        result(
            member("status", string("success")),
            member("action", string("metadata_updated, or preview of a dry run")),
            member("package_name", string("As asked")),
            member("registry", string("As asked")),
            member("top_hash", stringOrNull("The revision; null when a dry run cannot know it")),
            member("previous_top_hash", string("The revision that it is made from")),
            member("metadata", map("All metadata of the package now")),
            member("package_url", stringOrNull("In the catalog; null when none is configured")),
            member("warnings", array("What to know", string("A sentence"))),
            member("message", string("Commit message")),
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
    ObjectNode members = arguments.structure("metadata").orElseThrow();
    boolean merge = arguments.flag("merge_with_existing");
    BaseRevision base = pushes.latest(call.grant(), bucket, name);
    ObjectNode metadata = merge ? merged(call, base, members) : members;
    PushPlan plan =
        new PushPlan(
            bucket,
            name,
            PackageEdit.update(
                base,
                Map.of(),
                merge ? new MetadataEdit.Merge(members) : new MetadataEdit.Replace(members),
                Optional.of(arguments.text("message"))),
            PushParameters.onTopOf(base.revision(), arguments),
            List.of());
    return pushes.run(
        call,
        plan,
        outcome -> {
          PushSummary report = new PushSummary(plan, outcome);
          ObjectNode fields =
              ToolResult.fields()
                  .put("status", "success")
                  .put("action", arguments.flag("dry_run") ? "preview" : "metadata_updated")
                  .put("package_name", name.toString())
                  .put("registry", arguments.text("registry"))
                  .put("top_hash", report.topHash())
                  .put("previous_top_hash", base.revision().value());
          fields.set("metadata", metadata);
          fields
              .put("package_url", pushes.catalog().packageUrl(bucket, name).orElse(null))
              .put("message", arguments.text("message"));
          report.finish(fields, pushes.store(call.grant()), call);
          fields.remove("files");
          return new ToolResult.Success(fields);
        });
  }

  private ObjectNode merged(ToolCall call, BaseRevision base, ObjectNode members) {
    ObjectNode metadata =
        new Registry(pushes.store(call.grant()), base.bucket())
            .header(base.revision())
            .userMeta()
            .map(ObjectNode::deepCopy)
            .orElseGet(StrictJson.NODES::objectNode);
    members.forEachEntry((name, value) -> metadata.set(name, value));
    return metadata;
  }

  @Override
  public ToolResult.Failure failure(Fault fault, Arguments arguments) {
    return PushFailure.ofUpdate(fault, arguments);
  }
}
