package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.storage.BucketName;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// In which region buckets are, as S3 told before. Thread-safe; forgets the least used of 1,000.
final class BucketRegions {
  private static final int MOST = 1_000;
  private static final Pattern NAME = Pattern.compile("[a-z]{2,4}(-[a-z]{2,12}){1,3}-[0-9]{1,2}");

  private final Map<BucketName, Region> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<BucketName, Region> eldest) {
          return size() > MOST;
        }
      };

  synchronized Optional<Region> find(BucketName bucket) {
    return Optional.ofNullable(known.get(bucket));
  }

  synchronized void put(BucketName bucket, Region region) {
    known.put(bucket, region);
  }

  /// The region that an answer of S3 names as that of the bucket.
  static Optional<Region> named(SdkHttpResponse response) {
    // It becomes a part of a host's name.
    return response
        .firstMatchingHeader("x-amz-bucket-region")
        .filter(name -> NAME.matcher(name).matches())
        .map(Region::of);
  }

  /// The region that a refusal names.
  static Optional<Region> named(S3Exception refusal) {
    return Optional.ofNullable(refusal.awsErrorDetails())
        .map(AwsErrorDetails::sdkHttpResponse)
        .flatMap(BucketRegions::named);
  }
}
