package com.quiltdata.mcp.tools.prompts;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.prompt.Prompt;
import com.quiltdata.mcp.prompt.PromptArgument;
import com.quiltdata.mcp.prompt.PromptCall;
import com.quiltdata.mcp.prompt.PromptResult;
import com.quiltdata.mcp.prompt.PromptSpec;
import com.quiltdata.mcp.quilt.registry.PackagePage;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectPage;
import com.quiltdata.mcp.tool.ToolCatalog;
import com.quiltdata.mcp.tools.CallStorage;
import java.util.List;
import java.util.Optional;

/// `explore_bucket`.
final class ExploreBucketPrompt implements Prompt {
  private final CallStorage storage;
  private final ToolCatalog tools;
  private final PromptArguments arguments;

  ExploreBucketPrompt(CallStorage storage, ToolCatalog tools, PromptArguments arguments) {
    this.storage = storage;
    this.tools = tools;
    this.arguments = arguments;
  }

  @Override
  public PromptSpec spec() {
    return new PromptSpec(
        "explore_bucket",
        "Explore a bucket",
        "Find out what a bucket holds: its packages, folders and files, and what they are about.",
        List.of(
            arguments.bucket(),
            arguments.prefixIfAny(),
            PromptArgument.optional("question", "Question", "What you want to know of it")),
        ToolNeeds.actions("s3:ListBucket", "s3:GetBucketLocation"));
  }

  @Override
  public PromptResult get(PromptCall call) {
    BucketName bucket = BucketName.parse(call.text(PromptArguments.BUCKET));
    String prefix = call.textIfGiven(PromptArguments.PREFIX).orElse("");
    String uri = "s3://" + bucket;
    BucketHead head = new BucketHead(storage.of(call.grant()), bucket);
    ObjectPage level = head.level(prefix);
    PackagePage packages = head.packages("");
    Guide guide =
        new Guide(
            tools,
            call.caller(),
            "Explore the bucket %s%s and tell me what it holds."
                .formatted(uri, prefix.isEmpty() ? "" : " below the prefix " + Quoted.of(prefix)));
    call.textIfGiven("question")
        .ifPresent(question -> guide.words("I want to know above all:", question));
    guide.step(
        "List its packages. A package is a versioned data set with metadata, the best place to begin.",
        ToolUse.of("packages_list", "registry", uri, "limit", 100));
    packages.names().stream()
        .findFirst()
        .ifPresent(name ->
            guide.step(
                "Look at the top level of the packages that matter; this is the call for the first of them.",
                ToolUse.of(
                    "package_browse",
                    "package_name",
                    name.value(),
                    "registry",
                    uri,
                    "recursive",
                    false)));
    guide.step(
        "List the objects, and go on with next_continuation_token where it is worth it.",
        ToolUse.of(
            "bucket_objects_list",
            "bucket",
            bucket.value(),
            "prefix",
            prefix,
            "max_keys",
            200,
            "include_signed_urls",
            false));
    Optional<String> readme = BucketHead.readme(level);
    guide
        .step(
            "Read what explains the data: README files, summaries, the first lines of tables.",
            readme
                .map(found -> ToolUse.of("bucket_object_text", "s3_uri", found, "max_bytes", 8_192))
                .orElseGet(() ->
                    ToolUse.later(
                        "bucket_object_text", "the s3_uri of the file and max_bytes 8192")))
        .paragraph(
            """
            Then tell me, in half a page: what kinds of data there are and how they are organised, which \
            packages there are and which objects are in none, how large and how recent it is, and where \
            to look first. Name everything by its s3:// address or package name.\
            """);
    DataBlock data = new DataBlock().put("bucket", bucket.value()).put("prefix", prefix);
    BucketHead.add(packages, data);
    BucketHead.add(level, data);
    return new PromptResult.Messages(
        "Explore " + uri,
        List.of(
            guide.message(),
            data.message("the first packages of the bucket, and the head of its listing")));
  }
}
