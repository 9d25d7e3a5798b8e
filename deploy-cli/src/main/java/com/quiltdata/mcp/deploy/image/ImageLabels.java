package com.quiltdata.mcp.deploy.image;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What an image says of itself.
///
/// @param version of the release
/// @param revision of the source, a git commit; `-dirty` behind it when something was changed since
/// @param source where the source is, `https://example.com/quilt-mcp-server` for example
public record ImageLabels(String version, String revision, Optional<String> source) {
  static final String PREFIX = "org.opencontainers.image.";
  static final String TITLE = PREFIX + "title";
  static final String VERSION = PREFIX + "version";
  static final String REVISION = PREFIX + "revision";

  /// Where the image starts from, as far as that is a registry.
  static final String BASE_NAME = PREFIX + "base.name";

  static final String BASE_DIGEST = PREFIX + "base.digest";

  /// Before the names of its parts: which Java, which program, which cache of classes. Images of
  /// equal parts say the same.
  static final String OWN = "com.quiltdata.mcp.";

  /// The title of every image of the server.
  static final String NAME = "quilt-mcp-server";

  /// The health command of a task definition, as JSON: `["CMD", "/app/bin/health"]`.
  static final String HEALTH = OWN + "health";

  /// Behind a commit with changes.
  private static final String DIRTY = "-dirty";

  /// Characters of a revision that tell it from others.
  private static final int ABBREVIATED = 7;

  /// What the server says that it is, in `server/discover` and on `/healthz`.
  public String build() {
    return version + "+" + abbreviated();
  }

  /// The revision as people write it; what was changed since its commit is told too.
  String abbreviated() {
    String commit = revision.endsWith(DIRTY) ? revision.replace(DIRTY, "") : revision;
    String changed = revision.substring(commit.length());
    return commit.substring(0, Math.min(ABBREVIATED, commit.length())) + changed;
  }

  Map<String, String> asMap() {
    Map<String, String> labels = new TreeMap<>();
    labels.put(TITLE, NAME);
    labels.put(VERSION, version);
    labels.put(REVISION, revision);
    source.ifPresent(where -> labels.put(PREFIX + "source", where));
    return labels;
  }
}
