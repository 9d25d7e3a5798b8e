/// JSON without losses. Imports Jackson only.
@NullMarked
package com.quiltdata.mcp.deploy.json;

import org.jspecify.annotations.NullMarked;
