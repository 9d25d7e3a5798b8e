package com.quiltdata.mcp.storage;

import java.util.List;
import java.util.Optional;

/// One page of a listing.
///
/// @param objects in key order
/// @param commonPrefixes keys cut behind the delimiter, in order; empty without a delimiter
/// @param nextToken give it to the next [ListRequest]; empty at the end
public record ObjectPage(
    List<ObjectInfo> objects, List<String> commonPrefixes, Optional<String> nextToken) {

  /// Copies the lists.
  public ObjectPage {
    objects = List.copyOf(objects);
    commonPrefixes = List.copyOf(commonPrefixes);
  }
}
