package com.quiltdata.mcp.quilt.check;

import com.quiltdata.mcp.quilt.TopHash;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a check found.
///
/// @param revision the name of the manifest
/// @param computed the top hash of its content; empty when it has none
/// @param entries that could be read
/// @param totalBytes their sizes together, as the manifest says
/// @param counts how often each code was found
/// @param findings the first of them, in the order of the manifest
public record CheckReport(
    TopHash revision,
    Optional<TopHash> computed,
    long entries,
    long totalBytes,
    SortedMap<FindingCode, Long> counts,
    List<Finding> findings) {

  /// Copies map and list.
  public CheckReport {
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    findings = List.copyOf(findings);
  }

  /// Whether the package is what it should be, as far as it was looked at.
  public boolean isSound() {
    return counts.keySet().stream().noneMatch(FindingCode::isError);
  }

  /// Whether more was found than is listed.
  public boolean isTruncated() {
    return counts.values().stream().mapToLong(Long::longValue).sum() > findings.size();
  }
}
