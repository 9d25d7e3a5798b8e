package com.quiltdata.mcp.quilt.manifest;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.quilt.TopHash;

/// What is known of a manifest before it is written.
///
/// @param topHash its name
/// @param sizeBytes length of the file, as [ManifestStream] makes it
/// @param entries how many there are
/// @param totalBytes the sizes of all entries together
public record MeasuredManifest(TopHash topHash, long sizeBytes, long entries, long totalBytes) {

  /// Walks all entries once and keeps none.
  ///
  /// @param entries from the first; not closed
  /// @return the measures
  /// @throws Fault what [ManifestStream] throws, and [FaultCode#CORRUPT_DATA] when an entry has no
  ///   size or no hash
  public static MeasuredManifest of(EntryCursor entries) {
    LineWriter line = new LineWriter();
    line.header(entries.header());
    TopHasher hasher = new TopHasher(entries.header());
    long sizeBytes = line.length();
    long count = 0;
    long totalBytes = 0;
    for (var entry = entries.next(); entry.isPresent(); entry = entries.next()) {
      line.line(entry.get());
      hasher.add(entry.get());
      sizeBytes += line.length();
      count++;
      totalBytes = SummaryCounter.saturated(totalBytes, entry.get().sizeBytes().orElse(0));
    }
    return new MeasuredManifest(hasher.finish(), sizeBytes, count, totalBytes);
  }
}
