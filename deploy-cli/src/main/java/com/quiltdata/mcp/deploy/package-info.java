/// Start of deploy-cli.
@NullMarked
package com.quiltdata.mcp.deploy;

import org.jspecify.annotations.NullMarked;
