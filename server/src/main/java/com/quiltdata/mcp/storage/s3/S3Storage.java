package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.aws.AwsServices;
import com.quiltdata.mcp.storage.ObjectStore;
import java.time.InstantSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/// S3 for this process. Making one costs nothing: clients are made at the first call. It has no
/// credentials of its own. Thread-safe.
public final class S3Storage {
  private final S3Clients clients;
  private final InstantSource clock;

  /// S3 that nobody has asked yet.
  ///
  /// @param config how it is reached
  /// @param services keep the limits of all AWS services
  /// @param clock dates links
  public S3Storage(S3Config config, AwsServices services, InstantSource clock) {
    this.clients = new S3Clients(config, services);
    this.clock = clock;
  }

  /// The buckets and objects that somebody's credentials reach, for one call.
  ///
  /// @param credentials whose they are; asked for at each request
  /// @return a store; its first use may say that there are no credentials
  public ObjectStore of(AwsCredentialsProvider credentials) {
    return new S3ObjectStore(new Conversation(clients, credentials), clock);
  }
}
