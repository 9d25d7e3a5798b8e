package com.quiltdata.mcp.deploy.image;

import java.util.Map;
import java.util.TreeMap;

/// What an image says of itself.
///
/// @param version of the release
/// @param revision of the source, a git commit
public record ImageLabels(String version, String revision) {
  static final String PREFIX = "org.opencontainers.image.";

  Map<String, String> asMap() {
    Map<String, String> labels = new TreeMap<>();
    labels.put(PREFIX + "title", "quilt-mcp-server");
    labels.put(PREFIX + "version", version);
    labels.put(PREFIX + "revision", revision);
    return labels;
  }
}
