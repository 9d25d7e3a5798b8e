/// State that travels through clients instead of staying here, so that any replica can go on with
/// it.
///
/// [StateKeys] derives a key for each purpose from one secret that all replicas share; [Sealer]
/// makes texts that nobody else can read or change, [Signer] ones that nobody else can make. None
/// of them proves who somebody is. Imports `json`.
@NullMarked
package com.quiltdata.mcp.state;

import org.jspecify.annotations.NullMarked;
