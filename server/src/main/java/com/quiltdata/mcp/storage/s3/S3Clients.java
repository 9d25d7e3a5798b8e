package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.aws.AwsDeadlines;
import com.quiltdata.mcp.aws.AwsServices;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.upstream.Upstream;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.DefaultAwsRegionProviderChain;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/// What all callers of this process share: one SDK client a region, and one that asks only once;
/// the regions of buckets; the memory for what is written. Everything is built at its first use.
/// Thread-safe.
///
/// The clients have no credentials of their own: a request that names none fails.
final class S3Clients {
  private static final AwsCredentialsProvider NOBODY =
      () -> {
        throw new Fault(FaultCode.NO_CREDENTIALS, "The call names no AWS credentials");
      };

  private final S3Config config;
  private final AwsServices services;
  private final BucketRegions regions = new BucketRegions();
  private final PartRoom room = new PartRoom();
  private final Map<Region, S3Client> clients = new ConcurrentHashMap<>();
  private final Map<Region, S3Client> askingOnce = new ConcurrentHashMap<>();
  private volatile Optional<Shared> shared = Optional.empty();

  /// What every client is made of.
  ///
  /// @param region where buckets are looked for first
  /// @param endpoint in place of Amazon's
  private record Shared(Region region, Optional<URI> endpoint) {}

  /// @param services keep the limits
  S3Clients(S3Config config, AwsServices services) {
    this.config = config;
    this.services = services;
  }

  /// How long S3 is waited for.
  AwsDeadlines deadlines() {
    return services.limits().deadlines();
  }

  /// S3 in a region, as all share it.
  Upstream upstream(Region region) {
    return services.upstream(S3Faults.SERVICE, region);
  }

  /// How often a body that breaks off is asked for in a row.
  int attempts() {
    return services.limits().retries().attempts();
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
    return clients.computeIfAbsent(region, one -> client(parts, one).build());
  }

  /// The client for a region that makes one attempt.
  S3Client once(Region region) {
    Shared parts = shared();
    return askingOnce.computeIfAbsent(
        region,
        one -> services.guardOnce(plain(parts), upstream(one), one, this::override).build());
  }

  private synchronized Shared shared() {
    Shared parts = shared.orElseGet(this::look);
    shared = Optional.of(parts);
    return parts;
  }

  private Shared look() {
    Shared parts =
        new Shared(config.region().map(Region::of).orElseGet(this::region), config.endpoint());
    // A profile may name an endpoint too, which only a client knows.
    try (S3Client probe = client(parts, parts.region()).build()) {
      return new Shared(parts.region(), probe.serviceClientConfiguration().endpointOverride());
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

  private S3ClientBuilder client(Shared parts, Region region) {
    return services.guard(plain(parts), upstream(region), region, this::override);
  }

  private static S3ClientBuilder plain(Shared parts) {
    S3ClientBuilder builder =
        S3Client.builder()
            .credentialsProvider(NOBODY)
            // Bodies come with the SHA-256 that was made when they were read.
            .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
            .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
            .serviceConfiguration(service -> service.chunkedEncodingEnabled(false));
    parts.endpoint().ifPresent(uri -> builder.endpointOverride(uri).forcePathStyle(true));
    return builder;
  }

  private void override(ClientOverrideConfiguration.Builder override) {
    override.addExecutionInterceptor(new TappedBody.Interceptor());
    config.profile().ifPresent(override::defaultProfileName);
  }
}
