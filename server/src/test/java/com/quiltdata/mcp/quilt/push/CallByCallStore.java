package com.quiltdata.mcp.quilt.push;

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
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/// A store whose calls are counted; something may happen before and behind each of them. Removals
/// are not among them.
abstract class CallByCallStore extends ForwardingObjectStore {
  private final AtomicInteger calls = new AtomicInteger();

  CallByCallStore(ObjectStore store) {
    super(store);
  }

  /// How many calls there were.
  final int calls() {
    return calls.get();
  }

  /// What happens before a call.
  ///
  /// @param number of the call, from 1
  abstract void before(int number);

  /// What happens behind a call.
  ///
  /// @param number of the call, from 1
  abstract void behind(int number);

  final <T> T call(Supplier<T> work) {
    int number = calls.incrementAndGet();
    before(number);
    T result = work.get();
    behind(number);
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
}
