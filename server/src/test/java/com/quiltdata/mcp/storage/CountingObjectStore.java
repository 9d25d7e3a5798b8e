package com.quiltdata.mcp.storage;

import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Passes everything on and remembers what was asked.
public final class CountingObjectStore implements ObjectStore {
  private final ObjectStore store;
  private final List<String> calls = new ArrayList<>();
  private int writes;

  /// Counts the calls of a store.
  public CountingObjectStore(ObjectStore store) {
    this.store = store;
  }

  /// What was asked, for example `open s3://bucket/key`.
  public synchronized List<String> calls() {
    return List.copyOf(calls);
  }

  /// How often something was written or deleted.
  public synchronized int writes() {
    return writes;
  }

  private synchronized void count(String call) {
    calls.add(call);
  }

  @Override
  public List<BucketName> buckets() {
    count("buckets");
    return store.buckets();
  }

  @Override
  public ObjectPage list(ListRequest request) {
    count("list s3://%s/%s".formatted(request.bucket(), request.prefix()));
    return store.list(request);
  }

  @Override
  public String tokenAfter(ListRequest request, String key) {
    return store.tokenAfter(request, key);
  }

  @Override
  public Optional<ObjectInfo> find(ObjectLocation location) {
    count("find " + location);
    return store.find(location);
  }

  @Override
  public ObjectContent open(ObjectLocation location, ByteRange range) {
    count("open " + location);
    return store.open(location, range);
  }

  @Override
  public ObjectInfo put(ObjectLocation location, InputStream bytes, PutOptions options) {
    count("put " + location);
    countWrite();
    return store.put(location, bytes, options);
  }

  @Override
  public void delete(ObjectLocation location, Precondition condition) {
    count("delete " + location);
    countWrite();
    store.delete(location, condition);
  }

  private synchronized void countWrite() {
    writes++;
  }

  @Override
  public ObjectLink link(ObjectLocation location, Duration life) {
    count("link " + location);
    return store.link(location, life);
  }

  @Override
  public Optional<ObjectLocation> locate(Path file) {
    count("locate");
    return store.locate(file);
  }

  @Override
  public ObjectInfo copy(ObjectLocation source, ObjectLocation target, Precondition condition) {
    count("copy " + source + " " + target);
    countWrite();
    return store.copy(source, target, condition);
  }

  @Override
  public List<StoredChecksum> checksums(ObjectLocation location) {
    count("checksums " + location);
    return store.checksums(location);
  }

  @Override
  public Optional<Path> file(ObjectLocation location) {
    count("file " + location);
    return store.file(location);
  }

  @Override
  public boolean keepsVersions() {
    return store.keepsVersions();
  }
}
