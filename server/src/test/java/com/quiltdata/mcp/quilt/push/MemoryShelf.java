package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.checker.Shelf;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectPage;
import com.quiltdata.mcp.storage.ObjectStore;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A registry in a store that stands in for S3.
///
/// @param store holds it
/// @param bucket the registry
public record MemoryShelf(ObjectStore store, BucketName bucket) implements Shelf {
  @Override
  public List<String> keys(String prefix) {
    List<String> keys = new ArrayList<>();
    ListRequest request = ListRequest.of(bucket, prefix);
    while (true) {
      ObjectPage page = store.list(request);
      page.objects().forEach(info -> keys.add(info.location().key()));
      if (page.nextToken().isEmpty()) {
        return keys;
      }
      request = request.from(page.nextToken().get());
    }
  }

  @Override
  public Optional<InputStream> open(String key) {
    return object(bucket.value(), key, Optional.empty());
  }

  @Override
  public Optional<InputStream> object(String where, String key, Optional<String> version) {
    try {
      ObjectLocation location = new ObjectLocation(new BucketName(where), key, version);
      return Optional.of(store.open(location, ByteRange.ALL).stream());
    } catch (Fault e) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<InputStream> file(String path) {
    return Optional.empty();
  }
}
