package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.quilt.TopHash;
import java.util.List;
import java.util.Optional;

/// What a push did, or would do.
///
/// @param result how it ended
/// @param topHash of the revision; empty when a dry run would have to read too much to know it
/// @param previous what `latest` was before
/// @param pointer the name of the pointer with a time; empty when none was written
/// @param entries files of the revision
/// @param totalBytes their sizes together
/// @param copiedObjects how many objects were, or would be, copied or written
/// @param copiedBytes their sizes together
/// @param changes what became of each changed key, in tree order
/// @param warnings sentences for the caller
public record PushOutcome(
    Result result,
    Optional<TopHash> topHash,
    Optional<TopHash> previous,
    Optional<String> pointer,
    long entries,
    long totalBytes,
    long copiedObjects,
    long copiedBytes,
    List<PushedChange> changes,
    List<String> warnings) {

  /// How a push ended.
  public enum Result {
    /// The revision is there and `latest` names it.
    WRITTEN,
    /// `latest` names this very revision already; nothing was written.
    ALREADY_THERE,
    /// It was a dry run.
    PLANNED
  }

  /// Copies the lists.
  public PushOutcome {
    changes = List.copyOf(changes);
    warnings = List.copyOf(warnings);
  }
}
