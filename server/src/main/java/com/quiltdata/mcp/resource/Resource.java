package com.quiltdata.mcp.resource;

import com.quiltdata.mcp.fault.Fault;

/// One thing that clients can read by its URI. Thread-safe.
public interface Resource {
  /// What clients are told of it; always the same.
  ResourceSpec spec();

  /// Reads it.
  ///
  /// @param call who reads, and under which URI
  /// @return what it holds now
  /// @throws Fault when it cannot be read
  ResourceContents read(ResourceCall call);
}
