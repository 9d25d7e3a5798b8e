package com.quiltdata.mcp.issuer;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// An OAuth issuer.
///
/// @param issuer its identifier, the `iss` of its tokens
/// @param keys where its key set is; empty when its metadata say so
/// @param connect time for a connection
/// @param whole time for each answer with its body
public record IssuerConfig(URI issuer, Optional<URI> keys, Duration connect, Duration whole) {
  /// With the usual times.
  ///
  /// @param issuer its identifier
  /// @param keys where its key set is, if that is known
  /// @return the configuration
  public static IssuerConfig of(URI issuer, Optional<URI> keys) {
    return new IssuerConfig(issuer, keys, Duration.ofSeconds(1), Duration.ofSeconds(5));
  }
}
