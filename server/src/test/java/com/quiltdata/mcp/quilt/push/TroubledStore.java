package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.Precondition;
import com.quiltdata.mcp.storage.PutOptions;
import java.io.InputStream;
import java.util.Optional;

/// A store in which something happens at one call; the ones behind it work again.
class TroubledStore extends CallByCallStore {
  private static final String MANIFESTS = ".quilt/packages/";

  private final Thread pusher = Thread.currentThread();
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

  @Override
  void before(int number) {
    if (number == at && event != GivenUpTest.Event.INTERRUPT_AFTER) {
      trouble();
    }
  }

  @Override
  void behind(int number) {
    if (number == at && event == GivenUpTest.Event.INTERRUPT_AFTER) {
      trouble();
    }
  }

  @Override
  public Optional<ObjectInfo> find(ObjectLocation location) {
    beforeLook(location.key());
    return super.find(location);
  }

  @Override
  public ObjectContent open(ObjectLocation location, ByteRange range) {
    beforeLook(location.key());
    return super.open(location, range);
  }

  @Override
  public ObjectInfo put(ObjectLocation location, InputStream bytes, PutOptions options) {
    if (location.key().startsWith(MANIFESTS)) {
      beforeManifest();
    }
    return super.put(location, bytes, options);
  }

  @Override
  public void delete(ObjectLocation location, Precondition condition) {
    beforeRemoval();
    super.delete(location, condition);
  }
}
