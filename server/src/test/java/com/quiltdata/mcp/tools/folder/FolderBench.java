package com.quiltdata.mcp.tools.folder;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.tools.ToolBench.Answer;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Objects below a prefix, a registry, and the tools over them.
final class FolderBench {
  static final String TOOL = "package_create_from_s3";

  final InMemoryObjectStore store = new InMemoryObjectStore();
  final ToolBench tools = new ToolBench(store);

  FolderBench() {
    store.addVersionedBucket("lab");
    store.addVersionedBucket("registry");
    store.add("lab", "run/1/a.csv", "x,y\n1,2\n");
    store.add("lab", "run/2/b.csv", "x,y\n3,4\n");
    store.add("lab", "run/plate.png", "png");
    store.add("lab", "run/notes.md", "# notes");
    store.add("lab", "other/c.csv", "no");
  }

  /// Arguments of a call, with others put over them.
  static ObjectNode arguments(Object... more) {
    ObjectNode arguments =
        ToolBench.arguments(
            "source_bucket",
            "lab",
            "source_prefix",
            "run/",
            "package_name",
            "team/run",
            "target_registry",
            "s3://registry");
    arguments.setAll(ToolBench.arguments(more));
    return arguments;
  }

  Answer call(Object... more) {
    return tools.call(Callers.LOCAL, TOOL, arguments(more));
  }

  static List<String> texts(JsonNode list) {
    return list.valueStream().map(JsonNode::stringValue).toList();
  }

  /// The logical keys of the latest revision.
  static List<String> files(ToolBench at, String registry, String name) {
    return at.local("package_browse", "registry", registry, "package_name", name, "limit", 1_000)
        .succeeds()
        .get("entries")
        .valueStream()
        .map(entry -> entry.get("logical_key").stringValue())
        .toList();
  }

  /// The text of a file of the package that was made.
  String text(String key) {
    JsonNode entries =
        tools
            .local("package_browse", "registry", "registry", "package_name", "team/run")
            .get("entries");
    String uri =
        entries
            .valueStream()
            .filter(entry -> entry.get("logical_key").stringValue().equals(key))
            .map(entry -> entry.get("s3_uri").stringValue())
            .findFirst()
            .orElseThrow();
    return new String(store.bytes(uri), UTF_8);
  }
}
