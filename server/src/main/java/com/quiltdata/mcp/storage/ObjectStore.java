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
  /// ones, never a part.
  ///
  /// @param location where; a version must not be given
  /// @param bytes the content, read to its end and not closed
  /// @param options content type and metadata
  /// @return what was stored
  ObjectInfo put(ObjectLocation location, InputStream bytes, PutOptions options);

  /// Removes an object; none there is no error.
  ///
  /// @param location where
  void delete(ObjectLocation location);

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
}
