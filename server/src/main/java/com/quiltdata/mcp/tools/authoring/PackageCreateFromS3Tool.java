package com.quiltdata.mcp.tools.authoring;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.push.Expected;
import com.quiltdata.mcp.quilt.push.MetadataEdit;
import com.quiltdata.mcp.quilt.push.PackageEdit;
import com.quiltdata.mcp.quilt.push.PushOptions;
import com.quiltdata.mcp.quilt.template.MetadataTemplate;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.tool.Arguments;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import com.quiltdata.mcp.tools.CallerReach;
import com.quiltdata.mcp.tools.Sizes;
import com.quiltdata.mcp.tools.StorageParameters;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `package_create_from_s3`.
final class PackageCreateFromS3Tool implements Tool {
  private static final int MAX_PATTERNS = 100;
  private static final int MAX_SUGGESTIONS = 5;

  private final Pushes pushes;

  PackageCreateFromS3Tool(Pushes pushes) {
    this.pushes = pushes;
  }

  @Override
  public ToolSpec spec() {
    return new ToolSpec(
        "package_create_from_s3",
        "Create a package from a prefix",
        """
        Make a new package of all objects below a prefix of a bucket: sorted into folders, with a \
        README.md, a quilt_summarize.json and metadata from a template. \
        Begin with dry_run=true, which shows all of it and writes nothing. \
        Use package_create for single objects.\
        """,
        AuthoringTools.GROUP,
        List.of(
            Parameter.text("source_bucket", "Bucket of the objects, as NAME or s3://NAME")
                .upTo(256)
                .required()
                .taught("source S3 bucket", "s3://my-bucket"),
            StorageParameters.packageName(),
            Parameter.text("source_prefix", "Only objects whose keys begin with this")
                .upTo(1_024)
                .or(""),
            Parameter.text("description", "What the package holds, for README and metadata")
                .upTo(10_000)
                .or(""),
            Parameter.text(
                    "target_registry", "Bucket that will hold the package; there is no default")
                .upTo(256),
            Parameter.texts(
                "include_patterns",
                MAX_PATTERNS,
                "Shell patterns for whole keys, for example *.csv; objects must fit one"),
            Parameter.texts(
                "exclude_patterns",
                MAX_PATTERNS,
                "Shell patterns for whole keys; objects must fit none, asked before include_patterns"),
            Parameter.text("metadata_template", "Template of the metadata")
                .oneOf(MetadataTemplate.names())
                .or(MetadataTemplate.STANDARD.wire()),
            PushParameters.copy(),
            Parameter.flag(
                    "auto_organize",
                    "True: files go into folders such as data/processed and docs; false: they keep their paths")
                .or(true),
            Parameter.flag("generate_readme", "Whether the package gets a README.md").or(true),
            Parameter.flag(
                    "confirm_structure",
                    "Whether the user is asked before the package is made, where the client can ask")
                .or(true),
            PushParameters.dryRun(),
            Parameter.flag(
                    "force",
                    "Whether a package of this name that exists gets a new revision, with these files only")
                .or(false),
            PushParameters.metadata("Members that are put over those of the template"),
            PushParameters.workflow()),
        DraftReport.schema(),
        new ToolHints(false, false, false, false),
        ToolNeeds.actions("s3:ListBucket", "s3:GetObject", "s3:PutObject"),
        List.of("create_package_from_s3"));
  }

  @Override
  public ToolResult call(ToolCall call) {
    Arguments arguments = call.arguments();
    BucketName source = BucketName.parse(arguments.text("source_bucket"));
    PackageName name = PackageName.parse(arguments.text("package_name"));
    ObjectStore store = pushes.store(call.caller());
    Optional<BucketName> target = arguments.textIfGiven("target_registry").map(BucketName::parse);
    if (target.isEmpty()) {
      return noTarget(new CallerReach(store, call.caller()));
    }
    SourceObjects objects = objects(arguments, source, store);
    Drafting drafting = new Drafting(pushes.clock(), name, target.get(), source);
    PackageDraft draft = drafting.draft(arguments, objects);
    boolean isDry = arguments.flag("dry_run");
    if (!isDry && arguments.flag("confirm_structure")) {
      Optional<ToolResult> obstacle =
          new Confirmation(question(name, target.get(), draft), "No package was made")
              .obstacle(call.input(), true);
      if (obstacle.isPresent()) {
        return obstacle.get();
      }
    }
    PushPlan plan =
        new PushPlan(
            target.get(),
            name,
            PackageEdit.create(
                draft.changes(),
                new MetadataEdit.Replace(draft.metadata()),
                Optional.of(drafting.message(arguments))),
            PushOptions.DEFAULT
                .copying(arguments.flag("copy"))
                .expecting(arguments.flag("force") ? Expected.ANYTHING : Expected.NOTHING)
                .checkedBy(PushParameters.workflow(arguments))
                .dryRun(isDry),
            drafting.warnings(arguments, objects, draft));
    return pushes.run(
        call, plan, outcome -> new DraftReport(plan, outcome, draft, pushes).toResult(call));
  }

  private static SourceObjects objects(Arguments arguments, BucketName source, ObjectStore store) {
    SourceObjects objects =
        SourceObjects.list(
            store,
            source,
            arguments.text("source_prefix"),
            SourceObjects.Filter.of(
                arguments.texts("include_patterns"), arguments.texts("exclude_patterns")));
    if (objects.objects().isEmpty()) {
      throw new Fault(FaultCode.NOT_FOUND, "No objects found matching the specified criteria");
    }
    return objects;
  }

  private static String question(PackageName name, BucketName target, PackageDraft draft) {
    String folders =
        draft.folders().entrySet().stream()
            .limit(10)
            .map(folder ->
                "%s (%d)"
                    .formatted(
                        folder.getKey().isEmpty() ? "top" : Quoted.of(folder.getKey()),
                        folder.getValue().files()))
            .collect(Collectors.joining(", "));
    return "Make package %s in registry s3://%s of %d files (%s): %s?"
        .formatted(name, target, draft.files().size(), Sizes.human(draft.totalBytes()), folders);
  }

  /// Names buckets that the caller can reach, and invents none.
  private static ToolResult noTarget(CallerReach reach) {
    ObjectNode details = StrictJson.NODES.objectNode();
    ArrayNode suggestions = details.putArray("suggested_actions");
    reach.store().buckets().stream()
        .filter(reach::covers)
        .limit(MAX_SUGGESTIONS)
        .forEach(bucket -> suggestions.add("target_registry='s3://%s'".formatted(bucket)));
    suggestions.add("bucket_list shows all buckets");
    return new ToolResult.Failure(
        FaultCode.INVALID_ARGUMENT,
        "Target_registry parameter is required for package_create_from_s3. Specify the bucket that will hold the package (e.g., target_registry='s3://my-bucket')",
        details);
  }

  @Override
  public ToolResult.Failure failure(Fault fault, Arguments arguments) {
    ObjectNode details =
        StrictJson.NODES.objectNode().put("package_name", arguments.text("package_name"));
    ArrayNode actions = details.putArray("suggested_actions");
    switch (fault.code()) {
      case NOT_FOUND -> {
        actions.add("Look at the bucket with bucket_objects_list, source_prefix as prefix");
        actions.add("Leave include_patterns and exclude_patterns out: they are for whole keys");
      }
      case CONFLICT -> {
        actions.add("Take another package_name, or force=true for a new revision of this one");
        actions.add("package_update adds to the package that exists");
      }
      default -> details.remove("suggested_actions");
    }
    return new ToolResult.Failure(fault.code(), fault.text(), details);
  }
}
