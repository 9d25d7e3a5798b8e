/// The tool that makes a package of what lies below a prefix of a bucket.
///
/// [FolderTools] lists it. [FolderPlan] decides which object becomes which file of the package,
/// [Readme] and [SummaryFile] write what is added, [ProposedMetadata] what describes it; none of
/// them reaches storage. [FolderRun] does the work. Imports `tools`, `tool`, `input`, `auth`,
/// `storage` and the packages of `quilt` that write. To change where files go, start at
/// [FolderRules].
@NullMarked
package com.quiltdata.mcp.tools.folder;

import org.jspecify.annotations.NullMarked;
