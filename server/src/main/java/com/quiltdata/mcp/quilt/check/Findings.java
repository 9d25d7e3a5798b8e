package com.quiltdata.mcp.quilt.check;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// Counts findings and keeps the first. Used by one thread.
final class Findings {
  private final int limit;
  private final SortedMap<FindingCode, Long> counts = new TreeMap<>();
  private final List<Finding> kept = new ArrayList<>();

  /// @param limit how many are kept
  Findings(int limit) {
    this.limit = limit;
  }

  void add(Finding finding) {
    counts.merge(finding.code(), 1L, Long::sum);
    if (kept.size() < limit) {
      kept.add(finding);
    }
  }

  void addAll(Collection<Finding> findings) {
    findings.forEach(this::add);
  }

  boolean has(FindingCode code) {
    return counts.containsKey(code);
  }

  SortedMap<FindingCode, Long> counts() {
    return counts;
  }

  List<Finding> kept() {
    return kept;
  }
}
