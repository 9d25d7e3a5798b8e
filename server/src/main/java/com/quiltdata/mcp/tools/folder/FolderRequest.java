package com.quiltdata.mcp.tools.folder;

import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.workflow.WorkflowChoice;
import com.quiltdata.mcp.storage.BucketName;

/// What a call asks for.
///
/// @param source where the objects are
/// @param filter which of them
/// @param name the package
/// @param registry the bucket it goes to
/// @param registryAsGiven the same as the caller wrote it
/// @param description what the caller says of it; may be empty
/// @param metadata what describes it
/// @param organises whether files go into the folders of the rules
/// @param addsReadme whether a README is written
/// @param copies whether objects of the registry's bucket are copied too
/// @param replaces whether the package may exist already
/// @param workflow which workflow of the registry checks it
record FolderRequest(
    SourceFolder source,
    KeyFilter filter,
    PackageName name,
    BucketName registry,
    String registryAsGiven,
    String description,
    ProposedMetadata metadata,
    boolean organises,
    boolean addsReadme,
    boolean copies,
    boolean replaces,
    WorkflowChoice workflow) {}
