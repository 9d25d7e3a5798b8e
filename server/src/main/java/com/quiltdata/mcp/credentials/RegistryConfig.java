package com.quiltdata.mcp.credentials;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/// Who is asked about plain catalog tokens.
///
/// @param catalog its `/config.json` names the registry
/// @param registry the registry where it is named here; the catalog is then not asked
/// @param connect time for a connection
/// @param whole time for an answer with its body
public record RegistryConfig(
    URI catalog, Optional<URI> registry, Duration connect, Duration whole) {
  /// With the documented times.
  ///
  /// @param catalog the address of the catalog
  /// @param registry the address of its registry, if it is known
  /// @return the configuration
  public static RegistryConfig of(URI catalog, Optional<URI> registry) {
    return new RegistryConfig(catalog, registry, Duration.ofSeconds(1), Duration.ofSeconds(15));
  }
}
