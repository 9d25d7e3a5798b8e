package com.quiltdata.mcp.tools.packages;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// Writes packages that no client would write. Their top hashes are made up.
public final class TestPackages {
  /// The bucket of all of them.
  public static final String BUCKET = "team";

  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  private final InMemoryObjectStore store;
  private int pushes;

  /// Packages in the bucket of a store.
  public TestPackages(InMemoryObjectStore store) {
    this.store = store;
    store.addBucket(BUCKET);
  }

  /// An entry of one byte.
  public static ObjectNode entry(String key, String physicalKey) {
    ObjectNode entry = StrictJson.NODES.objectNode().put("logical_key", key);
    entry.putArray("physical_keys").add(physicalKey);
    entry.put("size", 1).putObject("hash").put("type", "SHA256").put("value", "00");
    entry.putObject("meta");
    return entry;
  }

  /// An entry whose bytes are in the same bucket.
  public static ObjectNode entry(String key) {
    return entry(key, "s3://" + BUCKET + "/data");
  }

  /// The first line of a manifest.
  public static ObjectNode header() {
    return StrictJson.NODES.objectNode().put("version", "v0").putNull("message");
  }

  /// Pushes a revision.
  ///
  /// @return its top hash
  public String push(String name, ObjectNode header, List<ObjectNode> entries) {
    pushes++;
    String hash = "%064x".formatted(0xabcdef00000000L + pushes);
    store.add(
        BUCKET,
        ".quilt/packages/" + hash,
        JSON.text(header)
            + "\n"
            + entries.stream()
                .map(JSON::text)
                .map("%s\n"::formatted)
                .collect(Collectors.joining()));
    point(name, Integer.toString(1_700_000_000 + pushes), hash);
    point(name, "latest", hash);
    return hash;
  }

  /// Writes a pointer.
  public void point(String name, String pointer, String content) {
    store.add(BUCKET, ".quilt/named_packages/%s/%s".formatted(name, pointer), content);
  }
}
