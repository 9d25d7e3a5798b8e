/// What releases leave behind in the parameter store. Imports `aws`, `json` and `outcome`.
@NullMarked
package com.quiltdata.mcp.deploy.record;

import org.jspecify.annotations.NullMarked;
