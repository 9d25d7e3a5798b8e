package com.quiltdata.mcp.tools.access;

import java.nio.file.Path;

/// Folders of this host that its own user may want to know of.
///
/// @param home of the user
/// @param temporary for temporary files
/// @param current where the program runs
public record HostFolders(Path home, Path temporary, Path current) {}
