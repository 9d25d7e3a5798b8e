package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.aws.AwsDeadlines;
import com.quiltdata.mcp.aws.RenewableCredentials;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.upstream.RetryBudget;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Sends the requests of one caller, each with this caller's credentials and to the region of its
/// bucket. Thread-safe.
///
/// @param clients shared by all callers
/// @param credentials of this one
record Conversation(S3Clients clients, AwsCredentialsProvider credentials) {
  /// Makes a request.
  interface Request<T> extends Function<S3Client, T> {}

  /// What every request has to carry.
  AwsRequestOverrideConfiguration signed() {
    return AwsRequestOverrideConfiguration.builder().credentialsProvider(credentials).build();
  }

  /// The same for a request that may take longer than others.
  ///
  /// @param limit of an attempt
  AwsRequestOverrideConfiguration signed(Duration limit) {
    return AwsRequestOverrideConfiguration.builder()
        .credentialsProvider(credentials)
        .apiCallAttemptTimeout(limit)
        .apiCallTimeout(limit.multipliedBy(2))
        .build();
  }

  /// Sends a request that is about no bucket.
  ///
  /// @param subject what it is about, for faults
  <T> T ask(String subject, Request<T> request) {
    return S3Faults.translate(
        subject, () -> renewed(() -> request.apply(clients.of(clients.home()))));
  }

  /// Sends a request to where a bucket is. A region that turns out to be another one is kept in
  /// mind.
  ///
  /// @param bucket what it is about
  /// @param subject the same in more detail, for faults
  <T> T ask(BucketName bucket, String subject, Request<T> request) {
    return S3Faults.translate(subject, () -> toRegion(bucket, request));
  }

  /// The same; failures are still those of the SDK.
  <T> T toRegion(BucketName bucket, Request<T> request) {
    return renewed(() -> toItsRegion(bucket, request));
  }

  /// Sends a request again, once, where credentials expired that can be renewed.
  private <T> T renewed(Supplier<T> request) {
    if (!(credentials instanceof RenewableCredentials renewable)) {
      return request.get();
    }
    AwsCredentials used = renewable.resolveCredentials();
    try {
      return request.get();
    } catch (S3Exception e) {
      if (S3Faults.saysExpired(e) && renewable.renew(used)) {
        return request.get();
      }
      throw e;
    }
  }

  private <T> T toItsRegion(BucketName bucket, Request<T> request) {
    if (clients.endpoint().isPresent()) {
      return request.apply(clients.of(clients.home()));
    }
    Region region = regionOf(bucket);
    try {
      T answer = request.apply(clients.of(region));
      clients.regions().put(bucket, region);
      return answer;
    } catch (S3Exception e) {
      Optional<Region> other = BucketRegions.named(e);
      other.ifPresent(named -> clients.regions().put(bucket, named));
      if (other.isEmpty() || other.get().equals(region)) {
        throw e;
      }
      return request.apply(clients.of(other.get()));
    }
  }

  /// Sends a request once to a bucket whose region is known by now; failures are those of the SDK.
  <T> T once(BucketName bucket, Request<T> request) {
    return request.apply(clients.once(regionOf(bucket)));
  }

  /// What is left for asking again where a bucket is.
  RetryBudget retries(BucketName bucket) {
    return clients.upstream(regionOf(bucket)).retries();
  }

  /// How often in a row is asked for the same.
  int attempts() {
    return clients.attempts();
  }

  private Region regionOf(BucketName bucket) {
    return clients.endpoint().isPresent()
        ? clients.home()
        : clients.regions().find(bucket).orElseGet(clients::home);
  }

  /// The region of a bucket, asked of S3 when it is not known yet.
  Region region(BucketName bucket) {
    if (clients.endpoint().isPresent()) {
      return clients.home();
    }
    Optional<Region> known = clients.regions().find(bucket);
    if (known.isPresent()) {
      return known.get();
    }
    try {
      toRegion(
          bucket,
          client ->
              client.headBucket(r -> r.bucket(bucket.value()).overrideConfiguration(signed())));
    } catch (S3Exception e) {
      // Whoever may not look into the bucket is told where it is all the same.
      if (BucketRegions.named(e).isEmpty()) {
        throw S3Faults.of("bucket " + bucket, e);
      }
    }
    return clients.regions().find(bucket).orElseGet(clients::home);
  }

  /// The memory for parts of objects that are written.
  PartRoom room() {
    return clients.room();
  }

  /// How long S3 is waited for.
  AwsDeadlines deadlines() {
    return clients.deadlines();
  }

  /// The service in place of Amazon's.
  Optional<URI> endpoint() {
    return clients.endpoint();
  }
}
