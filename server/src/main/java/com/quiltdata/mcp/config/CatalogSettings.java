package com.quiltdata.mcp.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/// The Quilt catalog that results link to.
public final class CatalogSettings {
  public static final Setting<URI> CATALOG_URL =
      Setting.of("QUILT_CATALOG_URL", "The address of the Quilt catalog.", Readers.address());

  public static final Setting<URI> REGISTRY_URL =
      Setting.of(
          "QUILT_REGISTRY_URL",
          "The address of the catalog's registry service.",
          Readers.address());

  public static final Setting<Duration> CONNECT_TIMEOUT =
      Setting.duration(
              "MCP_CATALOG_CONNECT_TIMEOUT",
              "Time in which the catalog and its registry must take a connection.",
              Duration.ofMinutes(1))
          .or("1s");

  public static final Setting<Duration> CALL_TIMEOUT =
      Setting.duration(
              "MCP_CATALOG_TIMEOUT", "Time in which they must answer.", Duration.ofMinutes(1))
          .or("15s");

  static final SettingGroup GROUP =
      new SettingGroup(
          "Catalog", List.of(CATALOG_URL, REGISTRY_URL, CONNECT_TIMEOUT, CALL_TIMEOUT));

  private CatalogSettings() {}
}
