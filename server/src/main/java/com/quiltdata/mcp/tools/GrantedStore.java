package com.quiltdata.mcp.tools;

import com.quiltdata.mcp.auth.Decision;
import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLink;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectPage;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.Precondition;
import com.quiltdata.mcp.storage.PutOptions;
import com.quiltdata.mcp.storage.StoredChecksum;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Storage for one call of somebody with a token. It holds each request to the claims, whatever the
/// tool has checked: a bucket that they do not cover is refused before anything is sent.
///
/// A bucket that the call meets on its way is reached with a grant for the named ones and this one.
final class GrantedStore implements ObjectStore {
  private final CallStorage storage;
  private final Grant grant;
  private final ObjectStore named;

  /// @param storage makes stores that hold to nothing themselves
  GrantedStore(CallStorage storage, Grant grant) {
    this.storage = storage;
    this.grant = grant;
    this.named = storage.of(grant);
  }

  private ObjectStore reaching(BucketName bucket) {
    require(bucket);
    return grant.buckets().contains(bucket) ? named : storage.of(grant.meeting(bucket));
  }

  private void require(BucketName bucket) {
    if (!grant.covers(bucket)) {
      throw new Fault(FaultCode.FORBIDDEN_BUCKET, Decision.noAccessTo(bucket.value()));
    }
  }

  /// Those that can be reached and are covered.
  @Override
  public List<BucketName> buckets() {
    return storage.of(grant.in(Set.of())).buckets().stream().filter(grant::covers).toList();
  }

  @Override
  public ObjectPage list(ListRequest request) {
    return reaching(request.bucket()).list(request);
  }

  @Override
  public String tokenAfter(ListRequest request, String key) {
    require(request.bucket());
    return named.tokenAfter(request, key);
  }

  @Override
  public Optional<ObjectInfo> find(ObjectLocation location) {
    return reaching(location.bucket()).find(location);
  }

  @Override
  public ObjectContent open(ObjectLocation location, ByteRange range) {
    return reaching(location.bucket()).open(location, range);
  }

  @Override
  public ObjectInfo put(ObjectLocation location, InputStream bytes, PutOptions options) {
    return reaching(location.bucket()).put(location, bytes, options);
  }

  @Override
  public ObjectInfo copy(ObjectLocation source, ObjectLocation target, Precondition condition) {
    require(source.bucket());
    require(target.bucket());
    Grant both = grant.meeting(source.bucket()).meeting(target.bucket());
    return (both.equals(grant) ? named : storage.of(both)).copy(source, target, condition);
  }

  @Override
  public List<StoredChecksum> checksums(ObjectLocation location) {
    return reaching(location.bucket()).checksums(location);
  }

  @Override
  public void delete(ObjectLocation location, Precondition condition) {
    reaching(location.bucket()).delete(location, condition);
  }

  @Override
  public ObjectLink link(ObjectLocation location, Duration life) {
    return reaching(location.bucket()).link(location, life);
  }

  @Override
  public Optional<ObjectLocation> locate(Path file) {
    return named.locate(file).filter(location -> grant.covers(location.bucket()));
  }

  @Override
  public Optional<Path> file(ObjectLocation location) {
    require(location.bucket());
    return named.file(location);
  }

  @Override
  public boolean keepsVersions() {
    return named.keepsVersions();
  }
}
