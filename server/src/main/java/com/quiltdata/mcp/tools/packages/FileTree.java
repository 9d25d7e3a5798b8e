package com.quiltdata.mcp.tools.packages;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.json.VisibleJson;
import com.quiltdata.mcp.quilt.manifest.ListedItem;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Files and folders of one page as a tree: name to `{type: file, …}` or to `{type: directory,
/// children}`. So that every reader of JSON can follow, the tree ends after a number of levels;
/// what is deeper stands there under the rest of its path.
final class FileTree {
  private static final int MAX_LEVELS = 32;
  private static final List<String> FILE_MEMBERS =
      List.of("size", "size_human", "file_type", "physical_key", "download_url");
  // Text of a folder of the tree beside its name.
  private static final long FOLDER_BYTES = 40;

  private final ObjectNode root = StrictJson.NODES.objectNode();

  /// How an item looks in the tree.
  ///
  /// @param item what
  /// @param entry the same as a member of `entries`
  static ObjectNode leaf(ListedItem item, ObjectNode entry) {
    return switch (item) {
      case ListedItem.Folder folder -> {
        ObjectNode directory =
            StrictJson.NODES
                .objectNode()
                .put("type", "directory")
                .put("files", folder.files())
                .put("size", folder.totalBytes());
        directory.putObject("children");
        yield directory;
      }
      case ListedItem.File _ -> {
        ObjectNode file = StrictJson.NODES.objectNode().put("type", "file");
        for (String member : FILE_MEMBERS) {
          JsonNode value = entry.get(member);
          if (value != null) {
            file.set(member, value);
          }
        }
        yield file;
      }
    };
  }

  /// The most bytes that the tree grows by with an item.
  static long bytes(ListedItem item, ObjectNode leaf) {
    long levels = item.path().chars().filter(c -> c == '/').limit(MAX_LEVELS).count();
    return VisibleJson.bytes(leaf) + VisibleJson.bytes(item.path()) + (levels + 1) * FOLDER_BYTES;
  }

  void add(ListedItem item, ObjectNode leaf) {
    String path = item.path();
    String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    String[] parts = bare.split("/", MAX_LEVELS);
    ObjectNode node = root;
    for (int i = 0; i < parts.length - 1; i++) {
      node = children(node, parts[i]);
    }
    node.set(parts[parts.length - 1], leaf);
  }

  private static ObjectNode children(ObjectNode parent, String name) {
    ObjectNode directory =
        parent.get(name) instanceof ObjectNode known
            ? known
            : parent.putObject(name).put("type", "directory");
    return directory.withObjectProperty("children");
  }

  ObjectNode toJson() {
    return root;
  }
}
