package com.quiltdata.mcp.checker;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// Where the checker reads.
public interface Shelf {
  /// The keys of all objects of the registry that begin with a prefix.
  List<String> keys(String prefix) throws IOException;

  /// An object of the registry.
  Optional<InputStream> open(String key) throws IOException;

  /// The object behind a physical key `s3://`, decoded.
  Optional<InputStream> object(String bucket, String key, Optional<String> version)
      throws IOException;

  /// The file behind a physical key `file://`, decoded.
  Optional<InputStream> file(String path) throws IOException;
}
