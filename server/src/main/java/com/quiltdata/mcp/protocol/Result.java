package com.quiltdata.mcp.protocol;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// The result of a method before it is written for a revision.
sealed interface Result {
  /// To be completed and written.
  record Tree(ObjectNode members, Optional<Caching> caching) implements Result {
    static Tree of(ObjectNode members) {
      return new Tree(members, Optional.empty());
    }

    static Tree cached(ObjectNode members, Caching caching) {
      return new Tree(members, Optional.of(caching));
    }
  }

  /// Written before, for this revision and these rights.
  record Prepared(byte[] json) implements Result {}

  /// How long, and for whom, a client may keep a result (MCP 2026-07-28, server/utilities/caching).
  ///
  /// @param life how long
  /// @param isPublic whether it is the same for every caller
  record Caching(Duration life, boolean isPublic) {
    /// Static and the same for all.
    static final Caching FIXED = new Caching(Duration.ofHours(1), true);

    /// Depends on the caller's rights.
    static final Caching BY_CALLER = new Caching(Duration.ofMinutes(5), false);

    /// Depends on the caller, and old as soon as it is read.
    static final Caching NONE = new Caching(Duration.ZERO, false);
  }
}
