/// What the bytes of an entry hash to.
///
/// An [ObjectHash] has a [HashKind]; `ObjectHasher` takes the bytes. To add a kind, start at
/// [HashKind]. Imports `fault`.
@NullMarked
package com.quiltdata.mcp.quilt.hash;

import org.jspecify.annotations.NullMarked;
