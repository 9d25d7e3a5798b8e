/// Who is calling and what this caller may do.
///
/// [Authenticator] turns the `Authorization` headers of one request into an [Authentication]; a
/// [Caller] comes out of nothing else. [TokenVerifier] is the one for tokens,
/// [RememberingAuthenticator] makes it cheap; its keys come from the settings ([TokenConfig]) or
/// from a [SecretStore] that is read again ([StoredKeys]). [IssuerVerifier] accepts the tokens of
/// an OAuth issuer, with the keys that it publishes ([JwkSet]); [KnownIssuers] puts it beside the
/// catalog. [ToolPolicy] decides a call from the caller's claims, the [ToolNeeds] of the tool and
/// the buckets that [StorageArguments] finds in its arguments. Imports `concurrent`, `fault`,
/// `json`, the value types of `storage` and Helidon's JWT classes.
///
/// To add a check of tokens, start at [TokenVerifier] or `IssuerClaims`; what a scope means, at
/// `ScopeRights`; a form of the bucket claim, at `BucketClaim`; a right that a tool needs, at
/// `ToolTable`; an argument that names storage, at [StorageArguments].
@NullMarked
package com.quiltdata.mcp.auth;

import org.jspecify.annotations.NullMarked;
