package com.quiltdata.mcp.tools.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.push.Change;
import com.quiltdata.mcp.quilt.push.MetadataEdit;
import com.quiltdata.mcp.quilt.push.PackageEdit;
import com.quiltdata.mcp.storage.ObjectLocation;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// All that a package would hold, before anything is written.
///
/// @param request what was asked for
/// @param plan the files of the source
/// @param contents the same in numbers
/// @param readme the text of `README.md`; empty when none is added
/// @param summary what is shown at the top
/// @param hasSummary whether `quilt_summarize.json` is added
/// @param metadata of the package
record FolderDraft(
    FolderRequest request,
    FolderPlan plan,
    FolderContents contents,
    Optional<String> readme,
    SummaryFile summary,
    boolean hasSummary,
    ObjectNode metadata) {
  /// The message of the commit.
  static final String MESSAGE = "Created via package_create_from_s3 tool";

  static FolderDraft of(FolderRequest request, FolderPlan plan, Instant now) {
    FolderContents contents = FolderContents.of(plan.files());
    Optional<String> readme =
        Optional.of(request)
            .filter(asked -> asked.addsReadme() && plan.isFree(Readme.NAME))
            .map(asked ->
                new Readme(
                        asked.name(),
                        asked.registry(),
                        asked.description(),
                        asked.source(),
                        plan,
                        contents)
                    .text());
    SummaryFile summary = SummaryFile.of(plan.files(), readme.isPresent());
    return new FolderDraft(
        request,
        plan,
        contents,
        readme,
        summary,
        !summary.isEmpty() && plan.isFree(SummaryFile.NAME),
        request.metadata().of(request.source(), contents, now));
  }

  /// The package as something to push.
  PackageEdit edit() {
    Map<LogicalKey, Change> changes = new TreeMap<>();
    plan.files()
        .forEach((key, object) ->
            changes.put(
                key,
                new Change.PutObject(
                    ObjectLocation.of(request.source().bucket(), object.key()), Optional.empty())));
    readme.ifPresent(
        text -> changes.put(new LogicalKey(Readme.NAME), bytes(text, "text/markdown")));
    if (hasSummary) {
      changes.put(new LogicalKey(SummaryFile.NAME), bytes(summary.text(), "application/json"));
    }
    return PackageEdit.create(changes, new MetadataEdit.Replace(metadata), Optional.of(MESSAGE));
  }

  /// All files with their sizes, in tree order.
  SortedMap<LogicalKey, Long> sizes() {
    SortedMap<LogicalKey, Long> sizes = new TreeMap<>();
    plan.files().forEach((key, object) -> sizes.put(key, object.sizeBytes()));
    readme.ifPresent(text -> sizes.put(new LogicalKey(Readme.NAME), length(text)));
    if (hasSummary) {
      sizes.put(new LogicalKey(SummaryFile.NAME), length(summary.text()));
    }
    return sizes;
  }

  private static long length(String text) {
    return text.getBytes(UTF_8).length;
  }

  private static Change bytes(String text, String type) {
    return new Change.PutBytes(
        ByteBuffer.wrap(text.getBytes(UTF_8)), Optional.of(type), Optional.empty());
  }
}
