package com.quiltdata.mcp.tools.prompts;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.json.VisibleJson;
import com.quiltdata.mcp.prompt.Prompt;
import com.quiltdata.mcp.prompt.PromptCall;
import com.quiltdata.mcp.prompt.PromptResult;
import com.quiltdata.mcp.prompt.PromptSpec;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectPage;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.tool.ToolCatalog;
import com.quiltdata.mcp.tools.CallStorage;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// `create_package_from_prefix`.
final class CreatePackagePrompt implements Prompt {
  private static final String CREATE = "package_create_from_s3";

  private final CallStorage storage;
  private final ToolCatalog tools;
  private final PromptArguments arguments;

  CreatePackagePrompt(CallStorage storage, ToolCatalog tools, PromptArguments arguments) {
    this.storage = storage;
    this.tools = tools;
    this.arguments = arguments;
  }

  @Override
  public PromptSpec spec() {
    return new PromptSpec(
        "create_package_from_prefix",
        "Create a package from a prefix",
        "Plan a package of the objects below a prefix: files, metadata, README, and how to push it.",
        List.of(
            arguments.bucket(),
            arguments.prefix(),
            arguments.packageName(),
            arguments.registryIfAny("Bucket for the package; the same bucket when left out")),
        ToolNeeds.actions("s3:ListBucket", "s3:GetBucketLocation", "s3:GetObject"));
  }

  @Override
  public PromptResult get(PromptCall call) {
    BucketName bucket = BucketName.parse(call.text(PromptArguments.BUCKET));
    BucketName target =
        call.textIfGiven(PromptArguments.REGISTRY).map(BucketName::parse).orElse(bucket);
    PackageName name = PackageName.parse(call.text(PromptArguments.PACKAGE));
    String prefix = call.text(PromptArguments.PREFIX);
    ObjectStore store = storage.of(call.grant());
    ObjectPage page = new BucketHead(store, bucket).below(prefix);
    if (page.objects().isEmpty()) {
      throw new Fault(
          FaultCode.NOT_FOUND,
          "No object of s3://%s has a key that begins with %s"
              .formatted(bucket, Quoted.of(prefix)));
    }
    Optional<TopHash> existing = new Registry(store, target).findLatest(name);
    String registry = "s3://" + target;
    Guide guide =
        new Guide(
                tools,
                call.caller(),
                "Plan the package %s in the registry %s, of the objects of s3://%s below the prefix %s."
                    .formatted(name, registry, bucket, Quoted.of(prefix)))
            .step(
                "List the objects, to the end.",
                ToolUse.of(
                    "bucket_objects_list",
                    "bucket",
                    bucket.value(),
                    "prefix",
                    prefix,
                    "max_keys",
                    1_000,
                    "include_signed_urls",
                    false))
            .step(
                "See how its neighbours are named.",
                ToolUse.of(
                    "packages_list", "registry", registry, "prefix", name.namespace() + "/"));
    existing.ifPresent(hash ->
        guide.step(
            "The package exists already: see what is in it, so that nothing of it gets lost.",
            ToolUse.of(
                "package_browse",
                "package_name",
                name.value(),
                "registry",
                registry,
                "top_hash",
                hash.value())));
    guide
        .step(
            "Read what explains the data: a README, the first lines of tables.",
            BucketHead.readme(page)
                .map(found -> ToolUse.of("bucket_object_text", "s3_uri", found, "max_bytes", 8_192))
                .orElseGet(() ->
                    ToolUse.later(
                        "bucket_object_text", "the s3_uri of the file and max_bytes 8192")))
        .paragraph(
            """
            Then show me the plan: a table of logical keys (paths in the package) and the objects they \
            stand for; what you would leave out and why (temporary, duplicate, empty); metadata as JSON, \
            only what the files tell; a commit message; a README.md. Ask me before anything is written.\
            """)
        .paragraph(writing(guide, bucket, prefix, name, registry, existing.isPresent()));
    DataBlock data =
        new DataBlock()
            .put("bucket", bucket.value())
            .put("prefix", prefix)
            .put("package_name", name.value())
            .put("registry", registry);
    data.put(
        "existing_top_hash",
        existing
            .<JsonNode>map(hash -> StrictJson.NODES.stringNode(hash.value()))
            .orElseGet(StrictJson.NODES::nullNode));
    BucketHead.add(page, data);
    return new PromptResult.Messages(
        "Plan the package " + name,
        List.of(guide.message(), data.message("the first objects below the prefix")));
  }

  /// With a tool where there is one, else with the official client.
  private static String writing(
      Guide guide,
      BucketName bucket,
      String prefix,
      PackageName name,
      String registry,
      boolean exists) {
    if (guide.offers(CREATE)) {
      return """
      When I have agreed, try it without writing first, then again without dry_run. Add metadata and \
      description from the plan; what is left out goes into exclude_patterns, and auto_organize is false \
      where the paths of the objects are the plan. %s
      """
              .formatted(
                  exists
                      ? "The package exists: add force=true only if the new revision is to hold these files and no others, else use package_update."
                      : "The tool writes README.md and quilt_summarize.json unless the objects have them.")
          + ToolUse.of(
              CREATE,
              "source_bucket",
              bucket.value(),
              "source_prefix",
              prefix,
              "package_name",
              name.value(),
              "target_registry",
              registry,
              "dry_run",
              true);
    }
    return """
    You are offered no tool that creates packages here. When I have agreed, give me a script for the \
    quilt3 client instead, with the values of the plan; it leaves the objects where they are:
    import quilt3
    package = quilt3.Package()
    package.set("LOGICAL_KEY", %s)  # a line for each object, its key percent-encoded
    package.set("README.md", "README.md")
    package.set_meta({})
    package.push(%s, registry=%s, message="", selector_fn=lambda key, entry: key == "README.md")\
    """
        .formatted(
            literal("s3://%s/KEY".formatted(bucket)), literal(name.value()), literal(registry));
  }

  /// A text as a literal of JSON, which Python reads as the same text.
  private static String literal(String text) {
    return VisibleJson.of(StrictJson.NODES.stringNode(text).toString());
  }
}
