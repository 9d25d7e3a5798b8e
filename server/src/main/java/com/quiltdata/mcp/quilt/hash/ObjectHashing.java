package com.quiltdata.mcp.quilt.hash;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.storage.ObjectStore;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;

/// Hashes stored objects: the chunks of a large one side by side, and many objects side by side.
/// Thread-safe.
///
/// As many threads as there are processors for a store of files, sixteen for a remote one, each
/// with a block of 64 KiB. An interrupt of the thread that asked ends all of them, with a [Fault]
/// of [FaultCode#CANCELLED].
public final class ObjectHashing {
  private static final int REQUESTS = 16;

  private final ObjectStore store;
  private final boolean reuse;
  private final int threads;

  private ObjectHashing(ObjectStore store, boolean reuse) {
    this.store = store;
    this.reuse = reuse;
    // Only a store of files keeps no versions.
    this.threads = store.keepsVersions() ? REQUESTS : Runtime.getRuntime().availableProcessors();
  }

  /// Hashing that reads every byte.
  ///
  /// @param store holds the objects
  public static ObjectHashing reading(ObjectStore store) {
    return new ObjectHashing(store, false);
  }

  /// Hashing that takes a checksum which the store keeps, where the hash follows from it exactly,
  /// and reads the bytes of all other objects.
  ///
  /// @param store holds the objects
  public static ObjectHashing reusingChecksums(ObjectStore store) {
    return new ObjectHashing(store, true);
  }

  /// Hashes one object.
  ///
  /// @param request the object
  /// @return the hash of its bytes
  /// @throws Fault see [HashListener#failed]
  public ObjectHash hash(HashRequest<?> request) {
    return hashAll(List.of(request), _ -> {}).getFirst();
  }

  /// Hashes some objects, all or none.
  ///
  /// @param requests the objects
  /// @param progress hears about once a second how many bytes were hashed
  /// @return the hashes, in the order of the requests
  /// @throws Fault of the first object that failed, see [HashListener#failed]
  public List<ObjectHash> hashAll(List<? extends HashRequest<?>> requests, LongConsumer progress) {
    // Equal requests have equal hashes.
    Map<Object, ObjectHash> hashes = HashMap.newHashMap(requests.size());
    hashAll(
        requests.stream().<HashRequest<Object>>map(ObjectHashing::widened).iterator(),
        new HashListener<>() {
          @Override
          public void hashed(HashRequest<Object> request, ObjectHash hash) {
            hashes.put(request, hash);
          }

          @Override
          public void progressed(long bytes) {
            progress.accept(bytes);
          }
        });
    return requests.stream().map(hashes::get).toList();
  }

  private static HashRequest<Object> widened(HashRequest<?> request) {
    return new HashRequest<>(
        request.subject(), request.location(), request.sizeBytes(), request.kind());
  }

  /// Hashes any number of objects; some of them are in memory at a time.
  ///
  /// @param requests the objects, asked for as they are needed, by the thread that calls
  /// @param listener hears of each
  /// @throws Fault what the listener throws
  public <T> void hashAll(Iterator<HashRequest<T>> requests, HashListener<T> listener) {
    new HashRun<>(new ObjectReader(store, reuse), requests, listener).run(threads);
  }
}
