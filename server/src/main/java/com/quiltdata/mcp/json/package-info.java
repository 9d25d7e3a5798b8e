/// JSON as it enters and leaves the server.
///
/// [StrictJson] reads what comes from outside under [JsonLimits] and refuses what two readers could
/// understand differently (duplicate members, malformed UTF-8, lone surrogates). Imports nothing
/// but Jackson. To change a limit, start at [JsonLimits].
@NullMarked
package com.quiltdata.mcp.json;

import org.jspecify.annotations.NullMarked;
