package com.quiltdata.mcp.tools.packages;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.ListedItem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Files and folders of one page as a tree: name to `{type: file, …}` or to `{type: directory,
/// children}`.
final class FileTree {
  private final ObjectNode root = StrictJson.NODES.objectNode();

  /// Adds an item.
  ///
  /// @param item what
  /// @param entry the same as a member of `entries`
  void add(ListedItem item, ObjectNode entry) {
    String path = item.path();
    String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    int slash = bare.lastIndexOf('/');
    ObjectNode parent = slash < 0 ? root : children(bare.substring(0, slash));
    String name = bare.substring(slash + 1);
    switch (item) {
      case ListedItem.Folder folder ->
          parent
              .putObject(name)
              .put("type", "directory")
              .put("files", folder.files())
              .put("size", folder.totalBytes());
      case ListedItem.File _ -> {
        ObjectNode file = parent.putObject(name).put("type", "file");
        for (String member :
            new String[] {"size", "size_human", "file_type", "physical_key", "download_url"}) {
          JsonNode value = entry.get(member);
          if (value != null) {
            file.set(member, value);
          }
        }
      }
    }
  }

  private ObjectNode children(String folder) {
    ObjectNode node = root;
    for (String part : folder.split("/", -1)) {
      ObjectNode directory =
          node.get(part) instanceof ObjectNode known
              ? known
              : node.putObject(part).put("type", "directory");
      node = directory.withObjectProperty("children");
    }
    return node;
  }

  ObjectNode toJson() {
    return root;
  }
}
