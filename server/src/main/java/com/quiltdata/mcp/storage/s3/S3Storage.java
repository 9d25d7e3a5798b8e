package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.aws.AwsServices;
import com.quiltdata.mcp.storage.ObjectStore;
import java.time.InstantSource;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/// S3 for this process. Making one costs nothing: clients and credentials are looked for at the
/// first call. Thread-safe.
public final class S3Storage {
  private final S3Clients clients;
  private final AwsCredentialsProvider user;
  private final InstantSource clock;

  /// S3 with the credentials of this host's user.
  ///
  /// @param config how it is reached
  /// @param services keep the limits of all AWS services
  /// @param clock dates links
  public S3Storage(S3Config config, AwsServices services, InstantSource clock) {
    this(new S3Clients(config, services), new AmbientCredentials(config.profile()), clock);
  }

  S3Storage(S3Clients clients, AwsCredentialsProvider user, InstantSource clock) {
    this.clients = clients;
    this.user = user;
    this.clock = clock;
  }

  /// The buckets and objects that this host's user can reach, for one call.
  ///
  /// @return a store; its first use may say that there are no credentials
  public ObjectStore ofThisUser() {
    return of(user);
  }

  ObjectStore of(AwsCredentialsProvider credentials) {
    return new S3ObjectStore(new Conversation(clients, credentials), clock);
  }
}
