package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.registry.RegistryLayout;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import tools.jackson.databind.node.ObjectNode;

/// Finds the objects that become files of a package, and pins the version of each.
///
/// @param store reads with the rights of the caller
/// @param reach which buckets the caller may read
record Lookup(ObjectStore store, Predicate<BucketName> reach) {
  /// What an object has for a version where versioning was suspended: the next write replaces it.
  private static final String UNPINNED = "null";

  /// Finds all of them.
  ///
  /// @param changes without a source for keys that go
  /// @param progress hears of each
  /// @return the sources of all other keys
  SortedMap<LogicalKey, Source> sources(
      Map<LogicalKey, ? extends Change> changes, StepProgress progress) {
    SortedMap<LogicalKey, Source> sources = new TreeMap<>();
    PerKey.map(changes.entrySet(), this::source, progress)
        .forEach((key, found) -> found.ifPresent(source -> sources.put(key, source)));
    return sources;
  }

  private Optional<Source> source(LogicalKey key, Change change) {
    return switch (change) {
      case Change.Remove() -> Optional.empty();
      case Change.PutBytes bytes ->
          Optional.of(
              new Source.Given(
                  bytes.bytes(), bytes.contentType(), Optional.empty(), meta(bytes.userMeta())));
      case Change.PutObject(ObjectLocation location, Optional<ObjectNode> userMeta) ->
          Optional.of(new Source.Stored(find(key, location), Optional.empty(), meta(userMeta)));
      case Change.PutEntry(ManifestEntry entry) -> Optional.of(ofEntry(key, entry));
    };
  }

  private static ObjectNode meta(Optional<ObjectNode> userMeta) {
    ObjectNode meta = StrictJson.NODES.objectNode();
    userMeta.ifPresent(user -> meta.set("user_meta", user));
    return meta;
  }

  private Source ofEntry(LogicalKey key, ManifestEntry entry) {
    ObjectLocation location =
        entry
            .physicalKey()
            .locate(store)
            .orElseThrow(() ->
                new Fault(
                    FaultCode.INVALID_ARGUMENT,
                    "The bytes of %s are a file outside this storage: store them as an object first"
                        .formatted(Quoted.of(key.value()))));
    ObjectInfo info = find(key, location);
    if (entry.sizeBytes().isPresent() && entry.sizeBytes().getAsLong() != info.sizeBytes()) {
      throw new Fault(
          FaultCode.CORRUPT_DATA,
          "The bytes of %s at %s changed: there are %d, and the package says %d"
              .formatted(
                  Quoted.of(key.value()),
                  Quoted.of(location.uri()),
                  info.sizeBytes(),
                  entry.sizeBytes().getAsLong()));
    }
    Optional<ObjectHash> hash = entry.hash().filter(_ -> isPinned(location));
    return new Source.Stored(info, hash, entry.meta());
  }

  /// Whether the bytes of a place are the same for ever.
  static boolean isFixed(ObjectLocation location) {
    return isPinned(location) || RegistryLayout.isStable(location.key());
  }

  /// Whether a location names a version that no write replaces.
  static boolean isPinned(ObjectLocation location) {
    return location.versionId().filter(version -> !version.equals(UNPINNED)).isPresent();
  }

  private ObjectInfo find(LogicalKey key, ObjectLocation location) {
    if (!reach.test(location.bucket())) {
      throw new Fault(
          FaultCode.FORBIDDEN_BUCKET,
          "The bytes of %s are in bucket %s, which this caller may not read"
              .formatted(Quoted.of(key.value()), location.bucket()));
    }
    return store
        .find(location)
        .orElseThrow(() ->
            new Fault(
                FaultCode.NOT_FOUND,
                "Object %s, which should become %s, does not exist"
                    .formatted(Quoted.of(location.uri()), Quoted.of(key.value()))));
  }
}
