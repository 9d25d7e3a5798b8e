package com.quiltdata.mcp.tools.packages;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.json.VisibleJson;
import com.quiltdata.mcp.quilt.manifest.ListedItem;
import com.quiltdata.mcp.quilt.manifest.ManifestSummary;
import com.quiltdata.mcp.quilt.manifest.PackageListing;
import com.quiltdata.mcp.tool.ResultBudget;
import com.quiltdata.mcp.tool.ToolLimits;
import com.quiltdata.mcp.tools.Sizes;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes one page of a revision into a result, as much of it as there is room for.
final class PackagePageWriter {
  private static final long MAX_METADATA_BYTES = 256 << 10;
  private static final int MAX_MESSAGE_CHARS = 10_000;

  private final PackageListing page;
  private final ObjectNode fields;
  private final ToolLimits limits;
  private Optional<String> last = Optional.empty();
  private boolean isCut;

  PackagePageWriter(PackageListing page, ObjectNode fields, ToolLimits limits) {
    this.page = page;
    this.fields = fields;
    this.limits = limits;
  }

  /// Writes what is known of the whole revision.
  ///
  /// @return whether its metadata is part of that
  boolean revision() {
    fields.put("total_entries", page.summary().files());
    page.header()
        .message()
        .map(text -> cut(text, MAX_MESSAGE_CHARS))
        .ifPresent(message -> fields.put("message", message));
    fields.set("summary", summary(page.summary()));
    ObjectNode metadata = page.header().userMeta().orElseGet(StrictJson.NODES::objectNode);
    if (VisibleJson.bytes(metadata) <= MAX_METADATA_BYTES) {
      fields.set("metadata", metadata);
      return true;
    }
    fields.put("metadata_truncated", true).putObject("metadata");
    return false;
  }

  /// Writes the entries, as a list and as a tree.
  void entries(EntryWriter writer) {
    ResultBudget budget = ResultBudget.after(limits, fields);
    ArrayNode entries = fields.putArray("entries");
    FileTree tree = new FileTree();
    for (ListedItem item : page.items()) {
      ObjectNode entry = writer.write(item);
      ObjectNode leaf = FileTree.leaf(item, entry);
      if (!budget.take(VisibleJson.bytes(entry) + FileTree.bytes(item, leaf))) {
        isCut = true;
        if (entries.isEmpty()) {
          // Something has to come, or nobody gets past it.
          entries.add(EntryWriter.stub(item));
          last = Optional.of(item.path());
        }
        break;
      }
      entries.add(entry);
      tree.add(item, leaf);
      last = Optional.of(item.path());
    }
    fields.set("file_tree", tree.toJson());
    fields.put("count", entries.size());
    if (isCut) {
      fields.put("truncated", true);
    }
  }

  /// The path behind which the next page begins, if there is one.
  Optional<String> next() {
    return isCut ? last : page.next();
  }

  private static ObjectNode summary(ManifestSummary summary) {
    ObjectNode json =
        StrictJson.NODES
            .objectNode()
            .put("total_size", summary.totalBytes())
            .put("total_size_human", Sizes.human(summary.totalBytes()));
    ArrayNode types = json.putArray("file_types");
    summary.fileTypes().keySet().stream().filter(type -> !type.isEmpty()).forEach(types::add);
    return json.put("total_files", summary.files()).put("total_directories", summary.directories());
  }

  private static String cut(String text, int maxChars) {
    int end = text.offsetByCodePoints(0, Math.min(maxChars, text.codePointCount(0, text.length())));
    return end == text.length() ? text : text.substring(0, end) + "…";
  }
}
