package com.quiltdata.mcp.storage;

import com.quiltdata.mcp.fault.Fault;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Reads and writes objects with the rights of one caller. Thread-safe; blocks.
///
/// Every method may throw a [Fault] with [FaultCode#UPSTREAM_UNAVAILABLE], [FaultCode#TIMEOUT] or
/// [FaultCode#NO_CREDENTIALS]; a bucket that does not exist is [FaultCode#NOT_FOUND].
public interface ObjectStore {

  /// The buckets that can be reached, in name order.
  List<BucketName> buckets();

  /// One page of the objects of a bucket, in the order of their keys' UTF-8 bytes.
  ///
  /// As in S3, what it tells of an object is key, size, time, etag and storage class; version,
  /// content type and metadata may be left out, [#find] gives them.
  ///
  /// @param request what to list
  /// @return at most `request.limit()` objects and common prefixes together
  ObjectPage list(ListRequest request);

  /// A token for the page that begins behind a key, for who could not use a whole page.
  ///
  /// @param request the listing, without delimiter
  /// @param key one that it listed
  /// @return as [ObjectPage#nextToken]
  String tokenAfter(ListRequest request, String key);

  /// Looks an object up without reading it. A store that cannot tell a missing bucket from a
  /// missing object answers empty for both.
  ///
  /// @param location where; without a version the current one
  /// @return what is known of it, or empty when there is no such object or version
  Optional<ObjectInfo> find(ObjectLocation location);

  /// Opens an object for reading. The caller closes the stream and reads it in blocks.
  ///
  /// @param location where; without a version the current one
  /// @param range which bytes
  /// @return the content; a range that begins behind the end gives no bytes
  /// @throws Fault [FaultCode#NOT_FOUND] when there is no such object or version
  ObjectContent open(ObjectLocation location, ByteRange range);

  /// Writes a whole object, replacing one of the same key. Readers see the old bytes or the new
  /// ones, never a part; a write that fails or is interrupted leaves nothing behind.
  ///
  /// @param location where; a version must not be given
  /// @param bytes the content, read to its end and not closed
  /// @param options content type, metadata and what must hold for the write to happen
  /// @return what was stored
  /// @throws Fault [FaultCode#CONFLICT] when the precondition does not hold; nothing was written
  ObjectInfo put(ObjectLocation location, InputStream bytes, PutOptions options);

  /// Copies an object inside this store, with content type and metadata, without bringing its bytes
  /// here where the store can do so.
  ///
  /// @param source what to copy; without a version the current one
  /// @param target where to; a version must not be given; an object of this key is replaced
  /// @param condition what must hold of the target for that to happen
  /// @return what was stored
  /// @throws Fault [FaultCode#NOT_FOUND] when there is no such object or version,
  ///   [FaultCode#CONFLICT] when the condition does not hold; nothing was written
  ObjectInfo copy(ObjectLocation source, ObjectLocation target, Precondition condition);

  /// Copies an object whatever stands at the target.
  ///
  /// @param source what to copy; without a version the current one
  /// @param target where to; a version must not be given
  /// @return what was stored
  default ObjectInfo copy(ObjectLocation source, ObjectLocation target) {
    return copy(source, target, Precondition.NONE);
  }

  /// The checksums that the store keeps with an object.
  ///
  /// @param location where; without a version the current one
  /// @return them; none when there is no such object, or the store keeps none
  List<StoredChecksum> checksums(ObjectLocation location);

  /// Removes an object under a condition; without one, none there is no error.
  ///
  /// @param location where
  /// @param condition what must hold for that to happen
  /// @throws Fault [FaultCode#CONFLICT] when the condition does not hold; nothing was removed
  void delete(ObjectLocation location, Precondition condition);

  /// Removes an object; none there is no error.
  ///
  /// @param location where
  default void delete(ObjectLocation location) {
    delete(location, Precondition.NONE);
  }

  /// A link that opens the object without further credentials.
  ///
  /// @param location where; it need not exist
  /// @param life how long the link should work
  /// @return the link and its real end
  ObjectLink link(ObjectLocation location, Duration life);

  /// The object that a file of this host is, when this store keeps its objects in files.
  ///
  /// @param file an absolute path
  /// @return where the object is, or empty when the file is outside this store
  Optional<ObjectLocation> locate(Path file);

  /// The file of this host that an object is, when this store keeps its objects in files; the
  /// reverse of [#locate].
  ///
  /// @param location where
  /// @return the file's real path, or empty when there is no such object or the store has no files
  Optional<Path> file(ObjectLocation location);

  /// Whether objects here can have versions. Where they cannot, bytes stay as they are only in a
  /// place that nobody writes twice.
  boolean keepsVersions();
}
