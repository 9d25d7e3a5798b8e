package com.quiltdata.mcp.tools.prompts;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.prompt.Prompt;
import com.quiltdata.mcp.prompt.PromptCall;
import com.quiltdata.mcp.prompt.PromptResult;
import com.quiltdata.mcp.prompt.PromptSpec;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.registry.PackageRevision;
import com.quiltdata.mcp.tool.ToolCatalog;
import com.quiltdata.mcp.tools.CallStorage;
import java.util.List;

/// `compare_revisions`.
final class CompareRevisionsPrompt implements Prompt {
  private static final String FROM = "from";
  private static final String TO = "to";

  private final CallStorage storage;
  private final ToolCatalog tools;
  private final PromptArguments arguments;

  CompareRevisionsPrompt(CallStorage storage, ToolCatalog tools, PromptArguments arguments) {
    this.storage = storage;
    this.tools = tools;
    this.arguments = arguments;
  }

  @Override
  public PromptSpec spec() {
    return new PromptSpec(
        "compare_revisions",
        "Compare revisions",
        "Explain what changed in a package from one revision to another.",
        List.of(
            arguments.registry(),
            arguments.packageName(),
            arguments.revisionIfAny(FROM, "From", "the revision before the other one"),
            arguments.revisionIfAny(TO, "To", "the latest")),
        ToolNeeds.actions("s3:GetObject", "s3:ListBucket"));
  }

  @Override
  public PromptResult get(PromptCall call) {
    PackageHead head = PackageHead.of(call, storage);
    List<PackageRevision> revisions = head.revisions();
    TopHash to = head.resolve(call.textIfGiven(TO));
    TopHash from =
        call.textIfGiven(FROM).isPresent()
            ? head.resolve(call.textIfGiven(FROM))
            : before(to, revisions, head);
    String name = head.name().toString();
    Guide guide =
        new Guide(
                tools,
                call.caller(),
                "Explain what changed in the package %s of the registry %s from revision %s to revision %s."
                    .formatted(name, head.uri(), from.shortForm(), to.shortForm()))
            .step(
                "Get the files that were added, deleted or modified.",
                ToolUse.of(
                    "package_diff",
                    "package1_name",
                    name,
                    "package2_name",
                    name,
                    "registry",
                    head.uri(),
                    "package1_hash",
                    from.value(),
                    "package2_hash",
                    to.value()))
            .step(
                "Get sizes, hashes and s3_uri of the changed files in the older revision.",
                browse(name, head.uri(), from))
            .step("And in the newer one.", browse(name, head.uri(), to))
            .step(
                "For up to five changed files that are text, read both versions and compare them.",
                ToolUse.later(
                    "bucket_object_text",
                    "the s3_uri that package_browse gives for the file in each revision"))
            .paragraph(
                """
                Then tell me: a summary in three sentences; a table of the changed files with what \
                changed in each (size, contents, metadata, moved); differences of the package's metadata \
                and message; what this means for somebody who used the older revision. A file that was \
                deleted and one of the same hash that was added is a move.\
                """);
    DataBlock data = head.data();
    head.addHeader(from, "from_", data);
    head.addHeader(to, "to_", data);
    head.addRevisions(revisions, data);
    return new PromptResult.Messages(
        "Compare two revisions of " + name,
        List.of(
            guide.message(),
            data.message("message and metadata of both revisions, and the newest revisions")));
  }

  private static ToolUse browse(String name, String registry, TopHash hash) {
    return ToolUse.of(
        "package_browse",
        "package_name",
        name,
        "registry",
        registry,
        "top_hash",
        hash.value(),
        "include_signed_urls",
        false);
  }

  /// The revision that was pushed before another one.
  private static TopHash before(TopHash to, List<PackageRevision> revisions, PackageHead head) {
    return revisions.stream()
        .map(PackageRevision::hash)
        .dropWhile(
            hash -> revisions.stream().anyMatch(one -> one.hash().equals(to)) && !hash.equals(to))
        .filter(hash -> !hash.equals(to))
        .findFirst()
        .orElseThrow(() ->
            new Fault(
                FaultCode.INVALID_ARGUMENT,
                "No revision of %s was pushed before %s: give 'from', the revision to compare with"
                    .formatted(head.name(), to.shortForm())));
  }
}
