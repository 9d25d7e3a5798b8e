package com.quiltdata.mcp.deploy.aws;

import java.net.URI;
import java.util.Optional;

/// Which AWS a command speaks to, and as whom.
///
/// @param region for example `us-east-1`
/// @param profile of the AWS configuration files; empty for the first credentials that the SDK
///   finds
/// @param endpoint of something that stands in for every AWS service
public record AwsConfig(String region, Optional<String> profile, Optional<URI> endpoint) {}
