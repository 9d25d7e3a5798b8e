/// The small registry that ships with the product, so that there is something to look at without
/// any set-up.
///
/// [SampleRegistry] unpacks it into a cache folder at first start. Imports `storage`,
/// `storage.local`, `fault` and Jackson. The archive is made from the golden packages by
/// `SampleArchiveTest`; to change what it holds, start there.
@NullMarked
package com.quiltdata.mcp.sample;

import org.jspecify.annotations.NullMarked;
