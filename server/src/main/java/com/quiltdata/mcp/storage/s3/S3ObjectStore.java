package com.quiltdata.mcp.storage.s3;

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
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.s3.model.Bucket;

/// Objects in S3 with the rights of one caller. Cheap to make: one for each call, so that nothing
/// of a caller outlives it.
///
/// Each method makes one request, and `put` and `copy` one more to look at what they wrote; several
/// for what is 8 MiB or more. A link makes none, unless the region of its bucket has still to be
/// asked for.
public final class S3ObjectStore implements ObjectStore {
  private final Conversation conversation;
  private final S3Listing listing;
  private final S3Reading reading;
  private final S3Writing writing;
  private final S3Copying copying;
  private final S3Links links;

  S3ObjectStore(Conversation conversation, InstantSource clock) {
    this.conversation = conversation;
    this.listing = new S3Listing(conversation);
    this.reading = new S3Reading(conversation);
    this.writing = new S3Writing(conversation, reading);
    this.copying = new S3Copying(conversation, reading);
    this.links = new S3Links(conversation, clock);
  }

  /// The buckets of the caller's account.
  ///
  /// @throws Fault [FaultCode#FORBIDDEN_ACTION] where the caller may not list them, though buckets
  ///   that it names may well be open to it
  @Override
  public List<BucketName> buckets() {
    return listed().stream()
        .map(Bucket::name)
        .filter(BucketName::isValid)
        .map(BucketName::new)
        .sorted()
        .toList();
  }

  private List<Bucket> listed() {
    try {
      return conversation
          .ask(
              "the list of buckets",
              client -> client.listBuckets(r -> r.overrideConfiguration(conversation.signed())))
          .buckets();
    } catch (Fault e) {
      if (e.code() == FaultCode.FORBIDDEN_ACTION) {
        throw new Fault(
            e.code(), "AWS does not let this identity list buckets: name the one that is meant", e);
      }
      throw e;
    }
  }

  @Override
  public ObjectPage list(ListRequest request) {
    return listing.page(request);
  }

  @Override
  public String tokenAfter(ListRequest request, String key) {
    return ListPlace.after(key).text(request);
  }

  @Override
  public Optional<ObjectInfo> find(ObjectLocation location) {
    return reading.find(location);
  }

  @Override
  public ObjectContent open(ObjectLocation location, ByteRange range) {
    return reading.open(location, range);
  }

  @Override
  public ObjectInfo put(ObjectLocation location, InputStream bytes, PutOptions options) {
    return writing.put(location, bytes, options);
  }

  @Override
  public ObjectInfo copy(ObjectLocation source, ObjectLocation target, Precondition condition) {
    return copying.copy(source, target, condition);
  }

  @Override
  public List<StoredChecksum> checksums(ObjectLocation location) {
    return new S3Checksums(conversation).of(location);
  }

  @Override
  public void delete(ObjectLocation location, Precondition condition) {
    writing.delete(location, condition);
  }

  @Override
  public ObjectLink link(ObjectLocation location, Duration life) {
    return links.link(location, life);
  }

  /// Nowhere: objects are no files of this host.
  @Override
  public Optional<ObjectLocation> locate(Path file) {
    return Optional.empty();
  }

  /// None: objects are no files of this host.
  @Override
  public Optional<Path> file(ObjectLocation location) {
    return Optional.empty();
  }

  @Override
  public boolean keepsVersions() {
    return true;
  }
}
