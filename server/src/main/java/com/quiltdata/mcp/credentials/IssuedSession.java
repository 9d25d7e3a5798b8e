package com.quiltdata.mcp.credentials;

import java.time.Instant;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;

/// What STS gave for a role.
///
/// @param credentials of the session
/// @param end when they stop working
record IssuedSession(AwsSessionCredentials credentials, Instant end) {
  @Override
  public String toString() {
    return "session until " + end;
  }
}
