package com.quiltdata.mcp.tools.prompts;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.prompt.Prompt;
import com.quiltdata.mcp.prompt.PromptCall;
import com.quiltdata.mcp.prompt.PromptResult;
import com.quiltdata.mcp.prompt.PromptSpec;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.tool.ToolCatalog;
import com.quiltdata.mcp.tools.CallStorage;
import java.util.List;

/// `check_package`.
final class CheckPackagePrompt implements Prompt {
  private static final String REVISION = "revision";
  private static final String VALIDATE = "package_validate";

  private final CallStorage storage;
  private final ToolCatalog tools;
  private final PromptArguments arguments;

  CheckPackagePrompt(CallStorage storage, ToolCatalog tools, PromptArguments arguments) {
    this.storage = storage;
    this.tools = tools;
    this.arguments = arguments;
  }

  @Override
  public PromptSpec spec() {
    return new PromptSpec(
        "check_package",
        "Check a package",
        "Check whether a package is whole, readable and documented well enough to be shared.",
        List.of(
            arguments.registry(),
            arguments.packageName(),
            arguments.revisionIfAny(REVISION, "Revision", "the latest")),
        ToolNeeds.actions("s3:ListBucket", "s3:GetObject"));
  }

  @Override
  public PromptResult get(PromptCall call) {
    PackageHead head = PackageHead.of(call, storage);
    TopHash hash = head.resolve(call.textIfGiven(REVISION));
    String name = head.name().toString();
    Guide guide =
        new Guide(
                tools,
                call.caller(),
                "Check the package %s of the registry %s, revision %s: is it whole, readable and documented?"
                    .formatted(name, head.uri(), hash.shortForm()))
            .step(
                "Let the server check it: the manifest, and whether every object is there. With check_integrity true it reads every byte; do that if the package has less than 1 GB, or I ask for it.",
                ToolUse.of(
                    VALIDATE,
                    "package_name",
                    name,
                    "registry",
                    head.uri(),
                    "top_hash",
                    hash.value()))
            .step(
                "Go through its files, page by page with next_cursor. Note each one without s3_uri (it cannot be read here), without hash, without size, with size 0, or of a doubtful name.",
                ToolUse.of(
                    "package_browse",
                    "package_name",
                    name,
                    "registry",
                    head.uri(),
                    "top_hash",
                    hash.value(),
                    "limit",
                    500,
                    "include_signed_urls",
                    false));
    if (!guide.offers(VALIDATE)) {
      guide.step(
          "For up to ten files, the largest and some of each kind: is the object there, and of the size that the package says?",
          ToolUse.later("bucket_object_info", "the s3_uri that package_browse gives for the file"));
    }
    guide
        .step(
            "Read README.md, if there is one, and the beginning of one file of each kind of text: do they hold what their names say?",
            ToolUse.later("bucket_object_text", "the s3_uri of the file and max_bytes 4096"))
        .paragraph(
            """
            Then give a verdict in one line (fit to share, fit with remarks, or broken) and a table of \
            findings: what, which file, how grave, what to do. Look for: missing or unreadable objects; \
            sizes that differ; files without a hash; no README.md or one that does not fit; no or empty \
            metadata; no commit message; names with spaces, invisible characters or personal data; files \
            that look like leftovers (temporary, hidden, empty). Say how much of it you looked at.\
            """);
    DataBlock data = head.data();
    head.addHeader(hash, "", data);
    head.addRevisions(head.revisions(), data);
    head.addEntries(hash, data);
    return new PromptResult.Messages(
        "Check " + name,
        List.of(
            guide.message(),
            data.message(
                "message and metadata of the package, its newest revisions and first files")));
  }
}
