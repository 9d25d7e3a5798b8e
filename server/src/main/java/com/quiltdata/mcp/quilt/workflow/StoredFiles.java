package com.quiltdata.mcp.quilt.workflow;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.quilt.PhysicalKey;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/// Reads small objects whole, and says where exactly they were read.
///
/// @param store with the rights of the caller
/// @param reach which buckets the caller may read
record StoredFiles(ObjectStore store, Predicate<BucketName> reach) {
  static final int MAX_BYTES = 1 << 20;

  /// What was read.
  ///
  /// @param bytes at most 1 MiB
  /// @param url with the version, as a header names it: `file://` where objects are files
  record Stored(byte[] bytes, String url) {
    boolean isFile() {
      return url.startsWith("file:");
    }
  }

  Optional<Stored> find(ObjectLocation location) {
    if (!reach.test(location.bucket())) {
      throw new Fault(
          FaultCode.FORBIDDEN_BUCKET, "Access denied to bucket " + location.bucket().value());
    }
    try (ObjectContent content = store.open(location, ByteRange.first(MAX_BYTES + 1L))) {
      byte[] bytes = content.stream().readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw new Fault(
            FaultCode.TOO_LARGE,
            "%s is over %d bytes".formatted(Quoted.visible(location.uri()), MAX_BYTES));
      }
      return Optional.of(new Stored(bytes, url(content.info().location())));
    } catch (Fault e) {
      if (e.code() == FaultCode.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    } catch (IOException e) {
      throw new Fault(
          FaultCode.UPSTREAM_UNAVAILABLE,
          "%s could not be read".formatted(Quoted.visible(location.uri())),
          e);
    }
  }

  private String url(ObjectLocation location) {
    Optional<Path> file = store.file(location);
    PhysicalKey key =
        file.isPresent()
            ? new PhysicalKey.LocalFile(file.get().toString())
            : PhysicalKey.of(location);
    return key.format();
  }
}
