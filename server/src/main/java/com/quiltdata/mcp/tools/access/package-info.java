/// What a caller is and may do, and reading resources without resource support.
///
/// [AccessTools] lists them. Imports `tools`, `tool`, `resource` and `auth`.
@NullMarked
package com.quiltdata.mcp.tools.access;

import org.jspecify.annotations.NullMarked;
