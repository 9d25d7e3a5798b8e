/// An OAuth issuer elsewhere: what it publishes about itself.
///
/// [PublishedKeys] reads its key set, which [IssuerConfig] names or its own metadata
/// (`IssuerMetadata`) do. Each request has a limit of size and time; no token is ever sent. Imports
/// `auth`, `upstream`, `fault`, `json` and `observe`. To find the keys of an issuer in another way,
/// start at `IssuerMetadata`.
@NullMarked
package com.quiltdata.mcp.issuer;

import org.jspecify.annotations.NullMarked;
