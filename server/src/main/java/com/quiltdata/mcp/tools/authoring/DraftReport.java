package com.quiltdata.mcp.tools.authoring;

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
import static com.quiltdata.mcp.tool.JsonSchema.stringOrNull;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.push.PushOutcome;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tools.CallerLabel;
import com.quiltdata.mcp.tools.Sizes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The result of `package_create_from_s3`, the same for a preview.
///
/// @param plan what was wanted
/// @param outcome what became of it
/// @param draft the package
/// @param pushes knows catalog and clock
record DraftReport(PushPlan plan, PushOutcome outcome, PackageDraft draft, Pushes pushes) {
  private static final double MEGABYTE = 1 << 20;
  private static final int MAX_FOLDERS = 200;
  private static final int MAX_README_CHARS = 4_000;

  static ObjectNode schema() {
    return result(
        member("action", string("created, or preview of a dry run")),
        member("package_name", string("As asked")),
        member("registry", string("As asked")),
        member(
            "structure",
            object(
                "How files are placed",
                member("folders_created", array("Folders", string("A path"))),
                member("files_organized", integer("Files that came from the source")),
                member("readme_generated", bool("Whether a README.md was written")))),
        member(
            "metadata_info",
            object(
                "The package in numbers",
                member("package_size_mb", number("Size of the files in MiB")),
                member("file_types", array("Extensions, in order", string("An extension"))),
                member("organization_applied", bool("Whether files were sorted into folders")))),
        member(
            "confirmation",
            object(
                "What a user would want to see before",
                member("bucket_suggested", string("Bucket of the registry")),
                member(
                    "structure_preview",
                    map("Folder to {file_count, sample_files}; the first folders only")),
                member("total_files", integer("Files, those that were written here too")),
                member("total_size_mb", number("Size of the files in MiB")),
                member("organization_applied", bool("Whether files were sorted into folders")),
                member("readme_generated", bool("Whether a README.md was written")),
                member("summary_files_generated", bool("Whether quilt_summarize.json was")),
                member("visualization_count", integer("Files that the catalog shows at first")))),
        member("package_hash", stringOrNull("The revision; null when a dry run cannot know it")),
        member("created_at", stringOrNull("When; null of a dry run")),
        member("summary_files", map("Name to content of files that were written here")),
        member("readme_preview", stringOrNull("The beginning of README.md")),
        member("metadata_preview", map("Metadata of the package")),
        member("message", string("What was done")),
        member("package_url", stringOrNull("In the catalog; null when none is configured")),
        member("warnings", array("What was left out, and why", string("A sentence"))),
        member("auth_type", string("jwt or iam")),
        optional("dry_run", bool("True when nothing was written")));
  }

  ToolResult toResult(ToolCall call) {
    boolean isDry = plan.options().dryRun();
    boolean isOrganized = call.arguments().flag("auto_organize");
    PushReport report = new PushReport(plan, outcome);
    ObjectNode fields =
        ToolResult.fields()
            .put("action", isDry ? "preview" : "created")
            .put("package_name", plan.name().toString())
            .put("registry", call.arguments().text("target_registry"));
    ObjectNode structure = fields.putObject("structure");
    ArrayNode folders = structure.putArray("folders_created");
    draft.folders().keySet().stream()
        .filter(folder -> !folder.isEmpty())
        .limit(MAX_FOLDERS)
        .forEach(folders::add);
    structure
        .put("files_organized", draft.files().size())
        .put("readme_generated", draft.readme().isPresent());
    ObjectNode info = fields.putObject("metadata_info").put("package_size_mb", megabytes());
    draft.fileTypes().forEach(info.putArray("file_types")::add);
    info.put("organization_applied", isOrganized);
    confirmation(fields.putObject("confirmation"), isOrganized);
    fields
        .put("package_hash", report.topHash())
        .put("created_at", isDry ? null : pushes.clock().instant().toString());
    ObjectNode summaries = fields.putObject("summary_files");
    draft.summary().ifPresent(rows -> summaries.set(PackageDraft.SUMMARY.value(), rows));
    fields.put("readme_preview", draft.readme().map(DraftReport::cut).orElse(null));
    fields.set("metadata_preview", draft.metadata());
    fields.put(
        "message",
        "%s package %s in registry s3://%s of %d files (%s)."
            .formatted(
                isDry ? "Would make" : "Made",
                plan.name(),
                plan.bucket(),
                outcome.entries(),
                Sizes.human(outcome.totalBytes())));
    fields.put("package_url", url().orElse(null));
    report.finish(fields, pushes.store(call.caller()), CallerLabel.of(call.caller()));
    fields.remove("files");
    return new ToolResult.Success(fields);
  }

  private Optional<String> url() {
    return pushes.catalog().packageUrl(plan.bucket(), plan.name());
  }

  private void confirmation(ObjectNode json, boolean isOrganized) {
    json.put("bucket_suggested", plan.bucket().value());
    ObjectNode preview = json.putObject("structure_preview");
    draft.folders().entrySet().stream()
        .limit(MAX_FOLDERS)
        .forEach(folder -> preview.set(folder.getKey(), folder(folder)));
    json.put("total_files", outcome.entries())
        .put("total_size_mb", megabytes())
        .put("organization_applied", isOrganized)
        .put("readme_generated", draft.readme().isPresent())
        .put("summary_files_generated", draft.summary().isPresent())
        .put("visualization_count", draft.summary().map(ArrayNode::size).orElse(0));
  }

  private static ObjectNode folder(Map.Entry<String, PackageDraft.Folder> folder) {
    ObjectNode json = StrictJson.NODES.objectNode().put("file_count", folder.getValue().files());
    List<String> samples = folder.getValue().samples();
    samples.forEach(json.putArray("sample_files")::add);
    return json;
  }

  private double megabytes() {
    return Math.round(draft.totalBytes() / MEGABYTE * 100) / 100.0;
  }

  private static String cut(String text) {
    return text.length() <= MAX_README_CHARS
        ? text
        : text.substring(0, text.offsetByCodePoints(0, MAX_README_CHARS / 2)) + "…";
  }
}
