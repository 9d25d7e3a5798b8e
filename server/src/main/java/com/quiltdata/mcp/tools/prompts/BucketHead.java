package com.quiltdata.mcp.tools.prompts;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.registry.PackagePage;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectPage;
import com.quiltdata.mcp.storage.ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The first things in a bucket, one page each.
///
/// @param store reaches it with the rights of the caller
/// @param bucket which one
record BucketHead(ObjectStore store, BucketName bucket) {
  private static final int MAX_OBJECTS = 100;
  private static final int MAX_PACKAGES = 40;
  private static final String REGISTRY = ".quilt/";
  private static final Pattern README =
      Pattern.compile("readme(?:\\.[a-z]{1,4})?", Pattern.CASE_INSENSITIVE);
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9._/-]{1,200}");

  /// Folders and objects of one level.
  ObjectPage level(String prefix) {
    return page(ListRequest.of(bucket, prefix).delimitedBy("/"));
  }

  /// Objects of all levels.
  ObjectPage below(String prefix) {
    return page(ListRequest.of(bucket, prefix));
  }

  private ObjectPage page(ListRequest request) {
    ObjectPage page = store.list(request.limitedTo(MAX_OBJECTS));
    return new ObjectPage(
        page.objects().stream()
            .filter(info -> !info.location().key().startsWith(REGISTRY))
            .toList(),
        page.commonPrefixes().stream().filter(folder -> !folder.startsWith(REGISTRY)).toList(),
        page.nextToken());
  }

  /// Packages by name.
  PackagePage packages(String prefix) {
    return new Registry(store, bucket).packages(prefix, MAX_PACKAGES, Optional.empty());
  }

  /// A listing as data.
  static void add(ObjectPage page, DataBlock data) {
    boolean isCut = page.nextToken().isPresent();
    if (!page.commonPrefixes().isEmpty()) {
      data.list("folders", texts(page.commonPrefixes()), isCut);
    }
    data.list("objects", page.objects().stream().map(BucketHead::describe).toList(), isCut);
  }

  /// Names of packages as data.
  static void add(PackagePage page, DataBlock data) {
    data.list(
        "packages",
        texts(page.names().stream().map(PackageName::value).toList()),
        page.next().isPresent());
  }

  static List<JsonNode> texts(List<String> texts) {
    return texts.stream().<JsonNode>map(StrictJson.NODES::stringNode).toList();
  }

  /// The object that explains the others, if there is one.
  ///
  /// Its name becomes part of the task, where no words of others belong: only a plain one counts.
  static Optional<String> readme(ObjectPage page) {
    return page.objects().stream()
        .filter(info -> isPlainReadme(info.location().key()))
        .map(info -> info.location().withoutVersion().uri())
        .findFirst();
  }

  private static boolean isPlainReadme(String key) {
    return PLAIN.matcher(key).matches()
        && README.matcher(key.substring(key.lastIndexOf('/') + 1)).matches();
  }

  private static JsonNode describe(ObjectInfo info) {
    return StrictJson.NODES
        .objectNode()
        .put("key", info.location().key())
        .put("size", info.sizeBytes())
        .put("last_modified", info.lastModified().toString());
  }
}
