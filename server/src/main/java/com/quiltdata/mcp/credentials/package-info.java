/// With whose AWS rights a call is made, whatever service it reaches.
///
/// [CallerCredentials] is the way in: it finds the first source that applies to a caller
/// ([CredentialSource] has the order) and gives credentials for one grant. Roles are assumed for
/// the buckets and actions of that grant only (`PolicyTable` is data, `SessionPolicy` the text),
/// kept per token, role, buckets and actions by `RoleSessions`, and renewed by `RoleSession`.
/// [RegistryExchange] asks the catalog's registry about plain catalog tokens. Nothing is built,
/// read or asked before the first use. Imports `auth`, `aws`, `upstream`, `storage`, `json`,
/// `observe` and `fault`. To let a tool do more in AWS, start at `PolicyTable`.
@NullMarked
package com.quiltdata.mcp.credentials;

import org.jspecify.annotations.NullMarked;
