package com.quiltdata.mcp.quilt.registry;

import com.quiltdata.mcp.quilt.PackageName;
import java.util.List;
import java.util.Optional;

/// One page of the packages of a registry.
///
/// @param names in the order of a registry, see [PackageName]
/// @param next the name to go on behind; empty at the end
public record PackagePage(List<PackageName> names, Optional<PackageName> next) {
  /// Copies the names.
  public PackagePage {
    names = List.copyOf(names);
  }
}
