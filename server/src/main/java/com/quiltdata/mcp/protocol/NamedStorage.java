package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.NamedBuckets;
import com.quiltdata.mcp.auth.StorageArguments;
import com.quiltdata.mcp.observe.LogFields;
import com.quiltdata.mcp.storage.BucketName;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// What the event of a call tells of its arguments: the names of buckets and package.
final class NamedStorage {
  private static final String PACKAGE = "package_name";

  private NamedStorage() {}

  static void addTo(LogFields fields, ObjectNode arguments) {
    if (StorageArguments.in(arguments) instanceof NamedBuckets.Named(Set<BucketName> buckets)
        && !buckets.isEmpty()) {
      fields.with(
          "bucket", buckets.stream().map(BucketName::value).collect(Collectors.joining(",")));
    }
    if (arguments.path(PACKAGE).isString()) {
      fields.with("package", arguments.path(PACKAGE).stringValue());
    }
  }
}
