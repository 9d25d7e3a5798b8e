package com.quiltdata.mcp.protocol;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The revisions of MCP that are spoken here, oldest first, and what each of them has.
///
/// This table is the one place that knows the differences.
public enum ProtocolVersion {
  /// Asked for by old clients; served like 2025-03-26 without its additions.
  V2024_11_05("2024-11-05", EnumSet.of(Feature.BATCH, Feature.NULL_ID)),

  /// Brought batches (gone again), audio and tool annotations.
  V2025_03_26(
      "2025-03-26",
      EnumSet.of(Feature.BATCH, Feature.NULL_ID, Feature.AUDIO, Feature.ANNOTATIONS)),

  /// Brought structured results, titles and resource links.
  V2025_06_18(
      "2025-06-18",
      EnumSet.of(
          Feature.NULL_ID,
          Feature.AUDIO,
          Feature.ANNOTATIONS,
          Feature.STRUCTURED_OUTPUT,
          Feature.TITLES,
          Feature.RESOURCE_LINKS)),

  /// The newest revision that begins with `initialize`.
  V2025_11_25(
      "2025-11-25",
      EnumSet.of(
          Feature.AUDIO,
          Feature.ANNOTATIONS,
          Feature.STRUCTURED_OUTPUT,
          Feature.TITLES,
          Feature.RESOURCE_LINKS,
          Feature.SERVER_DESCRIPTION)),

  /// Stateless: every request carries what it needs.
  V2026_07_28("2026-07-28", EnumSet.complementOf(EnumSet.of(Feature.BATCH, Feature.NULL_ID)));

  /// What a revision may have.
  enum Feature {
    /// Several messages in one array.
    BATCH,
    /// An error without a readable request id says `id: null`; without this, it has no id.
    NULL_ID,
    /// Audio content.
    AUDIO,
    /// Hints on tools.
    ANNOTATIONS,
    /// `outputSchema` and `structuredContent`.
    STRUCTURED_OUTPUT,
    /// `title` beside `name`.
    TITLES,
    /// `resource_link` content.
    RESOURCE_LINKS,
    /// `description` and `websiteUrl` of the server.
    SERVER_DESCRIPTION,
    /// No `initialize`: version and capabilities in every request's `_meta`, headers that repeat
    /// them, `resultType`, caching members and the server's name in results, 404 for unknown
    /// methods.
    STATELESS
  }

  /// Read where no other sign tells the version.
  static final ProtocolVersion ASSUMED = V2025_03_26;

  /// Offered to an `initialize` that asks for something else.
  static final ProtocolVersion NEWEST_INITIALIZED = V2025_11_25;

  private final String wire;
  private final Set<Feature> features;

  ProtocolVersion(String wire, Set<Feature> features) {
    this.wire = wire;
    this.features = Set.copyOf(features);
  }

  /// The revision as it travels, for example `2026-07-28`.
  public String wire() {
    return wire;
  }

  boolean has(Feature feature) {
    return features.contains(feature);
  }

  /// Whether every request stands alone.
  public boolean isStateless() {
    return has(Feature.STATELESS);
  }

  /// The revision of a name.
  ///
  /// @param wire as it travels
  /// @return the revision, or empty for an unknown one
  public static Optional<ProtocolVersion> of(String wire) {
    return Arrays.stream(values()).filter(version -> version.wire.equals(wire)).findFirst();
  }

  /// The names of the revisions that can be used without `initialize`.
  static List<String> statelessNames() {
    return Arrays.stream(values()).filter(ProtocolVersion::isStateless).map(version -> version.wire).toList();
  }
}
