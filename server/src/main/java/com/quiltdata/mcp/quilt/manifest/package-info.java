/// Manifests: the file that is one revision of a package.
///
/// A manifest is a [ManifestHeader], perhaps [FolderMetadata], and one [ManifestEntry] for each
/// file, which a [ManifestReader] reads line by line; [TopHasher] hashes the whole.
/// [PackageListing] and [PackageDiff] work on a [ManifestSource] in bounded memory. To walk the
/// entries of a manifest, start at [OrderedManifest]; to write a manifest, make an [EntrySource],
/// whose [MeasuredManifest] names the file and whose [ManifestStream] is the file. Imports `quilt`,
/// `quilt.hash`, `storage`, `fault` and Jackson.
@NullMarked
package com.quiltdata.mcp.quilt.manifest;

import org.jspecify.annotations.NullMarked;
