/// What the project says: `deploy.yaml` and git. Imports `outcome`.
@NullMarked
package com.quiltdata.mcp.deploy.project;

import org.jspecify.annotations.NullMarked;
