package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.fault.Fault;

/// Keeps the signing secret outside of this process. Thread-safe.
@FunctionalInterface
public interface SecretStore {
  /// Reads the secret, within bounds of its own.
  ///
  /// @return what is kept now
  /// @throws Fault saying what cannot be read and why, without any part of it
  StoredSecret read();
}
