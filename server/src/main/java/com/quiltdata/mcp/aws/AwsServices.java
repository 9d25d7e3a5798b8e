package com.quiltdata.mcp.aws;

import com.quiltdata.mcp.upstream.Upstream;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;

/// The AWS services behind this one. Each service of a region is one [Upstream], whatever clients,
/// callers and buckets there are. Everything is built at its first use. Thread-safe.
public final class AwsServices {
  private final AwsLimits limits;
  private final LongSupplier nanoTime;
  private final Map<Place, Upstream> upstreams = new ConcurrentHashMap<>();
  private Optional<SdkHttpClient> http = Optional.empty();

  private record Place(String service, Region region) {}

  /// Services that nobody has asked yet.
  ///
  /// @param limits of each
  public AwsServices(AwsLimits limits) {
    this(limits, System::nanoTime);
  }

  /// The same with another clock.
  ///
  /// @param limits of each
  /// @param nanoTime a clock that never jumps; decides when a service is left alone
  public AwsServices(AwsLimits limits, LongSupplier nanoTime) {
    this.limits = limits;
    this.nanoTime = nanoTime;
  }

  /// What each may be asked.
  public AwsLimits limits() {
    return limits;
  }

  /// A service in a region.
  ///
  /// @param service as callers know it, for example `Amazon S3`
  /// @param region where
  /// @return what all its clients share
  public Upstream upstream(String service, Region region) {
    return upstreams.computeIfAbsent(
        new Place(service, region),
        place -> new Upstream(place.service(), limits.upstream(), nanoTime));
  }

  /// Makes a client keep the limits: its connections, deadlines, attempts.
  ///
  /// @param builder of the client
  /// @param upstream the service that the client speaks to
  /// @param region where
  /// @param more what else overrides the client's configuration
  /// @param <B> of which kind
  /// @param <C> what it builds
  /// @return the builder
  public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B guard(
      B builder,
      Upstream upstream,
      Region region,
      Consumer<ClientOverrideConfiguration.Builder> more) {
    return guard(builder, upstream, region, new BudgetedRetries(limits.retries(), upstream), more);
  }

  /// The same for a client whose caller decides itself whether to ask again.
  ///
  /// @param builder of the client
  /// @param upstream the service that the client speaks to
  /// @param region where
  /// @param more what else overrides the client's configuration
  /// @param <B> of which kind
  /// @param <C> what it builds
  /// @return the builder
  public <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B guardOnce(
      B builder,
      Upstream upstream,
      Region region,
      Consumer<ClientOverrideConfiguration.Builder> more) {
    return guard(builder, upstream, region, AwsRetryStrategy.doNotRetry(), more);
  }

  private <B extends AwsSyncClientBuilder<B, C> & AwsClientBuilder<B, C>, C> B guard(
      B builder,
      Upstream upstream,
      Region region,
      RetryStrategy retries,
      Consumer<ClientOverrideConfiguration.Builder> more) {
    return builder
        .httpClient(new GuardedHttpClient(http(), upstream))
        .region(region)
        .defaultsMode(DefaultsMode.STANDARD)
        .overrideConfiguration(override -> {
          more.accept(override);
          override
              .retryStrategy(retries)
              .apiCallAttemptTimeout(limits.deadlines().attempt())
              .apiCallTimeout(limits.deadlines().call());
        });
  }

  private synchronized SdkHttpClient http() {
    SdkHttpClient shared =
        http.orElseGet(() ->
            UrlConnectionHttpClient.builder()
                .connectionTimeout(limits.deadlines().connect())
                .socketTimeout(limits.deadlines().withoutAByte())
                .build());
    http = Optional.of(shared);
    return shared;
  }
}
