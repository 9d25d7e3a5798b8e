/// Quilt packages: how they are named, hashed, stored in a registry and read.
///
/// A [Registry] is a bucket that holds packages. A [PackageName] has revisions, each named by its
/// [TopHash]; the pointer `latest` names the current one. A revision is a manifest: a
/// [ManifestHeader], perhaps [FolderMetadata], and one [ManifestEntry] for each file, which a
/// [ManifestReader] reads line by line. An entry says where its bytes are ([PhysicalKey]) and what
/// they hash to ([ObjectHash]); [TopHasher] hashes the whole. [PackageListing] and [PackageDiff]
/// work on a [ManifestSource] in bounded memory.
///
/// Everything here was checked against packages that the official `quilt3` client wrote. Imports
/// `storage`, `json`, `fault` and Jackson. To add a kind of object hash, start at [HashKind]; to
/// add something that walks a manifest, at [OrderedManifest].
@NullMarked
package com.quiltdata.mcp.quilt;

import org.jspecify.annotations.NullMarked;
