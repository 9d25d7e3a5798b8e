package com.quiltdata.mcp.quilt.push;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.checker.FolderShelf;
import com.quiltdata.mcp.checker.RegistryChecker;
import com.quiltdata.mcp.checker.Shelf;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.manifest.ManifestReader;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.PutOptions;
import com.quiltdata.mcp.storage.local.LocalObjectStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/// A registry to push to, and a bucket with data beside it.
///
/// @param kind what keeps them
/// @param store reaches both
/// @param shelf how a stranger reads the registry
public record TestRegistry(StoreKind kind, ObjectStore store, Shelf shelf) {
  public static final BucketName BUCKET = new BucketName("registry");
  public static final BucketName DATA = new BucketName("other-data");
  public static final PackageName NAME = PackageName.parse("team/set");
  public static final InstantSource CLOCK =
      InstantSource.fixed(Instant.ofEpochSecond(1_800_000_000));

  /// Replaces whatever is the latest revision.
  public static final PushOptions ON_TOP = PushOptions.DEFAULT.expecting(Expected.ANYTHING);

  /// A clock that stands still, some seconds later for each round.
  public static InstantSource clock(int round) {
    return InstantSource.fixed(CLOCK.instant().plusSeconds(5L * round));
  }

  public static TestRegistry of(StoreKind kind, Path folder) {
    return switch (kind) {
      case VERSIONED -> versioned();
      case PLAIN -> plain();
      case FOLDER -> {
        try {
          Files.createDirectories(folder.resolve(BUCKET.value()));
          Files.createDirectories(folder.resolve(DATA.value()));
          yield new TestRegistry(
              kind,
              new LocalObjectStore(folder),
              new FolderShelf(folder.toRealPath().resolve(BUCKET.value())));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    };
  }

  /// One in memory, with versions.
  public static TestRegistry versioned() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    store.addVersionedBucket(BUCKET.value());
    store.addVersionedBucket(DATA.value());
    return new TestRegistry(StoreKind.VERSIONED, store, new MemoryShelf(store, BUCKET));
  }

  /// One in memory, without versions.
  public static TestRegistry plain() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    store.addBucket(BUCKET.value());
    store.addBucket(DATA.value());
    return new TestRegistry(StoreKind.PLAIN, store, new MemoryShelf(store, BUCKET));
  }

  public Registry registry() {
    return new Registry(store, BUCKET);
  }

  public Push push() {
    return new Push(store, BUCKET, _ -> true, CLOCK);
  }

  public PushOutcome push(PackageEdit edit, PushOptions options) {
    return push().push(NAME, edit, options, PushProgress.NONE);
  }

  /// Pushes revisions of one file each.
  public List<TopHash> revisions(int count) {
    List<TopHash> revisions = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      revisions.add(hash(push(creating("a", text("revision " + i)), ON_TOP)));
    }
    return revisions;
  }

  /// The revision that was written.
  public static TopHash hash(PushOutcome outcome) {
    return outcome.topHash().orElseThrow();
  }

  /// Stores an object.
  public ObjectLocation put(BucketName bucket, String key, String text) {
    ObjectLocation location = ObjectLocation.of(bucket, key);
    store.put(location, new ByteArrayInputStream(text.getBytes(UTF_8)), PutOptions.NONE);
    return location;
  }

  /// What a stranger finds wrong.
  public List<String> problems() {
    return RegistryChecker.problems(shelf);
  }

  /// Every key of the registry's bucket.
  public List<String> keys() {
    return new MemoryShelf(store, BUCKET).keys("");
  }

  public List<ManifestEntry> entries(TopHash hash) {
    List<ManifestEntry> entries = new ArrayList<>();
    try (ManifestReader reader = registry().open(hash)) {
      for (var entry = reader.nextEntry(); entry.isPresent(); entry = reader.nextEntry()) {
        entries.add(entry.get());
      }
    }
    return entries;
  }

  public static Change object(ObjectLocation location) {
    return new Change.PutObject(location, Optional.empty());
  }

  public static Change text(String text) {
    return new Change.PutBytes(
        ByteBuffer.wrap(text.getBytes(UTF_8)), Optional.of("text/plain"), Optional.empty());
  }

  public static ObjectNode json(String text) {
    return (ObjectNode) new StrictJson(com.quiltdata.mcp.json.JsonLimits.DEFAULT).read(text);
  }

  /// Changes from keys and changes in turn.
  public static Map<LogicalKey, Change> changes(Object... pairs) {
    Map<LogicalKey, Change> changes = new TreeMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      changes.put(LogicalKey.parse((String) pairs[i]), (Change) pairs[i + 1]);
    }
    return changes;
  }

  public static PackageEdit creating(Object... pairs) {
    return PackageEdit.create(changes(pairs), MetadataEdit.KEEP, Optional.of("made"));
  }

  public static PackageEdit updating(TopHash base, Object... pairs) {
    return PackageEdit.update(
        new BaseRevision(BUCKET, base), changes(pairs), MetadataEdit.KEEP, Optional.of("changed"));
  }
}
