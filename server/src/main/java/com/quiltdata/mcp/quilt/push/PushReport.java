package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.manifest.MeasuredManifest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/// Tells what a push did, or would do.
///
/// @param edit what was asked for
/// @param replaced changed keys that the base has
/// @param previous what `latest` was
/// @param placement knows what is copied
record PushReport(
    PackageEdit edit, Set<LogicalKey> replaced, Optional<TopHash> previous, Placement placement) {

  /// Nothing was written, because it was a dry run.
  PushOutcome planned(
      Draft draft, MeasuredManifest measured, SortedMap<LogicalKey, Source> sources) {
    Set<LogicalKey> copied = new HashSet<>();
    long copiedBytes = 0;
    for (Map.Entry<LogicalKey, Source> source : sources.entrySet()) {
      if (placement.copies(source.getKey(), source.getValue())) {
        copied.add(source.getKey());
        copiedBytes += source.getValue().sizeBytes();
      }
    }
    return new PushOutcome(
        PushOutcome.Result.PLANNED,
        draft.isHashed() ? Optional.of(measured.topHash()) : Optional.empty(),
        previous,
        Optional.empty(),
        measured.entries(),
        measured.totalBytes(),
        copied.size(),
        copiedBytes,
        changes(draft, copied),
        List.of());
  }

  /// Nothing was written, because the revision is the latest one.
  PushOutcome alreadyThere(Draft draft, MeasuredManifest measured) {
    return new PushOutcome(
        PushOutcome.Result.ALREADY_THERE,
        Optional.of(measured.topHash()),
        previous,
        Optional.empty(),
        measured.entries(),
        measured.totalBytes(),
        0,
        0,
        changes(draft, Set.of()),
        List.of());
  }

  /// The revision was published.
  PushOutcome written(
      Draft draft,
      MeasuredManifest measured,
      SortedMap<LogicalKey, Placed> placed,
      String pointer,
      Optional<String> warning) {
    Set<LogicalKey> copied = new HashSet<>();
    long copiedBytes = 0;
    long unpinned = 0;
    for (Map.Entry<LogicalKey, Placed> place : placed.entrySet()) {
      if (place.getValue().written()) {
        copied.add(place.getKey());
        copiedBytes += place.getValue().info().sizeBytes();
      }
      if (placement.mayChange(place.getKey(), place.getValue().info().location())) {
        unpinned++;
      }
    }
    List<String> warnings = new ArrayList<>();
    warning.ifPresent(warnings::add);
    if (unpinned > 0) {
      warnings.add(
          "%d files are objects without a version: whoever overwrites those breaks this revision; push with copies to prevent it"
              .formatted(unpinned));
    }
    return new PushOutcome(
        PushOutcome.Result.WRITTEN,
        Optional.of(measured.topHash()),
        previous,
        Optional.of(pointer),
        measured.entries(),
        measured.totalBytes(),
        copied.size(),
        copiedBytes,
        changes(draft, copied),
        warnings);
  }

  private List<PushedChange> changes(Draft draft, Set<LogicalKey> copied) {
    return edit.changes().keySet().stream()
        .map(key -> change(key, draft.changes().getOrDefault(key, Optional.empty()), copied))
        .toList();
  }

  private PushedChange change(
      LogicalKey key, Optional<ManifestEntry> entry, Set<LogicalKey> copied) {
    PushedChange.Kind kind =
        entry.isEmpty()
            ? PushedChange.Kind.REMOVED
            : replaced.contains(key) ? PushedChange.Kind.REPLACED : PushedChange.Kind.ADDED;
    return new PushedChange(key, kind, entry, copied.contains(key));
  }
}
