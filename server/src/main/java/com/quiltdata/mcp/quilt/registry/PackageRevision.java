package com.quiltdata.mcp.quilt.registry;

import com.quiltdata.mcp.quilt.RevisionReference;
import com.quiltdata.mcp.quilt.TopHash;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// A revision of a package and the pointers that name it.
///
/// @param hash names the manifest
/// @param pointers at least one; times first, oldest first, then `latest` and tags
public record PackageRevision(TopHash hash, List<Pointer> pointers) {
  /// Newest push first, what was never pushed under a time last.
  static final Comparator<PackageRevision> NEWEST_FIRST =
      Comparator.comparing((PackageRevision revision) -> revision.pushed().orElse(Instant.MIN))
          .reversed();

  /// Copies the pointers.
  public PackageRevision {
    pointers = List.copyOf(pointers);
  }

  /// When it was pushed last, by the names of its pointers; empty when only tags name it.
  public Optional<Instant> pushed() {
    return pointers.stream().flatMap(pointer -> pointer.pushed().stream()).max(Instant::compareTo);
  }

  /// Whether `latest` names it.
  public boolean isLatest() {
    return pointers.stream().anyMatch(pointer -> pointer.name().equals(RevisionReference.LATEST));
  }
}
