package com.quiltdata.mcp.tools.folder;

import static com.quiltdata.mcp.tool.JsonSchema.array;
import static com.quiltdata.mcp.tool.JsonSchema.bool;
import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.map;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.number;
import static com.quiltdata.mcp.tool.JsonSchema.object;
import static com.quiltdata.mcp.tool.JsonSchema.optional;
import static com.quiltdata.mcp.tool.JsonSchema.result;
import static com.quiltdata.mcp.tool.JsonSchema.string;

import com.quiltdata.mcp.json.VisibleJson;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.push.PushOutcome;
import com.quiltdata.mcp.tool.ToolResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes results of `package_create_from_s3`.
///
/// @param draft what is told of
/// @param authType whose rights the call was made with
record FolderResult(FolderDraft draft, String authType) {
  private static final int MAX_FOLDERS = 100;
  private static final int MAX_METADATA_BYTES = 256 << 10;
  private static final int MAX_README_CHARS = 20_000;

  static ObjectNode schema() {
    return result(
        member("action", string("created or preview")),
        member("package_name", string("As asked")),
        member("registry", string("As asked")),
        member(
            "structure",
            object(
                "What the package holds",
                member("folders_created", array("Its folders", string("A folder"))),
                member("files_organized", integer("Files of the source in it")),
                member("readme_generated", bool("Whether a README.md is added")))),
        member(
            "metadata_info",
            object(
                "The package in numbers",
                member("package_size_mb", number("Megabytes")),
                member("file_types", array("Extensions", string("An extension"))),
                member("organization_applied", bool("Whether files go into folders by kind")))),
        member(
            "confirmation",
            object(
                "What to show to the user",
                member("bucket_suggested", string("The registry")),
                member(
                    "structure_preview",
                    map(
                        "Folder, / for the top, to {file_count, sample_files[] of at most 3}; at most %d folders"
                            .formatted(MAX_FOLDERS))),
                member("total_files", integer("Files of the source")),
                member("total_size_mb", number("Megabytes")),
                member("organization_applied", bool("Whether files go into folders by kind")),
                member("readme_generated", bool("Whether a README.md is added")),
                member("summary_files_generated", bool("Whether quilt_summarize.json is added")),
                member(
                    "visualization_count",
                    integer("Charts, images, notebooks and tables that it shows")))),
        member(
            "summary_files",
            map(
                "Files that are added besides README.md, by name, for example quilt_summarize.json")),
        member("warnings", array("What the user should know", string("A sentence"))),
        optional("package_hash", string("Top hash of the new revision; not in a preview")),
        optional("created_at", string("When, ISO 8601; not in a preview")),
        optional("package_url", string("Where the catalog shows it; not in a preview")),
        optional("readme_preview", string("Text of README.md; in a preview, if it is added")),
        optional(
            "metadata_preview", map("Metadata of the package; in a preview, where there is room")),
        member("message", string("What was done, and what to do next")),
        member("auth_type", string("jwt or iam")),
        optional(
            "suggested_actions", array("What to do, when the call failed", string("An action"))),
        optional(
            "suggested_registries",
            array("Buckets within reach, when target_registry is missing", string("A bucket"))));
  }

  ToolResult preview(List<String> obstacles) {
    ObjectNode fields = common("preview", obstacles);
    draft
        .readme()
        .ifPresent(text ->
            fields.put(
                "readme_preview",
                text.length() > MAX_README_CHARS
                    ? text.substring(0, MAX_README_CHARS) + "…"
                    : text));
    if (VisibleJson.bytes(draft.metadata()) <= MAX_METADATA_BYTES) {
      fields.set("metadata_preview", draft.metadata());
    }
    return ended(
        fields,
        obstacles.isEmpty()
            ? "Nothing was written. Show the structure to the user, then call again with dry_run=false."
            : "Nothing was written, and a call with dry_run=false would fail: see warnings.");
  }

  ToolResult created(PushOutcome outcome, Instant now, Optional<String> url) {
    ObjectNode fields = common("created", outcome.warnings());
    outcome.topHash().map(TopHash::value).ifPresent(hash -> fields.put("package_hash", hash));
    fields.put("created_at", now.toString());
    url.ifPresent(address -> fields.put("package_url", address));
    return ended(
        fields,
        switch (outcome.result()) {
          case WRITTEN, PLANNED ->
              "Created package %s with %d files; look at it with package_browse."
                  .formatted(draft.request().name(), outcome.entries());
          case ALREADY_THERE ->
              "The latest revision of %s is this very package already; nothing was written."
                  .formatted(draft.request().name());
        });
  }

  private ToolResult ended(ObjectNode fields, String message) {
    return new ToolResult.Success(fields.put("message", message).put("auth_type", authType));
  }

  private ObjectNode common(String action, List<String> moreWarnings) {
    FolderRequest request = draft.request();
    FolderContents contents = draft.contents();
    boolean hasReadme = draft.readme().isPresent();
    ObjectNode fields =
        ToolResult.fields()
            .put("action", action)
            .put("package_name", request.name().value())
            .put("registry", request.registryAsGiven());
    ObjectNode structure = fields.putObject("structure");
    ArrayNode folders = structure.putArray("folders_created");
    contents.folders().stream()
        .map(FolderContents.Folder::path)
        .filter(path -> !path.isEmpty())
        .limit(MAX_FOLDERS)
        .forEach(folders::add);
    structure.put("files_organized", contents.files()).put("readme_generated", hasReadme);
    ObjectNode info = fields.putObject("metadata_info");
    info.put("package_size_mb", contents.megabytes());
    contents.extensions().forEach(info.putArray("file_types")::add);
    info.put("organization_applied", request.organises());
    ObjectNode confirmation = fields.putObject("confirmation");
    confirmation.put("bucket_suggested", "s3://" + request.registry());
    structurePreview(confirmation.putObject("structure_preview"));
    confirmation
        .put("total_files", contents.files())
        .put("total_size_mb", contents.megabytes())
        .put("organization_applied", request.organises())
        .put("readme_generated", hasReadme)
        .put("summary_files_generated", draft.hasSummary())
        .put("visualization_count", draft.hasSummary() ? draft.summary().visualizations() : 0);
    ObjectNode summaryFiles = fields.putObject("summary_files");
    if (draft.hasSummary()) {
      summaryFiles.set(SummaryFile.NAME, draft.summary().rows());
    }
    ArrayNode warnings = fields.putArray("warnings");
    DraftWarnings.of(draft).forEach(warnings::add);
    moreWarnings.forEach(warnings::add);
    if (contents.folders().size() > MAX_FOLDERS) {
      warnings.add(
          "Only the first %d of %d folders are shown"
              .formatted(MAX_FOLDERS, contents.folders().size()));
    }
    return fields;
  }

  private void structurePreview(ObjectNode preview) {
    draft.contents().folders().stream()
        .limit(MAX_FOLDERS)
        .forEach(folder -> {
          ObjectNode one =
              preview
                  .putObject(folder.path().isEmpty() ? "/" : folder.path())
                  .put("file_count", folder.files());
          folder.samples().forEach(one.putArray("sample_files")::add);
        });
  }
}
