package com.quiltdata.mcp.tools.catalog;

import java.net.URI;
import java.util.Optional;

/// The catalog that results link to.
///
/// @param catalog address of the catalog, if there is one
/// @param registry address of its registry service, if there is one
/// @param region AWS region
public record CatalogConfig(Optional<URI> catalog, Optional<URI> registry, String region) {}
