package com.quiltdata.mcp.tools;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.storage.ObjectStore;

/// The storage that a call may reach, with its caller's own rights. Thread-safe.
@FunctionalInterface
public interface CallStorage {
  /// Storage for one call.
  ///
  /// @param grant what the call may do
  /// @return the store
  /// @throws Fault [FaultCode#NO_CREDENTIALS] or [FaultCode#FORBIDDEN_ROLE] when there are no
  ///   rights to reach it with
  ObjectStore of(Grant grant);

  /// The same storage, which holds every request to the caller's claims itself: a bucket that they
  /// do not cover is [FaultCode#FORBIDDEN_BUCKET], and nothing is sent.
  default CallStorage withinClaims() {
    return grant ->
        switch (grant.caller()) {
          case Caller.Local _ -> of(grant);
          case Caller.Bearer _, Caller.Anonymous _ -> new GrantedStore(this, grant);
        };
  }
}
