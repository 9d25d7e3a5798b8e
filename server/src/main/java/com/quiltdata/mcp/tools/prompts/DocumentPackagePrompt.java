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
import java.util.Optional;

/// `document_package`.
final class DocumentPackagePrompt implements Prompt {
  private final CallStorage storage;
  private final ToolCatalog tools;
  private final PromptArguments arguments;

  DocumentPackagePrompt(CallStorage storage, ToolCatalog tools, PromptArguments arguments) {
    this.storage = storage;
    this.tools = tools;
    this.arguments = arguments;
  }

  @Override
  public PromptSpec spec() {
    return new PromptSpec(
        "document_package",
        "Document a package",
        "Read through a package and propose a README.md for it.",
        List.of(arguments.registry(), arguments.packageName()),
        ToolNeeds.actions("s3:ListBucket", "s3:GetObject"));
  }

  @Override
  public PromptResult get(PromptCall call) {
    PackageHead head = PackageHead.of(call, storage);
    TopHash hash = head.resolve(Optional.empty());
    String name = head.name().toString();
    Guide guide =
        new Guide(
                tools,
                call.caller(),
                "Propose a README.md for the package %s in the registry %s, revision %s."
                    .formatted(name, head.uri(), hash.shortForm()))
            .step(
                "See how the package is built, and what its metadata says.",
                ToolUse.of(
                    "package_browse",
                    "package_name",
                    name,
                    "registry",
                    head.uri(),
                    "top_hash",
                    hash.value(),
                    "recursive",
                    false))
            .step(
                "Open the folders that are not plain from their names.",
                ToolUse.later(
                    "package_browse", "the same arguments and path, the folder's logical_key"))
            .step(
                "Read the beginning of one or two files of each kind: text, tables, notebooks, scripts, a README if there is one.",
                ToolUse.later(
                    "bucket_object_text",
                    "the s3_uri that package_browse gives for the file, and max_bytes 8192"))
            .step(
                "See what the last changes were, if the data below shows more than one revision.",
                ToolUse.later(
                    "package_diff",
                    "the package's name twice, the registry, and the top hashes of two revisions"))
            .paragraph(
                """
                Then write the README.md as Markdown, at most two pages:
                - a title and one paragraph: what the data are, of what, by whom and when, as far as it shows;
                - contents: a table of folders or files with their format, number, size and meaning;
                - columns and units of the main tables;
                - how the parts belong together (identifiers that they share);
                - how to open it, with the package's name, registry and top hash;
                - open questions: what I have to fill in (licence, contact, methods), each marked TODO.
                Show me the text first and ask what to change.\
                """);
    if (guide.offers("package_update")) {
      guide.paragraph(
          """
          When I have agreed, store the text with bucket_objects_put under the key %s, so that no older \
          revision loses its own; then put it into the package with package_update, its s3_uri in \
          s3_uris and copy true, and tell me the new top hash.\
          """
              .formatted("readmes/%s/%s/README.md".formatted(name, hash.shortForm())));
    }
    DataBlock data = head.data();
    head.addHeader(hash, "", data);
    head.addRevisions(head.revisions(), data);
    head.addEntries(hash, data);
    return new PromptResult.Messages(
        "Write a README for " + name,
        List.of(
            guide.message(),
            data.message(
                "message and metadata of the package, its newest revisions and first files")));
  }
}
