package com.quiltdata.mcp.quilt.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.QuiltFixtures;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Small manifests for tests.
public final class TestManifests {
  public static final String HEADER = "{\"version\": \"v0\", \"message\": null}\n";

  private TestManifests() {}

  public static ManifestHeader header() {
    return new ManifestHeader((ObjectNode) QuiltFixtures.json(HEADER));
  }

  /// An entry from its JSON; a missing physical key becomes one.
  public static ManifestEntry entry(JsonNode json) {
    JsonNode hash = json.get("hash");
    return new ManifestEntry(
        LogicalKey.parse(json.get("logical_key").stringValue()),
        "s3://bucket/key",
        json.get("size"),
        Optional.of(
            new ObjectHash(hash.get("type").stringValue(), hash.get("value").stringValue())),
        (ObjectNode) json.get("meta"));
  }

  public static ManifestEntry entry(String key) {
    return entry(QuiltFixtures.json(line(key, 1, "x")));
  }

  public static String line(String key, long size, String hash) {
    return ("{\"logical_key\": \"%s\", \"physical_keys\": [\"s3://bucket/k\"], \"size\": %d, "
            + "\"hash\": {\"type\": \"SHA256\", \"value\": \"%s\"}, \"meta\": {}}\n")
        .formatted(key, size, hash);
  }

  /// A manifest of files of one byte.
  public static ManifestSource of(List<String> keys) {
    return text(keys.stream().map(key -> line(key, 1, "x")).collect(Collectors.joining()));
  }

  /// A manifest with these lines behind its header.
  public static ManifestSource text(String lines) {
    return raw(HEADER + lines);
  }

  public static ManifestSource raw(String text) {
    return () -> ManifestReader.open(new ByteArrayInputStream(text.getBytes(UTF_8)), "test");
  }
}
