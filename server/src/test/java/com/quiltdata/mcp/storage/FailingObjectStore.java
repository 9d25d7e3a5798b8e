package com.quiltdata.mcp.storage;

import com.quiltdata.mcp.fault.Fault;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Fails whatever is asked.
///
/// @param fault how
public record FailingObjectStore(Fault fault) implements ObjectStore {
  @Override
  public List<BucketName> buckets() {
    throw fault;
  }

  @Override
  public ObjectPage list(ListRequest request) {
    throw fault;
  }

  @Override
  public String tokenAfter(ListRequest request, String key) {
    throw fault;
  }

  @Override
  public Optional<ObjectInfo> find(ObjectLocation location) {
    throw fault;
  }

  @Override
  public ObjectContent open(ObjectLocation location, ByteRange range) {
    throw fault;
  }

  @Override
  public ObjectInfo put(ObjectLocation location, InputStream bytes, PutOptions options) {
    throw fault;
  }

  @Override
  public void delete(ObjectLocation location, Precondition condition) {
    throw fault;
  }

  @Override
  public ObjectLink link(ObjectLocation location, Duration life) {
    throw fault;
  }

  @Override
  public Optional<ObjectLocation> locate(Path file) {
    throw fault;
  }

  @Override
  public ObjectInfo copy(ObjectLocation source, ObjectLocation target, Precondition condition) {
    throw fault;
  }

  @Override
  public List<StoredChecksum> checksums(ObjectLocation location) {
    throw fault;
  }

  @Override
  public Optional<Path> file(ObjectLocation location) {
    throw fault;
  }

  @Override
  public boolean keepsVersions() {
    throw fault;
  }
}
