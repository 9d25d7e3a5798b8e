package com.quiltdata.mcp.tools;

import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.storage.BucketName;
import java.net.URI;
import java.util.Optional;

/// The catalog that results link to.
///
/// @param catalog address of the catalog, if there is one
/// @param registry address of its registry service, if there is one
/// @param region AWS region
public record CatalogConfig(Optional<URI> catalog, Optional<URI> registry, String region) {
  /// Where the configured catalog shows a package.
  ///
  /// @param bucket its registry
  /// @param name the package
  /// @return the address, or empty when no catalog is known
  public Optional<String> packageUrl(BucketName bucket, PackageName name) {
    return catalog.map(address ->
        "https://%s/b/%s/packages/%s"
            .formatted(address.getRawAuthority(), bucket, UrlPath.encode(name.toString())));
  }
}
