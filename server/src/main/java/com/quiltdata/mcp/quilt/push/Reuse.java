package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.manifest.EntryCursor;
import com.quiltdata.mcp.quilt.manifest.EntrySource;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.registry.RegistryLayout;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Which objects a push may name although it has not written them: those that nobody takes back.
/// Thread-safe.
///
/// An object belongs to the push that has written it until that publishes; if it fails, it removes
/// the object. So others use an object once it has been there for an hour, or is a part of the
/// package already.
final class Reuse {
  /// After this time nobody removes an object for a push that failed.
  static final Duration SETTLED = Duration.ofHours(1);

  private final ObjectStore store;
  private final InstantSource clock;
  private final List<EntrySource> revisions;
  private final Set<LogicalKey> keys;
  private final Set<String> digits;
  private Optional<Set<ObjectLocation>> published = Optional.empty();

  /// A rule for one push.
  ///
  /// @param store reads the revisions
  /// @param clock compares with the times of objects
  /// @param revisions that are published; read once, and only when a young object is found
  /// @param keys of the entries whose bytes are placed
  /// @param digits of their chunked hashes
  Reuse(
      ObjectStore store,
      InstantSource clock,
      List<EntrySource> revisions,
      Set<LogicalKey> keys,
      Set<String> digits) {
    this.store = store;
    this.clock = clock;
    this.revisions = List.copyOf(revisions);
    this.keys = Set.copyOf(keys);
    this.digits = Set.copyOf(digits);
  }

  /// Whether an object may be named.
  ///
  /// @param there found where bytes of this push would go
  boolean isSafe(ObjectInfo there) {
    return there.lastModified().isBefore(clock.instant().minus(SETTLED))
        || published().contains(there.location());
  }

  private synchronized Set<ObjectLocation> published() {
    if (published.isEmpty()) {
      Set<ObjectLocation> named = new HashSet<>();
      revisions.forEach(revision -> collect(revision, named));
      published = Optional.of(named);
    }
    return published.get();
  }

  /// Keeps only what may be asked for. A revision that is damaged or gone names nothing.
  private void collect(EntrySource revision, Set<ObjectLocation> named) {
    try (EntryCursor entries = revision.open()) {
      for (var entry = entries.next(); entry.isPresent(); entry = entries.next()) {
        ManifestEntry one = entry.get();
        one.physicalKey()
            .locate(store)
            .filter(location ->
                keys.contains(one.logicalKey())
                    || RegistryLayout.digits(location.key()).filter(digits::contains).isPresent())
            .ifPresent(named::add);
      }
    } catch (Fault e) {
      if (e.code() != FaultCode.CORRUPT_DATA && e.code() != FaultCode.NOT_FOUND) {
        throw e;
      }
    }
  }
}
