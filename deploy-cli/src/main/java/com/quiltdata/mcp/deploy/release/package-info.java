/// A release from its preflight to its proof.
///
/// Start at [Release]. Imports everything but `command` and `console`.
@NullMarked
package com.quiltdata.mcp.deploy.release;

import org.jspecify.annotations.NullMarked;
