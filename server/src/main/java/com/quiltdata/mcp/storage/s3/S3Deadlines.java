package com.quiltdata.mcp.storage.s3;

import java.time.Duration;

/// How long S3 is waited for.
///
/// @param connect for a connection
/// @param withoutAByte while the body of an object is under way
/// @param attempt for the answer to one request, its body left out
/// @param call for all attempts together
record S3Deadlines(Duration connect, Duration withoutAByte, Duration attempt, Duration call) {
  /// The usual ones.
  static final S3Deadlines USUAL =
      new S3Deadlines(
          Duration.ofSeconds(1),
          Duration.ofSeconds(10),
          Duration.ofSeconds(5),
          Duration.ofSeconds(20));
}
