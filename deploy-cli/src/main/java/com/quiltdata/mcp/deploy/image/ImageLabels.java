package com.quiltdata.mcp.deploy.image;

import java.util.Map;
import java.util.TreeMap;

/// What an image says of itself.
///
/// @param version of the release
/// @param revision of the source, a git commit
public record ImageLabels(String version, String revision) {
  static final String PREFIX = "org.opencontainers.image.";

  /// Characters of a revision that tell it from others.
  private static final int ABBREVIATED = 7;

  /// What the server says that it is, in `server/discover` and on `/healthz`.
  public String build() {
    return version + "+" + abbreviated();
  }

  /// The revision as people write it.
  String abbreviated() {
    return revision.substring(0, Math.min(ABBREVIATED, revision.length()));
  }

  Map<String, String> asMap() {
    Map<String, String> labels = new TreeMap<>();
    labels.put(PREFIX + "title", "quilt-mcp-server");
    labels.put(PREFIX + "version", version);
    labels.put(PREFIX + "revision", revision);
    return labels;
  }
}
