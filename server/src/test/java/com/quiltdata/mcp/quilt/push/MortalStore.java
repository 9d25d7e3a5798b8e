package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ForwardingObjectStore;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectPage;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.Precondition;
import com.quiltdata.mcp.storage.PutOptions;
import com.quiltdata.mcp.storage.StoredChecksum;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// A store in a process that ends at one of its calls, before or after it was done. From then on
/// nothing reaches the store.
final class MortalStore extends ForwardingObjectStore {
  private final AtomicInteger calls = new AtomicInteger();
  private final int last;
  private final boolean done;

  /// @param store what is reached
  /// @param last the number of the call at which the process ends, from 1
  /// @param done whether that call still has its effect
  MortalStore(ObjectStore store, int last, boolean done) {
    super(store);
    this.last = last;
    this.done = done;
  }

  /// The end of the process.
  static final class Killed extends Error {
    private static final long serialVersionUID = 1L;
  }

  /// How many calls there were.
  int calls() {
    return calls.get();
  }

  private <T> T call(Supplier<T> work) {
    int number = calls.incrementAndGet();
    if (number > last || (number == last && !done)) {
      throw new Killed();
    }
    T result = work.get();
    if (number == last) {
      throw new Killed();
    }
    return result;
  }

  @Override
  public ObjectPage list(ListRequest request) {
    return call(() -> super.list(request));
  }

  @Override
  public Optional<ObjectInfo> find(ObjectLocation location) {
    return call(() -> super.find(location));
  }

  @Override
  public ObjectContent open(ObjectLocation location, ByteRange range) {
    return call(() -> super.open(location, range));
  }

  @Override
  public ObjectInfo put(ObjectLocation location, InputStream bytes, PutOptions options) {
    return call(() -> super.put(location, bytes, options));
  }

  @Override
  public ObjectInfo copy(ObjectLocation source, ObjectLocation target, Precondition condition) {
    return call(() -> super.copy(source, target, condition));
  }

  @Override
  public List<StoredChecksum> checksums(ObjectLocation location) {
    return call(() -> super.checksums(location));
  }

  @Override
  public void delete(ObjectLocation location, Precondition condition) {
    call(() -> {
      super.delete(location, condition);
      return location;
    });
  }

  @Override
  public Optional<Path> file(ObjectLocation location) {
    return call(() -> super.file(location));
  }

  @Override
  public List<BucketName> buckets() {
    return call(super::buckets);
  }
}
