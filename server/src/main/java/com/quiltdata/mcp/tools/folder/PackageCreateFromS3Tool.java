package com.quiltdata.mcp.tools.folder;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.template.MetadataTemplate;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.tool.ArgumentRule;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.Job;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import com.quiltdata.mcp.tools.CallStorage;
import com.quiltdata.mcp.tools.CallerReach;
import com.quiltdata.mcp.tools.CatalogConfig;
import com.quiltdata.mcp.tools.PushParameters;
import com.quiltdata.mcp.tools.StorageParameters;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// `package_create_from_s3`.
final class PackageCreateFromS3Tool implements Tool {
  private final CallStorage storage;
  private final InstantSource clock;
  private final CatalogConfig catalog;

  PackageCreateFromS3Tool(CallStorage storage, InstantSource clock, CatalogConfig catalog) {
    this.catalog = catalog;
    this.storage = storage;
    this.clock = clock;
  }

  @Override
  public ToolSpec spec() {
    List<Parameter> patterns = KeyFilter.parameters();
    return new ToolSpec(
            "package_create_from_s3",
            "Create a package from a prefix",
            """
            Create a package of all objects below a prefix of a bucket: files in folders by kind, a README.md, \
            metadata from a template, and quilt_summarize.json for the catalog. Call it with dry_run=true \
            first, show the structure to the user, then call it again with dry_run=false. The objects are \
            referenced where they are if the registry is the same bucket and copy is false, else copied. \
            For a few chosen objects use package_create; to add to a package package_update.\
            """,
            FolderTools.GROUP,
            List.of(
                Parameter.text("source_bucket", "Bucket of the objects, as NAME or s3://NAME")
                    .upTo(256)
                    .required()
                    .taught("the bucket of the objects", "my-bucket"),
                StorageParameters.packageName(),
                Parameter.text("source_prefix", "Only objects whose keys begin with it")
                    .upTo(1_024)
                    .or(""),
                Parameter.text("description", "What the data is; goes into README.md and metadata")
                    .or(""),
                Parameter.text(
                        "target_registry",
                        "Bucket that should hold the package, as NAME or s3://NAME; may be the source bucket. Ask the user: there is no default")
                    .upTo(256),
                patterns.getFirst(),
                patterns.getLast(),
                Parameter.text(
                        "metadata_template",
                        "Template of the metadata, see list_metadata_templates")
                    .oneOf(MetadataTemplate.names().toArray(String[]::new))
                    .or(MetadataTemplate.STANDARD.wire()),
                PushParameters.copy(),
                Parameter.flag(
                        "auto_organize",
                        "Whether files go into folders by kind, such as data/processed and docs; false keeps the paths below the prefix")
                    .or(true),
                Parameter.flag("generate_readme", "Whether a README.md is added").or(true),
                Parameter.flag(
                        "confirm_structure",
                        "Whether the user is shown the structure and asked, by clients that can")
                    .or(true),
                PushParameters.dryRun(),
                Parameter.flag("force", "Whether a package of this name gets a new revision")
                    .or(false),
                PushParameters.metadata("Members that replace those of the template"),
                PushParameters.workflow()),
            FolderResult.schema(),
            new ToolHints(false, false, false, false),
            ToolNeeds.actions("s3:ListBucket", "s3:GetObject", "s3:PutObject"),
            List.of("create_package_from_s3"))
        .where(
            new ArgumentRule.Told(
                "`target_registry` must be given; a call without it is told which buckets there are"),
            new ArgumentRule.Told(
                "What `exclude_patterns` fit is left out, whatever `include_patterns` say"),
            new ArgumentRule.Told(
                "`metadata` replaces members that `metadata_template` and `description` make"));
  }

  @Override
  public ToolResult call(ToolCall call) {
    Arguments arguments = call.arguments();
    BucketName bucket = BucketName.parse(arguments.text("source_bucket"));
    PackageName name = PackageName.parse(arguments.text("package_name"));
    KeyFilter filter = KeyFilter.of(arguments);
    CallerReach reach = new CallerReach(storage.of(call.grant()), call.caller());
    Optional<String> registry = arguments.textIfGiven("target_registry");
    if (registry.isEmpty()) {
      return FolderFailure.noRegistry(reach, bucket);
    }
    String description = arguments.text("description");
    FolderRequest request =
        new FolderRequest(
            new SourceFolder(bucket, arguments.text("source_prefix")),
            filter,
            name,
            BucketName.parse(registry.get()),
            registry.get(),
            description,
            new ProposedMetadata(
                MetadataTemplate.find(arguments.text("metadata_template")).orElseThrow(),
                description,
                arguments.structure("metadata")),
            arguments.flag("auto_organize"),
            arguments.flag("generate_readme"),
            arguments.flag("copy"),
            arguments.flag("force"),
            PushParameters.workflow(arguments));
    FolderRun run =
        new FolderRun(
            reach,
            clock,
            catalog,
            request,
            arguments.flag("dry_run"),
            arguments.flag("confirm_structure"));
    return new ToolResult.Deferred(new Job.Here(false, run::run));
  }
}
