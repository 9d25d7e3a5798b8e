/// Clients of AWS, and what they throw in our words.
///
/// Start at [AwsClients]. Used by every package that asks AWS; imports `outcome` only.
@NullMarked
package com.quiltdata.mcp.deploy.aws;

import org.jspecify.annotations.NullMarked;
