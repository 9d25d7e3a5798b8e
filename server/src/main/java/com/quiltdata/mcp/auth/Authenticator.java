package com.quiltdata.mcp.auth;

import java.util.List;

/// Decides who makes a request, from this request alone. Thread-safe.
@FunctionalInterface
public interface Authenticator {
  /// Looks at the `Authorization` headers.
  ///
  /// @param authorization their values in the order they came, none or one or more
  /// @return the decision
  Authentication authenticate(List<String> authorization);

  /// The authenticator of local mode: everybody who reaches the loopback address is the user.
  ///
  /// @return accepts all
  static Authenticator local() {
    return _ -> new Authentication.Known(new Caller.Local());
  }
}
