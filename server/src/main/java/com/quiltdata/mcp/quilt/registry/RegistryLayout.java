package com.quiltdata.mcp.quilt.registry;

import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectLocation;

/// Where a registry keeps what, in version 1 of the layout, which is the one that everybody uses.
final class RegistryLayout {
  /// Below it: `NAMESPACE/NAME/POINTER`.
  static final String POINTERS = ".quilt/named_packages/";

  /// Below it: manifests, named by their top hashes.
  static final String MANIFESTS = ".quilt/packages/";

  private RegistryLayout() {}

  static String pointers(PackageName name) {
    return POINTERS + name + "/";
  }

  static ObjectLocation pointer(BucketName bucket, PackageName name, String pointer) {
    return ObjectLocation.of(bucket, pointers(name) + pointer);
  }

  static ObjectLocation manifest(BucketName bucket, TopHash hash) {
    return ObjectLocation.of(bucket, MANIFESTS + hash);
  }
}
