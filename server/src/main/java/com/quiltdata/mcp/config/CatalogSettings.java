package com.quiltdata.mcp.config;

import java.net.URI;
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

  static final SettingGroup GROUP = new SettingGroup("Catalog", List.of(CATALOG_URL, REGISTRY_URL));

  private CatalogSettings() {}
}
