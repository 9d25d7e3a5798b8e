/// Buckets and objects in Amazon S3, or in what speaks its protocol.
///
/// [S3Storage] is the way in: it holds what the process shares (`S3Clients`: one SDK client a
/// region) and makes an [S3ObjectStore] for whoever calls. `Conversation` sends the requests of one
/// store with its credentials, to the region of the bucket; `S3Faults` turns what comes back into
/// faults that name no account, host or foreign text. How long S3 is waited for, and how often it
/// is asked, is decided in `aws`; only a body that breaks off is asked for again here. Nothing is
/// built, read or asked before the first use. Imports `storage`, `aws`, `upstream` and `fault`. To
/// add a call, start at `Conversation`.
@NullMarked
package com.quiltdata.mcp.storage.s3;

import org.jspecify.annotations.NullMarked;
