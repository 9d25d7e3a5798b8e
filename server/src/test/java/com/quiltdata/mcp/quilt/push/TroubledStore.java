package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
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

/// A store in which something happens at one call; the ones behind it work again.
class TroubledStore extends ForwardingObjectStore {
  private static final String MANIFESTS = ".quilt/packages/";

  private final Thread pusher = Thread.currentThread();
  private final AtomicInteger calls = new AtomicInteger();
  private final int at;
  private final GivenUpTest.Event event;
  private volatile boolean interrupted;
  private volatile boolean wroteManifest;

  /// A store for the push of this thread.
  TroubledStore(ObjectStore store, int at, GivenUpTest.Event event) {
    super(store);
    this.at = at;
    this.event = event;
  }

  int calls() {
    return calls.get();
  }

  boolean hasInterrupted() {
    return interrupted;
  }

  boolean wroteManifest() {
    return wroteManifest;
  }

  /// What happens when a manifest is about to be written.
  void beforeManifest() {
    wroteManifest = true;
  }

  /// What happens when an object is looked for.
  void beforeLook(String key) {}

  /// What happens when an object is about to be removed.
  void beforeRemoval() {}

  /// What happens at the call.
  void trouble() {
    switch (event) {
      case INTERRUPT_BEFORE, INTERRUPT_AFTER -> {
        interrupted = true;
        pusher.interrupt();
      }
      case FAULT -> throw new Fault(FaultCode.UPSTREAM_UNAVAILABLE, "S3 did not answer");
    }
  }

  private <T> T call(Supplier<T> work) {
    int number = calls.incrementAndGet();
    if (number == at && event != GivenUpTest.Event.INTERRUPT_AFTER) {
      trouble();
    }
    T result = work.get();
    if (number == at && event == GivenUpTest.Event.INTERRUPT_AFTER) {
      trouble();
    }
    return result;
  }

  @Override
  public ObjectPage list(ListRequest request) {
    return call(() -> super.list(request));
  }

  @Override
  public Optional<ObjectInfo> find(ObjectLocation location) {
    beforeLook(location.key());
    return call(() -> super.find(location));
  }

  @Override
  public ObjectContent open(ObjectLocation location, ByteRange range) {
    beforeLook(location.key());
    return call(() -> super.open(location, range));
  }

  @Override
  public ObjectInfo put(ObjectLocation location, InputStream bytes, PutOptions options) {
    if (location.key().startsWith(MANIFESTS)) {
      beforeManifest();
    }
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
    beforeRemoval();
    super.delete(location, condition);
  }
}
