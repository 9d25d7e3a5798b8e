/// What all clients of AWS services in this process have in common: one HTTP client, how long a
/// service is waited for, how often it is asked, and the [com.quiltdata.mcp.upstream.Upstream] that
/// stands for it.
///
/// [AwsServices] guards the builder of a client; [AwsLimits] are the numbers; [AmbientCredentials]
/// are those of the process itself. Imports `upstream`, `observe` and `fault`. A client of another
/// AWS service goes through [AwsServices#guard].
@NullMarked
package com.quiltdata.mcp.aws;

import org.jspecify.annotations.NullMarked;
