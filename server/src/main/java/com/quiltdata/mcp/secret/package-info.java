/// Secrets that AWS keeps for this process: SSM parameters and secrets of Secrets Manager.
///
/// A [SecretPlace] says which; [AwsSecrets] opens a `SecretStore` for it, which reads with the
/// credentials of the process and within seconds. Failures name the place and the error code of
/// AWS, no account and no value. Imports `auth`, `aws` and `fault`; knows the AWS SDK. To add a
/// kind of place, start at [SecretPlace].
@NullMarked
package com.quiltdata.mcp.secret;

import org.jspecify.annotations.NullMarked;
