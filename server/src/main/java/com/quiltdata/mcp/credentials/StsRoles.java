package com.quiltdata.mcp.credentials;

import com.quiltdata.mcp.aws.AwsServices;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.StsClientBuilder;
import software.amazon.awssdk.services.sts.model.AssumeRoleResponse;
import software.amazon.awssdk.services.sts.model.Credentials;

/// AWS STS, asked with the credentials of this process. The client is built at its first use.
/// Thread-safe.
final class StsRoles implements RoleService {
  static final String SERVICE = "AWS STS";

  private final CredentialsConfig config;
  private final AwsServices services;
  private final AwsCredentialsProvider own;
  private final EventLog log = EventLog.named("credentials");
  private Optional<StsClient> client = Optional.empty();

  /// @param services keep the limits
  /// @param own of this process
  StsRoles(CredentialsConfig config, AwsServices services, AwsCredentialsProvider own) {
    this.config = config;
    this.services = services;
    this.own = own;
  }

  @Override
  public IssuedSession assume(RoleRequest request) {
    try {
      AssumeRoleResponse response =
          client()
              .assumeRole(r ->
                  r.roleArn(request.role().value())
                      .roleSessionName(request.name().value())
                      .sourceIdentity(request.name().value())
                      .durationSeconds(Math.toIntExact(request.life().toSeconds()))
                      .policy(request.policy().text()));
      CredentialSource source =
          request.isClaimed() ? CredentialSource.ROLE : CredentialSource.DATA_ROLE;
      log.event(
          Level.INFO,
          "credentials.assumed",
          LogFields.of("source", source.wire()).with("session", request.name().value()));
      return session(response.credentials());
    } catch (SdkException e) {
      log.event(
          Level.WARNING,
          "credentials.refused",
          LogFields.of("service", SERVICE)
              .with("role", request.role().value())
              .with("reason", StsFaults.reason(e)));
      throw StsFaults.of(request.isClaimed(), e);
    } catch (Fault e) {
      throw e.code() == FaultCode.NO_CREDENTIALS ? StsFaults.ownMissing(e) : e;
    }
  }

  private static IssuedSession session(Credentials given) {
    Instant end = given.expiration();
    return new IssuedSession(
        AwsSessionCredentials.builder()
            .accessKeyId(given.accessKeyId())
            .secretAccessKey(given.secretAccessKey())
            .sessionToken(given.sessionToken())
            .expirationTime(end)
            .build(),
        end);
  }

  private synchronized StsClient client() {
    StsClient shared = client.orElseGet(this::built);
    client = Optional.of(shared);
    return shared;
  }

  private StsClient built() {
    Region region = Region.of(config.region());
    StsClientBuilder builder = StsClient.builder().credentialsProvider(own);
    config.stsEndpoint().ifPresent(builder::endpointOverride);
    return services
        .guard(
            builder,
            services.upstream(SERVICE, region),
            region,
            override -> config.profile().ifPresent(override::defaultProfileName))
        .build();
  }
}
