package com.quiltdata.mcp.app;

import com.quiltdata.mcp.auth.MemoryLimits;
import com.quiltdata.mcp.config.CatalogSettings;
import com.quiltdata.mcp.config.CredentialSettings;
import com.quiltdata.mcp.config.MemorySettings;
import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.config.StorageSettings;
import com.quiltdata.mcp.credentials.CredentialsConfig;
import com.quiltdata.mcp.credentials.RegistryConfig;
import com.quiltdata.mcp.credentials.RoleArn;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// With whose AWS rights calls are made.
///
/// @param config sources of credentials
/// @param registry who is asked about plain catalog tokens, if anybody
/// @param memory how much is remembered of callers
public record CredentialsSetup(
    CredentialsConfig config, Optional<RegistryConfig> registry, MemoryLimits memory) {
  /// Binds the settings.
  static CredentialsSetup from(
      Settings settings, Mode mode, StorageSetup storage, Problems problems) {
    boolean lendsTaskRole = settings.get(CredentialSettings.ALLOW_TASK_ROLE);
    if (lendsTaskRole && mode != Mode.LOCAL) {
      problems.warn(
          "MCP_ALLOW_TASK_ROLE is true: calls with a token that brings neither credentials nor a role use this server's own AWS rights, and only its own checks stand before them. Name a role with MCP_DATA_ROLE_ARN instead.");
    }
    Set<RoleArn> roles = new HashSet<>();
    for (String arn :
        settings.find(CredentialSettings.ALLOWED_ROLE_ARNS).orElse(List.<String>of())) {
      problems
          .checked(CredentialSettings.ALLOWED_ROLE_ARNS, () -> new RoleArn(arn))
          .ifPresent(roles::add);
    }
    return new CredentialsSetup(
        new CredentialsConfig(
            roles,
            settings
                .find(CredentialSettings.DATA_ROLE_ARN)
                .flatMap(arn ->
                    problems.checked(CredentialSettings.DATA_ROLE_ARN, () -> new RoleArn(arn))),
            lendsTaskRole,
            settings.find(CredentialSettings.STS_ENDPOINT),
            settings.get(StorageSettings.REGION),
            settings.find(StorageSettings.PROFILE)),
        settings.get(CredentialSettings.CATALOG_TOKENS) && mode != Mode.LOCAL
            ? registry(settings, storage, problems)
            : Optional.empty(),
        new MemoryLimits(
            settings.get(MemorySettings.MAX_TOKENS), settings.get(MemorySettings.MAX_CREDENTIALS)));
  }

  private static Optional<RegistryConfig> registry(
      Settings settings, StorageSetup storage, Problems problems) {
    if (!(storage instanceof StorageSetup.S3)) {
      problems.error(
          "MCP_CATALOG_TOKENS is true, but buckets are folders here. What plain tokens may do is decided by AWS: leave the setting out, or use QUILT_STORAGE=s3.");
    }
    if (settings.find(CatalogSettings.CATALOG_URL).isEmpty()) {
      problems.error(
          "MCP_CATALOG_TOKENS is true, and nothing says whose tokens. Name the catalog with QUILT_CATALOG_URL.");
    }
    return settings
        .find(CatalogSettings.CATALOG_URL)
        .map(catalog ->
            new RegistryConfig(
                catalog,
                settings.find(CatalogSettings.REGISTRY_URL),
                settings.get(CatalogSettings.CONNECT_TIMEOUT),
                settings.get(CatalogSettings.CALL_TIMEOUT)));
  }
}
