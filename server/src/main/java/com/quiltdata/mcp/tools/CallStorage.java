package com.quiltdata.mcp.tools;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.storage.ObjectStore;

/// The storage that a caller may reach, with this caller's own rights. Thread-safe.
@FunctionalInterface
public interface CallStorage {
  /// Storage for one call.
  ///
  /// @param caller who calls
  /// @return the store
  /// @throws Fault [FaultCode#NO_CREDENTIALS] when there are no rights to reach it with
  ObjectStore of(Caller caller);
}
