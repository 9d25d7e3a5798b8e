package com.quiltdata.mcp.tools.packages;

import static com.quiltdata.mcp.tool.JsonSchema.bool;
import static com.quiltdata.mcp.tool.JsonSchema.integer;
import static com.quiltdata.mcp.tool.JsonSchema.integerOrNull;
import static com.quiltdata.mcp.tool.JsonSchema.map;
import static com.quiltdata.mcp.tool.JsonSchema.member;
import static com.quiltdata.mcp.tool.JsonSchema.object;
import static com.quiltdata.mcp.tool.JsonSchema.optional;
import static com.quiltdata.mcp.tool.JsonSchema.string;
import static com.quiltdata.mcp.tool.JsonSchema.stringOrNull;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.json.VisibleJson;
import com.quiltdata.mcp.quilt.PhysicalKey;
import com.quiltdata.mcp.quilt.manifest.ListedItem;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.tools.CallerReach;
import com.quiltdata.mcp.tools.Sizes;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Writes files and folders of a package as members of a result.
///
/// A manifest may name any bucket, and files of the host. The caller gets links as [CallerReach]
/// says. Who may not see where this host keeps things reads the physical key of a file in this
/// store as the `s3://` form of its object.
///
/// @param reach what the caller may be told
/// @param withInfo whether entries come with metadata
/// @param withLinks whether files come with a link
/// @param linkLife how long that works
record EntryWriter(CallerReach reach, boolean withInfo, boolean withLinks, Duration linkLife) {
  private static final int MAX_META_BYTES = 64 << 10;
  private static final int MAX_STUB_CHARS = 1_000;

  /// The schema of what is written.
  static ObjectNode schema() {
    return object(
        "A file or folder",
        member("logical_key", string("Path in the package; that of a folder ends with /")),
        member("physical_key", stringOrNull("Where the bytes are, percent-encoded; null: folder")),
        member("s3_uri", stringOrNull("For other tools; null when it cannot be read here")),
        member("size", integerOrNull("Bytes; null when the package does not say")),
        member("size_human", string("For people")),
        optional("hash", hash()),
        member("file_type", string("Extension, file or directory")),
        member("is_directory", bool("Whether it is a folder")),
        optional("files", integer("How many files are in the folder, on all levels")),
        optional("meta", map("User metadata of the file")),
        optional("meta_truncated", bool("True when there was no room for meta")),
        optional("download_url", stringOrNull("A link, null where there is none")),
        optional("truncated", bool("True when there was no room for the entry itself")));
  }

  private static ObjectNode hash() {
    ObjectNode hash =
        object("Of the bytes", member("type", string("Kind")), member("value", string("Digest")));
    hash.putArray("type").add("object").add("null");
    return hash;
  }

  ObjectNode write(ListedItem item) {
    return switch (item) {
      case ListedItem.File file -> file(file.entry());
      case ListedItem.Folder folder -> folder(folder);
    };
  }

  /// Stands for an item for which a whole result has no room.
  static ObjectNode stub(ListedItem item) {
    String path = item.path();
    boolean isFolder =
        switch (item) {
          case ListedItem.File _ -> false;
          case ListedItem.Folder _ -> true;
        };
    int end =
        path.offsetByCodePoints(0, Math.min(MAX_STUB_CHARS, path.codePointCount(0, path.length())));
    return StrictJson.NODES
        .objectNode()
        .put("logical_key", path.substring(0, end) + "…")
        .putNull("physical_key")
        .putNull("s3_uri")
        .putNull("size")
        .put("size_human", "unknown")
        .put("file_type", isFolder ? "directory" : "file")
        .put("is_directory", isFolder)
        .put("truncated", true);
  }

  private static ObjectNode folder(ListedItem.Folder folder) {
    return StrictJson.NODES
        .objectNode()
        .put("logical_key", folder.path())
        .putNull("physical_key")
        .putNull("s3_uri")
        .put("size", folder.totalBytes())
        .put("size_human", Sizes.human(folder.totalBytes()))
        .putNull("hash")
        .put("file_type", "directory")
        .put("is_directory", true)
        .put("files", folder.files());
  }

  private ObjectNode file(ManifestEntry entry) {
    Optional<ObjectLocation> location = location(entry);
    ObjectNode json =
        StrictJson.NODES
            .objectNode()
            .put("logical_key", entry.logicalKey().value())
            .put("physical_key", physicalKey(entry, location))
            .put("s3_uri", location.map(ObjectLocation::uri).orElse(null));
    entry
        .sizeBytes()
        .ifPresentOrElse(
            bytes -> json.put("size", bytes).put("size_human", Sizes.human(bytes)),
            () -> json.putNull("size").put("size_human", "unknown"));
    entry
        .hash()
        .ifPresentOrElse(
            hash -> json.putObject("hash").put("type", hash.type()).put("value", hash.value()),
            () -> json.putNull("hash"));
    json.put("file_type", fileType(entry.logicalKey().value())).put("is_directory", false);
    if (withInfo) {
      addMeta(entry, json);
    }
    if (withLinks) {
      json.put(
          "download_url",
          location
              .flatMap(object -> reach.link(object, linkLife))
              .map(link -> link.text())
              .orElse(null));
    }
    return json;
  }

  private static void addMeta(ManifestEntry entry, ObjectNode json) {
    ObjectNode meta = entry.userMeta().orElseGet(StrictJson.NODES::objectNode);
    if (VisibleJson.bytes(meta) <= MAX_META_BYTES) {
      json.set("meta", meta);
    } else {
      json.put("meta_truncated", true).putObject("meta");
    }
  }

  /// Where the bytes are, or empty when no store here could hold them.
  private Optional<ObjectLocation> location(ManifestEntry entry) {
    try {
      return entry.physicalKey().locate(reach.store());
    } catch (Fault unreadable) {
      return Optional.empty();
    }
  }

  private String physicalKey(ManifestEntry entry, Optional<ObjectLocation> location) {
    return location
        .filter(_ -> !reach.seesFiles() && entry.physicalKey() instanceof PhysicalKey.LocalFile)
        .map(object -> PhysicalKey.of(object).format())
        .orElse(entry.physicalUri());
  }

  private static String fileType(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot <= 0 || dot == name.length() - 1
        ? "file"
        : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
