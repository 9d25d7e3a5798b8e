package com.quiltdata.mcp.tools.packages;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.ListedItem;
import com.quiltdata.mcp.quilt.ManifestEntry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// Writes files and folders of a package as members of a result. A link is given only for objects
/// in buckets that the caller's token covers: a manifest may name any bucket.
final class EntryWriter {
  private static final Duration LINK_LIFE = Duration.ofHours(1);

  private final ObjectStore store;
  private final Caller caller;
  private final boolean withInfo;
  private final boolean withLinks;

  EntryWriter(ObjectStore store, Caller caller, boolean withInfo, boolean withLinks) {
    this.store = store;
    this.caller = caller;
    this.withInfo = withInfo;
    this.withLinks = withLinks;
  }

  ObjectNode write(ListedItem item) {
    return switch (item) {
      case ListedItem.File file -> file(file.entry());
      case ListedItem.Folder folder -> folder(folder);
    };
  }

  private static ObjectNode folder(ListedItem.Folder folder) {
    return StrictJson.NODES
        .objectNode()
        .put("logical_key", folder.path())
        .put("size", folder.totalBytes())
        .put("size_human", Sizes.human(folder.totalBytes()))
        .put("file_type", "directory")
        .put("is_directory", true)
        .put("files", folder.files());
  }

  private ObjectNode file(ManifestEntry entry) {
    ObjectNode json =
        StrictJson.NODES
            .objectNode()
            .put("logical_key", entry.logicalKey().value())
            .put("physical_key", entry.physicalUri());
    Optional<ObjectLocation> location = location(entry);
    json.put("s3_uri", location.map(ObjectLocation::uri).orElse(null));
    entry
        .sizeBytes()
        .ifPresentOrElse(
            bytes -> json.put("size", bytes).put("size_human", Sizes.human(bytes)),
            () -> json.putNull("size").put("size_human", "unknown"));
    json.put("file_type", fileType(entry.logicalKey().value())).put("is_directory", false);
    if (withInfo) {
      entry
          .hash()
          .ifPresentOrElse(
              hash -> json.putObject("hash").put("type", hash.type()).put("value", hash.value()),
              () -> json.putNull("hash"));
      json.set("meta", entry.userMeta().orElseGet(StrictJson.NODES::objectNode));
    }
    if (withLinks) {
      location
          .filter(object -> covers(object.bucket()))
          .ifPresent(
              object -> json.put("download_url", store.link(object, LINK_LIFE).uri().toString()));
    }
    return json;
  }

  /// Where the bytes are, or empty when no store here could hold them.
  private Optional<ObjectLocation> location(ManifestEntry entry) {
    try {
      return entry.physicalKey().locate(store);
    } catch (Fault unreadable) {
      return Optional.empty();
    }
  }

  private boolean covers(BucketName bucket) {
    return switch (caller) {
      case Caller.Local _ -> true;
      case Caller.Bearer bearer -> bearer.buckets().covers(bucket);
      case Caller.Anonymous _ -> false;
    };
  }

  private static String fileType(String key) {
    String name = key.substring(key.lastIndexOf('/') + 1);
    int dot = name.lastIndexOf('.');
    return dot <= 0 || dot == name.length() - 1
        ? "file"
        : name.substring(dot + 1).toLowerCase(Locale.ROOT);
  }
}
