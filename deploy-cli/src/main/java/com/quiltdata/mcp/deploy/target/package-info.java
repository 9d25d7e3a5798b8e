/// What the load balancer thinks of the tasks. Imports `aws` and `outcome`.
@NullMarked
package com.quiltdata.mcp.deploy.target;

import org.jspecify.annotations.NullMarked;
