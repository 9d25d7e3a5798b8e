package com.quiltdata.mcp.quilt.registry;

import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.TopHash;
import java.time.Instant;
import java.util.Optional;

/// What a registry says of a package without opening a manifest.
///
/// @param name the package
/// @param latest its current revision; empty when `latest` is missing or holds no hash
/// @param modified when `latest` was written; likewise
/// @param pushes how many pointers with a time there are; a revision that was pushed twice counts
///   twice
public record PackageOverview(
    PackageName name, Optional<TopHash> latest, Optional<Instant> modified, long pushes) {}
