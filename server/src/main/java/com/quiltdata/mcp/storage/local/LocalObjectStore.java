package com.quiltdata.mcp.storage.local;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
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
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Objects in the folders of this host: each sub-folder of a root that is named as a bucket may be
/// named is a bucket, hidden folders and links are not.
///
/// Ordinary keys are ordinary paths, so folders of plain files can be served; the others are
/// escaped part by part (see `PartNames`). Links are followed inside their bucket only; behind any
/// other one, and behind one that leads back to where it stands, there is nothing. Only regular
/// files are objects. There are no versions: a location with one names nothing. Content type and
/// metadata given on writing are kept where the file system has extended attributes (see
/// `KeptOptions`). Where it ignores case, keys that differ in case only are one object.
public final class LocalObjectStore implements ObjectStore {
  private static final int OPEN_ATTEMPTS = 10;

  private final LocalRoot root;
  private final ObjectWriting writing;

  /// A store that need not exist yet.
  ///
  /// @param root the folder whose sub-folders are buckets
  public LocalObjectStore(Path root) {
    this.root = new LocalRoot(root.toAbsolutePath());
    this.writing = new ObjectWriting(this.root);
  }

  @Override
  public List<BucketName> buckets() {
    return FileFaults.translate("the list of buckets", root::buckets);
  }

  @Override
  public ObjectPage list(ListRequest request) {
    return FileFaults.translate(
        "the list of bucket " + request.bucket(),
        () -> new ObjectListing(request).page(root.bucket(request.bucket())));
  }

  @Override
  public String tokenAfter(ListRequest request, String key) {
    return new ListToken(key, false).text(request);
  }

  @Override
  public Optional<ObjectInfo> find(ObjectLocation location) {
    return FileFaults.translate(
        Quoted.of(location.uri()),
        () -> found(location).map(file -> FileInfo.whole(location, file)));
  }

  private Optional<Found> found(ObjectLocation location) throws IOException {
    Folder bucket = root.bucket(location.bucket());
    return location.versionId().isPresent() ? Optional.empty() : bucket.object(location.key());
  }

  @Override
  public ObjectContent open(ObjectLocation location, ByteRange range) {
    return FileFaults.translate(
        Quoted.of(location.uri()),
        () -> {
          // The file may be replaced at any time; what is told of it has to be true of the bytes.
          for (int i = 0; i < OPEN_ATTEMPTS; i++) {
            Optional<ObjectContent> content = tryOpen(location, range);
            if (content.isPresent()) {
              return content.get();
            }
          }
          throw new Fault(
              FaultCode.UPSTREAM_UNAVAILABLE,
              "Object %s changes too fast to be read".formatted(Quoted.of(location.uri())));
        });
  }

  private Optional<ObjectContent> tryOpen(ObjectLocation location, ByteRange range)
      throws IOException {
    Found file =
        found(location)
            .orElseThrow(() ->
                new Fault(
                    FaultCode.NOT_FOUND,
                    "Object %s not found".formatted(Quoted.of(location.uri()))));
    ObjectInfo info = FileInfo.whole(location, file);
    FileChannel channel;
    try {
      channel = FileChannel.open(file.real(), StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
    } catch (NoSuchFileException replaced) {
      return Optional.empty();
    }
    try {
      if (found(location).map(Found::etag).filter(info.etag()::equals).isPresent()) {
        String subject = Quoted.of(location.uri());
        return Optional.of(
            new ObjectContent(info, new ChannelStream(channel, range, info.sizeBytes(), subject)));
      }
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    channel.close();
    return Optional.empty();
  }

  @Override
  public ObjectInfo put(ObjectLocation location, InputStream bytes, PutOptions options) {
    if (location.versionId().isPresent()) {
      throw new Fault(
          FaultCode.INVALID_ARGUMENT,
          "Object %s cannot be written: leave the version out"
              .formatted(Quoted.of(location.uri())));
    }
    return FileFaults.translate(
        Quoted.of(location.uri()),
        () -> {
          Folder bucket = root.bucket(location.bucket());
          Found file = writing.put(bucket, location.key(), bytes, options);
          return FileInfo.whole(location, file);
        });
  }

  @Override
  public ObjectInfo copy(ObjectLocation source, ObjectLocation target, Precondition condition) {
    try (ObjectContent content = open(source, ByteRange.ALL)) {
      ObjectInfo info = content.info();
      return put(
          target, content.stream(), new PutOptions(info.contentType(), info.metadata(), condition));
    } catch (IOException e) {
      throw new Fault(
          FaultCode.UPSTREAM_UNAVAILABLE,
          "The local storage failed at " + Quoted.of(source.uri()),
          e);
    }
  }

  /// None: a file has no checksum beside it.
  @Override
  public List<StoredChecksum> checksums(ObjectLocation location) {
    return List.of();
  }

  @Override
  public void delete(ObjectLocation location, Precondition condition) {
    FileFaults.translate(
        Quoted.of(location.uri()),
        () -> {
          Folder bucket = root.bucket(location.bucket());
          if (location.versionId().isEmpty()) {
            writing.delete(bucket, location.key(), condition);
          }
          return location;
        });
  }

  /// A `file:` URI of the object, or of the place where one of this key would be written. It does
  /// not expire.
  ///
  /// @throws Fault [FaultCode#NOT_FOUND] when there is no such bucket, or a version is asked for
  @Override
  public ObjectLink link(ObjectLocation location, Duration life) {
    if (location.versionId().isPresent()) {
      throw new Fault(
          FaultCode.NOT_FOUND, "Object %s not found".formatted(Quoted.of(location.uri())));
    }
    return FileFaults.translate(
        Quoted.of(location.uri()),
        () -> {
          Folder bucket = root.bucket(location.bucket());
          Path path =
              bucket
                  .object(location.key())
                  .map(Found::path)
                  .orElseGet(() -> PartNames.path(bucket.bucket(), Folder.parts(location.key())));
          return new ObjectLink(path.toUri(), Optional.empty());
        });
  }

  @Override
  public Optional<ObjectLocation> locate(Path file) {
    return FileFaults.translate("the look-up of a file", () -> root.locate(file));
  }

  @Override
  public Optional<Path> file(ObjectLocation location) {
    return FileFaults.translate(Quoted.of(location.uri()), () -> found(location).map(Found::real));
  }

  @Override
  public boolean keepsVersions() {
    return false;
  }
}
