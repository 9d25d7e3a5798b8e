package com.quiltdata.mcp.quilt;

import java.time.Instant;

/// What a registry says of a package without opening a manifest.
///
/// @param name the package
/// @param latest its current revision
/// @param modified when `latest` was written
/// @param pushes how many pointers with a time there are; a revision that was pushed twice counts
///   twice
public record PackageOverview(PackageName name, TopHash latest, Instant modified, long pushes) {}
