/// Buckets that are folders of this host, objects that are files.
///
/// [LocalObjectStore] maps ordinary keys to ordinary paths, so a folder of plain files can be
/// served as it is; `PartNames` holds the rule for the others. `Folder` is the only way from a key
/// to a file and keeps every link inside its bucket; `KeyWalk` lists keys in byte order without
/// reading more folders than a page needs. Imports `storage` and `fault` only. To change how a key
/// is named on disk, start at `PartNames`.
@NullMarked
package com.quiltdata.mcp.storage.local;

import org.jspecify.annotations.NullMarked;
