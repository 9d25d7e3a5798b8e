package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

/// What answers of S3 tell of an object.
final class S3Info {
  private S3Info() {}

  /// @throws Fault [FaultCode#UPSTREAM_UNAVAILABLE] when it is no answer of S3
  static ObjectInfo of(ObjectLocation asked, HeadObjectResponse answer) {
    require(asked, answer.eTag(), answer.lastModified());
    return new ObjectInfo(
        located(asked, answer.versionId()),
        answer.contentLength(),
        answer.lastModified(),
        Etags.bare(answer.eTag()),
        Optional.ofNullable(answer.contentType()),
        Optional.ofNullable(answer.storageClassAsString()).orElse(Etags.USUAL_CLASS),
        KeptMetadata.decoded(answer.metadata()));
  }

  /// @throws Fault [FaultCode#UPSTREAM_UNAVAILABLE] when it is no answer of S3
  static ObjectInfo of(ObjectLocation asked, GetObjectResponse answer) {
    require(asked, answer.eTag(), answer.lastModified());
    return new ObjectInfo(
        located(asked, answer.versionId()),
        wholeSize(answer),
        answer.lastModified(),
        Etags.bare(answer.eTag()),
        Optional.ofNullable(answer.contentType()),
        Optional.ofNullable(answer.storageClassAsString()).orElse(Etags.USUAL_CLASS),
        KeptMetadata.decoded(answer.metadata()));
  }

  private static void require(
      ObjectLocation asked, @Nullable String etag, @Nullable Instant lastModified) {
    if (etag == null || lastModified == null) {
      throw S3Faults.unavailable(
          Quoted.of(asked.uri()), new IllegalStateException("the answer tells of no object"));
    }
  }

  private static ObjectLocation located(ObjectLocation asked, @Nullable String versionId) {
    return Optional.ofNullable(versionId).map(asked::withVersion).orElse(asked);
  }

  /// The number behind the slash of `bytes 0-9/100`.
  private static long wholeSize(GetObjectResponse answer) {
    String range = answer.contentRange();
    if (range == null) {
      return answer.contentLength();
    }
    return Long.parseLong(range.substring(range.indexOf('/') + 1));
  }
}
