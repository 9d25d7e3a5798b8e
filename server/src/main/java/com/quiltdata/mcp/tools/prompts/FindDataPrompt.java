package com.quiltdata.mcp.tools.prompts;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.prompt.Prompt;
import com.quiltdata.mcp.prompt.PromptArgument;
import com.quiltdata.mcp.prompt.PromptCall;
import com.quiltdata.mcp.prompt.PromptResult;
import com.quiltdata.mcp.prompt.PromptSpec;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.tool.ToolCatalog;
import com.quiltdata.mcp.tools.CallStorage;
import com.quiltdata.mcp.tools.CallerReach;
import java.util.List;
import java.util.Optional;

/// `find_data`.
final class FindDataPrompt implements Prompt {
  private static final int MAX_BUCKETS = 50;

  private final CallStorage storage;
  private final ToolCatalog tools;
  private final PromptArguments arguments;

  FindDataPrompt(CallStorage storage, ToolCatalog tools, PromptArguments arguments) {
    this.storage = storage;
    this.tools = tools;
    this.arguments = arguments;
  }

  @Override
  public PromptSpec spec() {
    return new PromptSpec(
        "find_data",
        "Find data",
        "Find the packages and files that answer a question, and say how to open them.",
        List.of(
            PromptArgument.required(
                "question",
                "Question",
                "What the data should be about, for example an assay or sample"),
            arguments.registryIfAny("Bucket to look in; all buckets when left out")),
        ToolNeeds.actionsWithBucket("s3:ListBucket"));
  }

  @Override
  public PromptResult get(PromptCall call) {
    ObjectStore store = storage.of(call.grant());
    Optional<BucketName> registry =
        call.textIfGiven(PromptArguments.REGISTRY).map(BucketName::parse);
    DataBlock data = new DataBlock();
    Guide guide =
        new Guide(
                tools,
                call.caller(),
                "Find data in %s for a question of mine."
                    .formatted(
                        registry.map("the registry s3://%s"::formatted).orElse("my buckets")))
            .words("The question:", call.text("question"))
            .step(
                "Search for its words, and for other words for the same thing.",
                ToolUse.of("search_catalog", "query", call.text("question")));
    if (registry.isPresent()) {
      String uri = "s3://" + registry.get();
      guide.step("List the packages.", ToolUse.of("packages_list", "registry", uri, "limit", 200));
      BucketHead.add(new BucketHead(store, registry.get()).packages(""), data.put("registry", uri));
    } else {
      guide
          .step("List the buckets.", ToolUse.of("bucket_list"))
          .step(
              "List the packages of each bucket whose name may fit.",
              ToolUse.later("packages_list", "the bucket as registry"));
      CallerReach reach = new CallerReach(store, call.caller());
      List<String> buckets =
          store.buckets().stream().filter(reach::covers).map(BucketName::value).toList();
      data.list(
          "buckets",
          BucketHead.texts(buckets.subList(0, Math.min(MAX_BUCKETS, buckets.size()))),
          buckets.size() > MAX_BUCKETS);
    }
    guide
        .step(
            "Look into the packages that may fit, and at their metadata.",
            ToolUse.later("package_browse", "package_name, registry and recursive false"))
        .step(
            "Where names do not tell, read the beginning of a file.",
            ToolUse.later("bucket_object_text", "the s3_uri of the file and max_bytes 4096"))
        .paragraph(
            """
            Then give me a table of what fits, the best first: registry, package, top hash, the files \
            that matter (logical key and s3_uri), why it fits, and what speaks against it. Say where you \
            looked and where you did not. If nothing fits, say so and tell me what comes nearest.\
            """);
    return new PromptResult.Messages(
        "Find data",
        List.of(
            guide.message(),
            data.message(
                registry.isPresent() ? "the first packages of the registry" : "my buckets")));
  }
}
