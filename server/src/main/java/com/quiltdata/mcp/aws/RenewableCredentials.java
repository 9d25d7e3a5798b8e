package com.quiltdata.mcp.aws;

import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/// Credentials that can be looked for anew, should AWS take them for expired before their time.
/// Thread-safe.
public interface RenewableCredentials extends AwsCredentialsProvider {
  /// Looks for others.
  ///
  /// @param refused what AWS did not take
  /// @return whether there are others now
  boolean renew(AwsCredentials refused);
}
