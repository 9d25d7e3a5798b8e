package com.quiltdata.mcp.protocol;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongConsumer;
import tools.jackson.databind.node.ObjectNode;

/// The result of a method before it is written for a revision.
sealed interface Result {
  /// To be completed and written.
  ///
  /// @param type `resultType` of the stateless revisions
  /// @param members all else
  /// @param caching how long it may be kept
  record Tree(String type, ObjectNode members, Optional<Caching> caching) implements Result {
    static Tree of(ObjectNode members) {
      return new Tree("complete", members, Optional.empty());
    }

    static Tree cached(ObjectNode members, Caching caching) {
      return new Tree("complete", members, Optional.of(caching));
    }

    /// The client has to answer first.
    static Tree asking(ObjectNode members) {
      return new Tree("input_required", members, Optional.empty());
    }

    /// The client has to ask again later.
    static Tree task(ObjectNode members) {
      return new Tree("task", members, Optional.empty());
    }
  }

  /// Tells somebody how long it became when it was written.
  ///
  /// @param result what is written
  /// @param written is told the bytes of the whole response
  record Counted(Tree result, LongConsumer written) implements Result {}

  /// Opens a session.
  ///
  /// @param result of the `initialize`
  /// @param sessionId what the client repeats from then on
  record Opening(Tree result, String sessionId) implements Result {}

  /// There is nothing to send: the stream has ended.
  record Silence() implements Result {}

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
