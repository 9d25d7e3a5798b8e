package com.quiltdata.mcp.credentials;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.ClaimedCredentials;
import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.auth.MemoryLimits;
import com.quiltdata.mcp.aws.AmbientCredentials;
import com.quiltdata.mcp.aws.AwsServices;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import java.lang.System.Logger.Level;
import java.time.InstantSource;
import java.util.Optional;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/// The AWS credentials that calls are made with, each call with its caller's own. Thread-safe.
public final class CallerCredentials {
  private final CredentialsConfig config;
  private final AwsCredentialsProvider own;
  private final RoleSessions sessions;
  private final EventLog log = EventLog.named("credentials");

  /// Credentials; nobody is asked yet.
  ///
  /// @param config whose rights may be used
  /// @param services keep the limits of AWS services
  /// @param clock decides when sessions are renewed and tokens have ended
  /// @param limits how much is remembered of callers
  public CallerCredentials(
      CredentialsConfig config, AwsServices services, InstantSource clock, MemoryLimits limits) {
    this(config, services, new AmbientCredentials(config.profile()), clock, limits);
  }

  private CallerCredentials(
      CredentialsConfig config,
      AwsServices services,
      AwsCredentialsProvider own,
      InstantSource clock,
      MemoryLimits limits) {
    this(config, new StsRoles(config, services, own), own, clock, limits);
  }

  CallerCredentials(
      CredentialsConfig config,
      RoleService service,
      AwsCredentialsProvider own,
      InstantSource clock,
      MemoryLimits limits) {
    this.config = config;
    this.own = own;
    this.sessions = new RoleSessions(service, clock, limits.credentials());
  }

  /// Where the credentials of a caller come from.
  ///
  /// @param caller who calls
  /// @return the first source that applies
  /// @throws Fault [FaultCode#FORBIDDEN_ROLE] when the token names a role that is not listed,
  ///   [FaultCode#NO_CREDENTIALS] when no source applies
  public CredentialSource source(Caller caller) {
    return switch (caller) {
      case Caller.Local _ -> CredentialSource.LOCAL;
      case Caller.Anonymous _ -> throw none();
      case Caller.Bearer bearer -> source(bearer);
    };
  }

  private CredentialSource source(Caller.Bearer bearer) {
    if (bearer.aws().credentials().isPresent()) {
      return bearer.aws().isExchanged() ? CredentialSource.REGISTRY : CredentialSource.TOKEN;
    }
    Optional<String> claimed = bearer.aws().roleArn();
    if (claimed.isPresent()) {
      listed(claimed.get());
      return CredentialSource.ROLE;
    }
    if (config.dataRole().isPresent()) {
      return CredentialSource.DATA_ROLE;
    }
    if (config.lendsTaskRole()) {
      return CredentialSource.TASK_ROLE;
    }
    throw none();
  }

  /// The role that is assumed for a caller.
  ///
  /// @param caller who calls
  /// @return empty when their credentials come from elsewhere
  /// @throws Fault as [#source]
  public Optional<RoleArn> role(Caller caller) {
    return switch (source(caller)) {
      case ROLE -> claimed(caller).map(this::listed);
      case DATA_ROLE -> config.dataRole();
      case LOCAL, TOKEN, REGISTRY, TASK_ROLE -> Optional.empty();
    };
  }

  private static Optional<String> claimed(Caller caller) {
    return caller instanceof Caller.Bearer bearer ? bearer.aws().roleArn() : Optional.empty();
  }

  /// Credentials for one call. Nothing is sent yet; that happens at their first use, if at all.
  ///
  /// @param grant what the call may do: roles are assumed for its buckets and actions only
  /// @return asked at each request; not to be used for another call
  /// @throws Fault as [#source], or [FaultCode#TOO_MANY_BUCKETS]
  public AwsCredentialsProvider of(Grant grant) {
    CredentialSource source = source(grant.caller());
    if (log.writes(Level.DEBUG)) {
      log.event(Level.DEBUG, "credentials.source", LogFields.of("source", source.wire()));
    }
    return switch (grant.caller()) {
      case Caller.Local _ -> own;
      case Caller.Anonymous _ -> throw none();
      case Caller.Bearer bearer ->
          switch (source) {
            case TOKEN, REGISTRY ->
                StaticCredentialsProvider.create(
                    credentials(bearer.aws().credentials().orElseThrow()));
            case ROLE, DATA_ROLE ->
                sessions.of(
                    bearer, role(bearer).orElseThrow(), source == CredentialSource.ROLE, grant);
            case TASK_ROLE -> own;
            case LOCAL -> throw new IllegalStateException("somebody with a token is not local");
          };
    };
  }

  private RoleArn listed(String claimed) {
    return config.allowedRoles().stream()
        .filter(role -> role.value().equals(claimed))
        .findFirst()
        .orElseThrow(() ->
            new Fault(
                FaultCode.FORBIDDEN_ROLE,
                "The token names an AWS role that may not be assumed here: the operator of this"
                    + " server decides which ones may (MCP_ALLOWED_ROLE_ARNS)"));
  }

  private static AwsCredentials credentials(ClaimedCredentials claimed) {
    return claimed
        .sessionToken()
        .<AwsCredentials>map(token ->
            AwsSessionCredentials.create(claimed.accessKeyId(), claimed.secretAccessKey(), token))
        .orElseGet(
            () -> AwsBasicCredentials.create(claimed.accessKeyId(), claimed.secretAccessKey()));
  }

  private static Fault none() {
    return new Fault(
        FaultCode.NO_CREDENTIALS,
        "There are no AWS credentials for this call: the token brings none and names no role. The"
            + " operator of this server can name a role for such calls (MCP_DATA_ROLE_ARN), or roles"
            + " that tokens may name (MCP_ALLOWED_ROLE_ARNS)");
  }
}
