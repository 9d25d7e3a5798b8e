package com.quiltdata.mcp.quilt.manifest;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// The contents of a package in numbers.
///
/// @param files how many entries there are
/// @param directories how many folders hold them, directly or not
/// @param totalBytes all sizes that are known, together
/// @param fileTypes how many files there are of each extension, lower case without its dot; those
///   without one, and those of extensions behind the first thousand, count under the empty text
public record ManifestSummary(
    long files, long directories, long totalBytes, SortedMap<String, Long> fileTypes) {

  /// Copies the counts.
  public ManifestSummary {
    fileTypes = Collections.unmodifiableSortedMap(new TreeMap<>(fileTypes));
  }
}
