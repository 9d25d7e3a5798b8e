package com.quiltdata.mcp.storage.s3;

import java.net.URI;
import java.util.Optional;

/// How S3 is reached; what is left out is as the environment and the AWS configuration files say.
///
/// @param endpoint another service than Amazon's; buckets are then named in the path
/// @param region where buckets are looked for first
/// @param profile the profile that gives the credentials of this host's user
public record S3Config(Optional<URI> endpoint, Optional<String> region, Optional<String> profile) {
  /// Everything as the environment and the AWS configuration files say.
  public static final S3Config AMBIENT =
      new S3Config(Optional.empty(), Optional.empty(), Optional.empty());
}
