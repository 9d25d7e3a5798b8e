package com.quiltdata.mcp.deploy.aws;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.time.Duration;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.ProfileCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.builder.SdkSyncClientBuilder;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFileSupplier;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatchlogs.CloudWatchLogsClient;
import software.amazon.awssdk.services.ecr.EcrClient;
import software.amazon.awssdk.services.ecs.EcsClient;
import software.amazon.awssdk.services.elasticloadbalancingv2.ElasticLoadBalancingV2Client;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.sts.StsClient;

/// The clients of one command, each built when it is first needed, over one HTTP client.
///
/// Reading calls are repeated by the SDK when AWS throttles them or does not answer. Writing calls
/// never are: they could take effect twice. Who calls them looks first.
public final class AwsClients implements AutoCloseable {
  private static final Duration ATTEMPT = Duration.ofSeconds(10);
  private static final Duration CALL = Duration.ofSeconds(60);
  private static final Duration CONNECT = Duration.ofSeconds(2);
  private static final int ATTEMPTS = 4;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

  private final AwsConfig config;
  private final CallLog log;
  private final SdkHttpClient http;
  private final AwsCredentialsProvider credentials;

  private final Lazy<EcsClient> ecs;
  private final Lazy<EcsClient> ecsWriting;
  private final Lazy<EcrClient> ecr;
  private final Lazy<ElasticLoadBalancingV2Client> loadBalancing;
  private final Lazy<IamClient> iam;
  private final Lazy<SsmClient> ssm;
  private final Lazy<SsmClient> ssmWriting;
  private final Lazy<SecretsManagerClient> secrets;
  private final Lazy<CloudWatchLogsClient> logs;
  private final Lazy<StsClient> sts;
  private final Lazy<CloudWatchClient> cloudwatch;

  /// Clients for one command.
  ///
  /// @param config where to, and as whom
  /// @param log counts the calls
  public AwsClients(AwsConfig config, CallLog log) {
    this(
        config,
        log,
        AwsRetryStrategy.standardRetryStrategy().toBuilder()
            .maxAttempts(ATTEMPTS)
            .circuitBreakerEnabled(false)
            .throttlingBackoffStrategy(
                BackoffStrategy.exponentialDelayHalfJitter(FIRST_PAUSE, LONGEST_PAUSE))
            .build());
  }

  /// Clients whose reading calls are repeated in another way.
  public AwsClients(AwsConfig config, CallLog log, RetryStrategy reading) {
    this.config = config;
    this.log = log;
    this.http = http(config);
    // Looks at the files again, so that a long wait outlives a renewed session.
    this.credentials =
        config
            .profile()
            .<AwsCredentialsProvider>map(name ->
                ProfileCredentialsProvider.builder()
                    .profileName(name)
                    .profileFile(ProfileFileSupplier.defaultSupplier())
                    .build())
            .orElseGet(() ->
                DefaultCredentialsProvider.builder()
                    .profileFile(ProfileFileSupplier.defaultSupplier())
                    .build());
    RetryStrategy never = AwsRetryStrategy.doNotRetry();
    this.ecs = new Lazy<>(() -> built(EcsClient.builder(), reading));
    this.ecsWriting = new Lazy<>(() -> built(EcsClient.builder(), never));
    this.ecr = new Lazy<>(() -> built(EcrClient.builder(), reading));
    this.loadBalancing = new Lazy<>(() -> built(ElasticLoadBalancingV2Client.builder(), reading));
    this.iam = new Lazy<>(() -> built(IamClient.builder(), reading));
    this.ssm = new Lazy<>(() -> built(SsmClient.builder(), reading));
    this.ssmWriting = new Lazy<>(() -> built(SsmClient.builder(), never));
    this.secrets = new Lazy<>(() -> built(SecretsManagerClient.builder(), reading));
    this.logs = new Lazy<>(() -> built(CloudWatchLogsClient.builder(), reading));
    this.sts = new Lazy<>(() -> built(StsClient.builder(), reading));
    this.cloudwatch = new Lazy<>(() -> built(CloudWatchClient.builder(), reading));
  }

  /// The builder reads all certificates that this Java trusts, which takes a tenth of a second. Who
  /// stands in for AWS over plain HTTP, and is reached without a proxy, needs none.
  private static SdkHttpClient http(AwsConfig config) {
    return config.endpoint().filter(uri -> "http".equals(uri.getScheme())).isPresent()
        ? UrlConnectionHttpClient.create(AwsClients::plain)
        : UrlConnectionHttpClient.builder().build();
  }

  private static HttpURLConnection plain(URI uri) {
    try {
      HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection(Proxy.NO_PROXY);
      connection.setConnectTimeout((int) CONNECT.toMillis());
      connection.setReadTimeout((int) ATTEMPT.toMillis());
      return connection;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <B extends AwsClientBuilder<B, C> & SdkSyncClientBuilder<B, C>, C> C built(
      B builder, RetryStrategy retries) {
    builder
        .httpClient(http)
        .region(Region.of(config.region()))
        .credentialsProvider(credentials)
        .overrideConfiguration(settings ->
            settings
                .retryStrategy(retries)
                .apiCallAttemptTimeout(ATTEMPT)
                .apiCallTimeout(CALL)
                .addExecutionInterceptor(log)
                .addExecutionInterceptor(new RawJson()));
    config.endpoint().ifPresent(builder::endpointOverride);
    return builder.build();
  }

  /// Reading calls of ECS.
  public EcsClient ecs() {
    return ecs.get();
  }

  /// Changing calls of ECS, sent once.
  public EcsClient ecsWriting() {
    return ecsWriting.get();
  }

  /// ECR.
  public EcrClient ecr() {
    return ecr.get();
  }

  /// Elastic Load Balancing.
  public ElasticLoadBalancingV2Client loadBalancing() {
    return loadBalancing.get();
  }

  /// IAM.
  public IamClient iam() {
    return iam.get();
  }

  /// Reading calls of SSM.
  public SsmClient ssm() {
    return ssm.get();
  }

  /// Changing calls of SSM, sent once.
  public SsmClient ssmWriting() {
    return ssmWriting.get();
  }

  /// Secrets Manager.
  public SecretsManagerClient secrets() {
    return secrets.get();
  }

  /// CloudWatch Logs.
  public CloudWatchLogsClient logs() {
    return logs.get();
  }

  /// STS.
  public StsClient sts() {
    return sts.get();
  }

  /// CloudWatch.
  public CloudWatchClient cloudwatch() {
    return cloudwatch.get();
  }

  /// Where the calls go, for messages.
  public AwsConfig config() {
    return config;
  }

  /// Which calls were made.
  public CallLog log() {
    return log;
  }

  /// Runs a call and says in our words what AWS says.
  ///
  /// @param action what is tried, `look at service x` for example
  public <T> T call(String action, Function<AwsClients, T> work) {
    try {
      return work.apply(this);
    } catch (RuntimeException e) {
      throw AwsFaults.told(action, log.last(), config, e);
    }
  }

  @Override
  public void close() {
    http.close();
  }
}
