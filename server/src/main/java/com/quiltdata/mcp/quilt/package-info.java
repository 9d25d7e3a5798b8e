/// Quilt packages: what names them and their parts.
///
/// A [PackageName] has revisions, each named by its [TopHash] or meant by a [RevisionReference]. An
/// entry has a [LogicalKey] in the package and a [PhysicalKey] that says where its bytes are; a
/// [QuiltUri] names all of it in one text.
///
/// `hash` hashes objects, `manifest` reads and writes revisions, `registry` keeps them. Everything
/// was checked against packages that the official `quilt3` client wrote. Imports `storage`,
/// `fault`.
@NullMarked
package com.quiltdata.mcp.quilt;

import org.jspecify.annotations.NullMarked;
