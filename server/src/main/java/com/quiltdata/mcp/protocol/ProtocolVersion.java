package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.input.ClientCapability;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// The revisions of MCP that are spoken here, oldest first. What differs between them stands in
/// [Feature], nowhere else.
public enum ProtocolVersion {
  /// Asked for by old clients; served like 2025-03-26 without its additions.
  V2024_11_05("2024-11-05"),
  /// Brought batches (gone again), audio and tool annotations.
  V2025_03_26("2025-03-26"),
  /// Brought structured results, titles and resource links.
  V2025_06_18("2025-06-18"),
  /// The newest revision that begins with `initialize`.
  V2025_11_25("2025-11-25"),
  /// Stateless: every request carries what it needs.
  V2026_07_28("2026-07-28");

  /// What not every revision has, from its first revision to its last.
  enum Feature {
    /// Several messages in one array.
    BATCH(V2024_11_05, V2025_03_26),
    /// An error without a readable request id says `id: null`; elsewhere it has no id.
    NULL_ID(V2024_11_05, V2025_06_18),
    /// Audio content.
    AUDIO(V2025_03_26, V2026_07_28),
    /// Hints on tools.
    ANNOTATIONS(V2025_03_26, V2026_07_28),
    /// The capability `completions`; the method itself is older.
    COMPLETIONS(V2025_03_26, V2026_07_28),
    /// `outputSchema` and `structuredContent`.
    STRUCTURED_OUTPUT(V2025_06_18, V2026_07_28),
    /// `title` beside `name`.
    TITLES(V2025_06_18, V2026_07_28),
    /// `resource_link` content.
    RESOURCE_LINKS(V2025_06_18, V2026_07_28),
    /// Elicitation.
    ELICITATION(V2025_06_18, V2026_07_28),
    /// Elicitation by a form or by a page to open.
    ELICITATION_MODES(V2025_11_25, V2026_07_28),
    /// `description` of the server.
    SERVER_DESCRIPTION(V2025_11_25, V2026_07_28),
    /// No `initialize`: version and capabilities in every request's `_meta`, headers that repeat
    /// them, `resultType`, caching members and the server's name in results, 404 for unknown
    /// methods, a closed stream cancels.
    STATELESS(V2026_07_28, V2026_07_28);

    private final ProtocolVersion first;
    private final ProtocolVersion last;

    Feature(ProtocolVersion first, ProtocolVersion last) {
      this.first = first;
      this.last = last;
    }
  }

  /// Read where no other sign tells the version.
  static final ProtocolVersion ASSUMED = V2025_03_26;

  /// Offered to an `initialize` that asks for something else.
  static final ProtocolVersion NEWEST_INITIALIZED = V2025_11_25;

  private final String wire;

  ProtocolVersion(String wire) {
    this.wire = wire;
  }

  /// The revision as it travels, for example `2026-07-28`.
  public String wire() {
    return wire;
  }

  boolean has(Feature feature) {
    return compareTo(feature.first) >= 0 && compareTo(feature.last) <= 0;
  }

  /// What a client of this revision can be asked.
  ///
  /// @param declared what it says; other revisions may have more
  Set<ClientCapability> known(Set<ClientCapability> declared) {
    return declared.stream().filter(this::knows).collect(Collectors.toUnmodifiableSet());
  }

  private boolean knows(ClientCapability capability) {
    return switch (capability) {
      case FORM -> has(Feature.ELICITATION);
      case PAGE -> has(Feature.ELICITATION_MODES);
      case SAMPLING, ROOTS -> true;
      case TASKS -> has(Feature.STATELESS);
    };
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
    return Arrays.stream(values())
        .filter(ProtocolVersion::isStateless)
        .map(version -> version.wire)
        .toList();
  }
}
