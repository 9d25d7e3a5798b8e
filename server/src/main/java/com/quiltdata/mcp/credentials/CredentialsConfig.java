package com.quiltdata.mcp.credentials;

import java.net.URI;
import java.util.Optional;
import java.util.Set;

/// Whose AWS rights calls may be made with.
///
/// @param allowedRoles the roles that tokens may name
/// @param dataRole assumed for who brings nothing
/// @param lendsTaskRole whether calls may be made with this process's own rights, narrowed by its
///   own checks alone
/// @param stsEndpoint another service than Amazon's
/// @param region where roles are assumed
/// @param profile the profile that gives this process's own credentials
public record CredentialsConfig(
    Set<RoleArn> allowedRoles,
    Optional<RoleArn> dataRole,
    boolean lendsTaskRole,
    Optional<URI> stsEndpoint,
    String region,
    Optional<String> profile) {
  /// Copies the set.
  public CredentialsConfig {
    allowedRoles = Set.copyOf(allowedRoles);
  }

  /// Nothing for anybody but the person who started the process.
  public static CredentialsConfig none() {
    return new CredentialsConfig(
        Set.of(), Optional.empty(), false, Optional.empty(), "us-east-1", Optional.empty());
  }
}
