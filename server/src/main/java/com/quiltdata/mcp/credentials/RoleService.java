package com.quiltdata.mcp.credentials;

import com.quiltdata.mcp.fault.Fault;

/// Lets roles be assumed. Thread-safe; blocks.
@FunctionalInterface
interface RoleService {
  /// Assumes a role.
  ///
  /// @throws Fault [FaultCode#FORBIDDEN_ROLE], [FaultCode#TOO_MANY_BUCKETS],
  ///   [FaultCode#NO_CREDENTIALS], [FaultCode#UPSTREAM_UNAVAILABLE], [FaultCode#CANCELLED]
  IssuedSession assume(RoleRequest request);
}
