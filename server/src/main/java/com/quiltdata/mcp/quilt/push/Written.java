package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.concurrent.InParallel;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.Precondition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/// The objects that one push has written, which belong to it alone until it publishes, and for an
/// hour at most: see [Reuse]. Thread-safe.
final class Written {
  /// Half of what others leave them alone for: clocks differ, and removing takes time.
  private static final Duration MINE = Reuse.SETTLED.dividedBy(2);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final ObjectStore store;
  private final InstantSource clock;
  private final Queue<ObjectInfo> objects = new ConcurrentLinkedQueue<>();

  Written(ObjectStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /// Remembers an object.
  ///
  /// @return the same
  ObjectInfo add(ObjectInfo object) {
    objects.add(object);
    return object;
  }

  /// Removes everything again because the push has failed, interrupted or not.
  ///
  /// @param failure why
  /// @return what to throw: the failure, which tells of what could not be removed
  RuntimeException takenBack(RuntimeException failure) {
    if (objects.isEmpty()) {
      return failure;
    }
    List<ObjectInfo> left;
    try {
      left = Cancellation.shielded(this::remove);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
      left = List.copyOf(objects);
    }
    return left.isEmpty() || !(failure instanceof Fault fault)
        ? failure
        : new Fault(
            fault.code(),
            "%s. Objects that the push had written could not be removed: %d, the first is %s"
                .formatted(
                    fault.text(), left.size(), Quoted.visible(left.getFirst().location().uri())),
            failure);
  }

  /// @return what stays
  private List<ObjectInfo> remove() {
    long end = System.nanoTime() + PATIENCE.toNanos();
    List<ObjectInfo> all = List.copyOf(objects);
    List<Boolean> gone = InParallel.map(all, object -> System.nanoTime() < end && remove(object));
    return java.util.stream.IntStream.range(0, all.size())
        .filter(i -> !gone.get(i))
        .mapToObj(all::get)
        .toList();
  }

  private boolean remove(ObjectInfo object) {
    Instant oldest = clock.instant().minus(MINE);
    if (object.lastModified().isBefore(oldest)) {
      return false;
    }
    try {
      if (Lookup.isPinned(object.location())) {
        store.delete(object.location());
      } else {
        store.delete(object.location().withoutVersion(), new Precondition.Unchanged(object.etag()));
      }
      return true;
    } catch (Fault _) {
      return false;
    }
  }
}
