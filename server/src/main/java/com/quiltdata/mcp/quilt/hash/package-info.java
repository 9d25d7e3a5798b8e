/// What the bytes of an entry hash to.
///
/// An [ObjectHash] has a [HashKind]. [ObjectHashing] hashes stored objects side by side; what it
/// need not read, [StoredHash] knows. To add a kind, start at [HashKind]. Imports `storage` and
/// `fault`.
@NullMarked
package com.quiltdata.mcp.quilt.hash;

import org.jspecify.annotations.NullMarked;
