package com.quiltdata.mcp.quilt.registry;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.manifest.ManifestHeader;
import com.quiltdata.mcp.quilt.manifest.ManifestReader;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectStore;
import java.util.ArrayList;
import java.util.List;

/// The manifests of a registry, for reading.
///
/// @param store reaches the bucket with the rights of the caller
/// @param bucket holds the packages
record Manifests(ObjectStore store, BucketName bucket) {
  private static final int HEADER_BYTES = 16_384;

  /// Top hashes that begin with some digits: all when there are at most two, else two of them.
  List<TopHash> beginningWith(String prefix) {
    List<TopHash> found = new ArrayList<>();
    ListRequest request = ListRequest.of(bucket, RegistryLayout.MANIFESTS + prefix);
    while (true) {
      var page = store.list(request);
      for (ObjectInfo info : page.objects()) {
        String name = info.location().key().substring(RegistryLayout.MANIFESTS.length());
        if (TopHash.isValid(name)) {
          found.add(new TopHash(name));
        }
      }
      if (found.size() > 1 || page.nextToken().isEmpty()) {
        return found;
      }
      request = request.from(page.nextToken().get());
    }
  }

  /// Opens a manifest, see [Registry#open].
  ManifestReader open(TopHash hash) {
    return ManifestReader.open(content(hash, ByteRange.ALL).stream(), hash.value());
  }

  /// Reads the first line of a manifest, see [Registry#header].
  ManifestHeader header(TopHash hash) {
    ObjectContent start = content(hash, ByteRange.first(HEADER_BYTES));
    if (start.info().sizeBytes() <= HEADER_BYTES) {
      return headerOf(start, hash);
    }
    try {
      return headerOf(start, hash);
    } catch (Fault cutOff) {
      // Either the line is longer than the first bytes, or it is broken, which shows again.
      return headerOf(content(hash, ByteRange.ALL), hash);
    }
  }

  private static ManifestHeader headerOf(ObjectContent content, TopHash hash) {
    try (ManifestReader reader = ManifestReader.open(content.stream(), hash.value())) {
      return reader.header();
    }
  }

  private ObjectContent content(TopHash hash, ByteRange range) {
    try {
      return store.open(RegistryLayout.manifest(bucket, hash), range);
    } catch (Fault e) {
      if (e.code() != FaultCode.NOT_FOUND) {
        throw e;
      }
      throw new Fault(
          FaultCode.NOT_FOUND,
          "Revision %s does not exist in registry s3://%s".formatted(hash, bucket),
          e);
    }
  }
}
