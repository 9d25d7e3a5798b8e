package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// What all callers of this process share: one HTTP client, one SDK client a region, the regions of
/// buckets, one budget of retries. Everything is built at its first use. Thread-safe.
///
/// The clients have no credentials of their own: a request that names none fails.
final class S3Clients {
  private static final int ATTEMPTS = 3;
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);
  private static final int CONFLICT = 409;

  private static final AwsCredentialsProvider NOBODY =
      () -> {
        throw new Fault(FaultCode.NO_CREDENTIALS, "The call names no AWS credentials");
      };

  private final S3Config config;
  private final S3Deadlines deadlines;
  private final BucketRegions regions = new BucketRegions();
  private final PartRoom room = new PartRoom();
  private final RetryStrategy retries = retries();
  private final Map<Region, S3Client> clients = new ConcurrentHashMap<>();
  private volatile Optional<Shared> shared = Optional.empty();

  /// What every client is made of.
  ///
  /// @param region where buckets are looked for first
  /// @param endpoint in place of Amazon's
  private record Shared(SdkHttpClient http, Region region, Optional<URI> endpoint) {}

  S3Clients(S3Config config) {
    this(config, S3Deadlines.USUAL);
  }

  S3Clients(S3Config config, S3Deadlines deadlines) {
    this.config = config;
    this.deadlines = deadlines;
  }

  /// How long S3 is waited for.
  S3Deadlines deadlines() {
    return deadlines;
  }

  /// Where buckets are looked for first.
  Region home() {
    return shared().region();
  }

  /// The service in place of Amazon's; it has one region.
  Optional<URI> endpoint() {
    return shared().endpoint();
  }

  /// The regions of buckets, as far as they are known.
  BucketRegions regions() {
    return regions;
  }

  /// The memory for parts of objects that are written.
  PartRoom room() {
    return room;
  }

  /// The client for a region.
  S3Client of(Region region) {
    Shared parts = shared();
    return clients.computeIfAbsent(region, one -> client(parts, one));
  }

  private synchronized Shared shared() {
    Shared parts = shared.orElseGet(this::look);
    shared = Optional.of(parts);
    return parts;
  }

  private Shared look() {
    SdkHttpClient http =
        UrlConnectionHttpClient.builder()
            .connectionTimeout(deadlines.connect())
            .socketTimeout(deadlines.withoutAByte())
            .build();
    Shared parts =
        new Shared(
            http, config.region().map(Region::of).orElseGet(this::region), config.endpoint());
    // A profile may name an endpoint too, which only a client knows.
    try (S3Client probe = client(parts, parts.region())) {
      return new Shared(
          http, parts.region(), probe.serviceClientConfiguration().endpointOverride());
    }
  }

  private Region region() {
    try {
      DefaultAwsRegionProviderChain.Builder chain = DefaultAwsRegionProviderChain.builder();
      config.profile().ifPresent(chain::profileName);
      return chain.build().getRegion();
    } catch (SdkException e) {
      // None is named; whichever is asked tells where a bucket is.
      return Region.US_EAST_1;
    }
  }

  private S3Client client(Shared parts, Region region) {
    S3ClientBuilder builder =
        S3Client.builder()
            .httpClient(parts.http())
            .region(region)
            .credentialsProvider(NOBODY)
            .defaultsMode(DefaultsMode.STANDARD)
            // Bodies come with the SHA-256 that was made when they were read.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(service -> service.chunkedEncodingEnabled(false))
            .overrideConfiguration(override -> {
              override
                  .addExecutionInterceptor(new TappedBody.Interceptor())
                  .retryStrategy(retries)
                  .apiCallAttemptTimeout(deadlines.attempt())
                  .apiCallTimeout(deadlines.call());
              config.profile().ifPresent(override::defaultProfileName);
            });
    parts.endpoint().ifPresent(uri -> builder.endpointOverride(uri).forcePathStyle(true));
    return builder.build();
  }

  private static RetryStrategy retries() {
    // With full jitter, and a bucket of tokens that only successes fill again.
    BackoffStrategy pauses = BackoffStrategy.exponentialDelay(FIRST_PAUSE, LONGEST_PAUSE);
    return AwsRetryStrategy.standardRetryStrategy().toBuilder()
        .maxAttempts(ATTEMPTS)
        .backoffStrategy(pauses)
        .throttlingBackoffStrategy(pauses)
        .retryOnException(S3Clients::isRaced)
        .build();
  }

  /// Whether another write of the same key was under way, so that nothing is decided yet.
  private static boolean isRaced(Throwable failure) {
    return failure instanceof S3Exception e
        && e.statusCode() == CONFLICT
        && S3Faults.code(e).equals("ConditionalRequestConflict");
  }
}
