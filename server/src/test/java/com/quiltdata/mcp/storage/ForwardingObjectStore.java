package com.quiltdata.mcp.storage;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A store that does what another one does; tests override what should go differently.
public class ForwardingObjectStore implements ObjectStore {
  private final ObjectStore store;

  public ForwardingObjectStore(ObjectStore store) {
    this.store = store;
  }

  @Override
  public List<BucketName> buckets() {
    return store.buckets();
  }

  @Override
  public ObjectPage list(ListRequest request) {
    return store.list(request);
  }

  @Override
  public String tokenAfter(ListRequest request, String key) {
    return store.tokenAfter(request, key);
  }

  @Override
  public Optional<ObjectInfo> find(ObjectLocation location) {
    return store.find(location);
  }

  @Override
  public ObjectContent open(ObjectLocation location, ByteRange range) {
    return store.open(location, range);
  }

  @Override
  public ObjectInfo put(ObjectLocation location, InputStream bytes, PutOptions options) {
    return store.put(location, bytes, options);
  }

  @Override
  public ObjectInfo copy(ObjectLocation source, ObjectLocation target, Precondition condition) {
    return store.copy(source, target, condition);
  }

  @Override
  public List<StoredChecksum> checksums(ObjectLocation location) {
    return store.checksums(location);
  }

  @Override
  public void delete(ObjectLocation location, Precondition condition) {
    store.delete(location, condition);
  }

  @Override
  public ObjectLink link(ObjectLocation location, Duration life) {
    return store.link(location, life);
  }

  @Override
  public Optional<ObjectLocation> locate(Path file) {
    return store.locate(file);
  }

  @Override
  public Optional<Path> file(ObjectLocation location) {
    return store.file(location);
  }

  @Override
  public boolean keepsVersions() {
    return store.keepsVersions();
  }
}
