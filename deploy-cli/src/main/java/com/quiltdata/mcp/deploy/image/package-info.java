/// The image: its name, its repository and how it is built. Imports `aws` and `outcome`.
@NullMarked
package com.quiltdata.mcp.deploy.image;

import org.jspecify.annotations.NullMarked;
