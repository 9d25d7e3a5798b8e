package com.quiltdata.mcp.tools.prompts;

import com.quiltdata.mcp.prompt.PromptArgument;
import com.quiltdata.mcp.tools.completers.StorageCompleters;

/// The arguments by which prompts name storage. Authorization finds buckets by these names, so no
/// prompt may call them anything else.
///
/// @param completers propose their values
record PromptArguments(StorageCompleters completers) {
  static final String BUCKET = "bucket";
  static final String REGISTRY = "registry";
  static final String PACKAGE = "package_name";
  static final String PREFIX = "prefix";

  PromptArgument bucket() {
    return PromptArgument.required(BUCKET, "Bucket", "S3 bucket, as NAME or s3://NAME")
        .completedBy(completers.buckets());
  }

  PromptArgument registry() {
    return PromptArgument.required(
            REGISTRY, "Registry", "Bucket that holds the package, as NAME or s3://NAME")
        .completedBy(completers.buckets());
  }

  PromptArgument registryIfAny(String description) {
    return PromptArgument.optional(REGISTRY, "Registry", description)
        .completedBy(completers.buckets());
  }

  PromptArgument packageName() {
    return PromptArgument.required(PACKAGE, "Package", "Package, as NAMESPACE/NAME")
        .completedBy(completers.packages(REGISTRY, BUCKET));
  }

  PromptArgument revisionIfAny(String name, String title, String fallback) {
    return PromptArgument.optional(
            name,
            title,
            "Top hash, its first 6 or more digits, or a tag; %s when left out".formatted(fallback))
        .completedBy(completers.revisions(REGISTRY, PACKAGE));
  }

  PromptArgument prefix() {
    return PromptArgument.required(PREFIX, "Prefix", "Where the keys begin, for example data/raw/")
        .completedBy(completers.folders(BUCKET));
  }

  PromptArgument prefixIfAny() {
    return PromptArgument.optional(
            PREFIX, "Prefix", "Only keys that begin with it, for example data/raw/")
        .completedBy(completers.folders(BUCKET));
  }
}
