/// The image: its name, its repository and how it is built. Imports `aws`, `json`, `outcome` and
/// `program`.
@NullMarked
package com.quiltdata.mcp.deploy.image;

import org.jspecify.annotations.NullMarked;
