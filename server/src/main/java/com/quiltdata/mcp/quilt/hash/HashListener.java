package com.quiltdata.mcp.quilt.hash;

import com.quiltdata.mcp.fault.Fault;

/// Hears how the hashing of many objects goes, always on the thread that asked for it. What it
/// throws ends the hashing.
public interface HashListener<T> {

  /// An object was hashed; they come in any order.
  ///
  /// @param request the object
  /// @param hash of its bytes
  void hashed(HashRequest<T> request, ObjectHash hash);

  /// An object cannot be hashed, which ends everything unless this method is overridden.
  ///
  /// @param request the object
  /// @param fault [FaultCode#NOT_FOUND], [FaultCode#CORRUPT_DATA] when its size is another,
  ///   [FaultCode#CONFLICT] when it was replaced meanwhile, or what a store throws
  default void failed(HashRequest<T> request, Fault fault) {
    throw fault;
  }

  /// Some more bytes were hashed; called about once a second.
  ///
  /// @param bytes all of them so far, of objects that are not done yet too
  default void progressed(long bytes) {}
}
