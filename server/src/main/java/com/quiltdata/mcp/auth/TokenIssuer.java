package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.fault.Fault;
import java.util.Optional;

/// The catalog's registry, which issues plain tokens and knows whether one is good. Thread-safe;
/// blocks.
@FunctionalInterface
public interface TokenIssuer {
  /// Shows it a token.
  ///
  /// @param token its text
  /// @return the AWS credentials of the token's user, or empty when it refuses the token
  /// @throws Fault [FaultCode#UPSTREAM_UNAVAILABLE] when it does not say
  Optional<IssuedCredentials> exchange(String token);
}
