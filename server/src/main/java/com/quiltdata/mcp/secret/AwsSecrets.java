package com.quiltdata.mcp.secret;

import com.quiltdata.mcp.auth.SecretStore;
import com.quiltdata.mcp.aws.AmbientCredentials;
import com.quiltdata.mcp.aws.AwsServices;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;

/// Opens stores of secrets. Nothing is built, read or asked before their first use.
///
/// The SDK tries once: whoever reads decides about a second try.
///
/// @param services the AWS services behind this one
/// @param profile of the AWS configuration files, which gives the credentials
/// @param endpoint of a service that stands in for Amazon's; else as the environment and the AWS
///   configuration files say
public record AwsSecrets(AwsServices services, Optional<String> profile, Optional<URI> endpoint) {
  /// Opens a store.
  ///
  /// @param place what it keeps
  /// @param overlap how long after a change the text before is asked for
  /// @param clock a wall clock
  /// @return the store
  public SecretStore open(SecretPlace place, Duration overlap, InstantSource clock) {
    return switch (place) {
      case SecretPlace.Parameter parameter ->
          new ParameterStore(
              parameter,
              new OnFirstUse<>(() -> client(SsmClient.builder(), "SSM", place)),
              overlap,
              clock);
      case SecretPlace.Managed secret ->
          new ManagedStore(
              secret,
              new OnFirstUse<>(
                  () -> client(SecretsManagerClient.builder(), "Secrets Manager", place)),
              overlap,
              clock);
    };
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> C client(
      B builder, String service, SecretPlace place) {
    Region region = Region.of(place.region());
    services
        .guardOnce(
            builder,
            services.upstream(service, region),
            region,
            override -> profile.ifPresent(override::defaultProfileName))
        .credentialsProvider(new AmbientCredentials(profile));
    endpoint.ifPresent(builder::endpointOverride);
    return builder.build();
  }
}
