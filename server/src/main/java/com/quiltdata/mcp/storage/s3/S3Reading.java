package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.retry.ClockSkew;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Looks objects up and opens them.
///
/// @param conversation with the caller's credentials
record S3Reading(Conversation conversation) {
  private static final int BAD_REQUEST = 400;
  private static final int FORBIDDEN = 403;
  private static final int NOT_FOUND = 404;
  private static final int NO_METHOD = 405;
  private static final int NO_RANGE = 416;

  /// No object is larger, so that nothing is there to be asked for.
  private static final long MOST_BYTES = 1L << 50;

  Optional<ObjectInfo> find(ObjectLocation location) {
    return head(location, _ -> {}).map(answer -> S3Info.of(location, answer));
  }

  /// The answer to a HEAD request, which may ask for more.
  ///
  /// @param more of the request
  /// @return empty when there is no such object or version
  Optional<HeadObjectResponse> head(
      ObjectLocation location, Consumer<HeadObjectRequest.Builder> more) {
    String subject = Quoted.of(location.uri());
    return S3Faults.translate(
        subject,
        () -> {
          try {
            return Optional.of(askHead(location, more));
          } catch (S3Exception e) {
            if (isMissing(location, e)) {
              return Optional.empty();
            }
            if (e.statusCode() == BAD_REQUEST || isClockOff(e)) {
              // The answer to HEAD does not say why.
              return isReadable(location) ? Optional.of(askHead(location, more)) : Optional.empty();
            }
            throw e;
          }
        });
  }

  private HeadObjectResponse askHead(
      ObjectLocation location, Consumer<HeadObjectRequest.Builder> more) {
    return conversation.toRegion(
        location.bucket(),
        client ->
            client.headObject(r -> {
              r.bucket(location.bucket().value())
                  .key(location.key())
                  .versionId(location.versionId().orElse(null))
                  .overrideConfiguration(conversation.signed());
              more.accept(r);
            }));
  }

  /// Whether the clock of this host may be why S3 refuses: then the SDK corrects it, but only by an
  /// answer that says so.
  private static boolean isClockOff(S3Exception e) {
    return e.statusCode() == FORBIDDEN
        && Optional.ofNullable(e.awsErrorDetails())
            .map(AwsErrorDetails::sdkHttpResponse)
            .flatMap(ClockSkew::getServerTime)
            .filter(time -> ClockSkew.isClockSkewed(Instant.now(), time))
            .isPresent();
  }

  /// Asks for the first byte, for the sake of the error code that comes with a refusal.
  ///
  /// @return whether there is such an object or version
  private boolean isReadable(ObjectLocation location) {
    try {
      get(location, "bytes=0-0").abort();
      return true;
    } catch (S3Exception e) {
      if (e.statusCode() == NO_RANGE) {
        return true;
      }
      if (isMissing(location, e)) {
        return false;
      }
      throw e;
    }
  }

  /// Whether an answer says that there is no such object or version. The id of a version may be one
  /// that S3 never gives, and the version may be a delete marker.
  static boolean isMissing(ObjectLocation location, S3Exception e) {
    String code = S3Faults.code(e);
    return switch (e.statusCode()) {
      case NOT_FOUND -> !code.equals("NoSuchBucket");
      case NO_METHOD -> true;
      case BAD_REQUEST ->
          location.versionId().isPresent()
              && (code.equals("InvalidArgument") || code.equals("NoSuchVersion"));
      default -> false;
    };
  }

  ObjectContent open(ObjectLocation location, ByteRange range) {
    if (range.length() == 0 || range.offset() > MOST_BYTES) {
      return nothing(location);
    }
    String subject = Quoted.of(location.uri());
    return S3Faults.translate(
        subject,
        () -> {
          try {
            return content(location, range, get(location, header(range)));
          } catch (S3Exception e) {
            if (e.statusCode() == NO_RANGE) {
              return nothing(location);
            }
            if (isMissing(location, e)) {
              throw missing(location);
            }
            throw e;
          }
        });
  }

  private ObjectContent content(
      ObjectLocation location, ByteRange range, ResponseInputStream<GetObjectResponse> first) {
    try {
      ObjectInfo info = S3Info.of(location, first.response());
      return new ObjectContent(info, body(info, range, first));
    } catch (Fault e) {
      first.abort();
      throw e;
    }
  }

  private InputStream body(
      ObjectInfo info, ByteRange range, ResponseInputStream<GetObjectResponse> first) {
    ObjectLocation location = info.location();
    BucketName bucket = location.bucket();
    return new ObjectBody(
        Quoted.of(location.uri()),
        first,
        range.offset(),
        conversation.attempts(),
        conversation.retries(bucket),
        rest ->
            conversation.once(
                bucket,
                client ->
                    client.getObject(
                        request(location)
                            .range(header(rest))
                            .ifMatch(Etags.quoted(info.etag()))
                            .build())));
  }

  private ResponseInputStream<GetObjectResponse> get(
      ObjectLocation location, @Nullable String range) {
    return conversation.toRegion(
        location.bucket(), client -> client.getObject(request(location).range(range).build()));
  }

  private GetObjectRequest.Builder request(ObjectLocation location) {
    return GetObjectRequest.builder()
        .bucket(location.bucket().value())
        .key(location.key())
        .versionId(location.versionId().orElse(null))
        .overrideConfiguration(conversation.signed());
  }

  private ObjectContent nothing(ObjectLocation location) {
    ObjectInfo info = find(location).orElseThrow(() -> missing(location));
    return new ObjectContent(info, InputStream.nullInputStream());
  }

  static Fault missing(ObjectLocation location) {
    return new Fault(
        FaultCode.NOT_FOUND, "Object %s not found".formatted(Quoted.of(location.uri())));
  }

  private static @Nullable String header(ByteRange range) {
    if (range.equals(ByteRange.ALL)) {
      return null;
    }
    long last = range.offset() + Math.min(range.length(), MOST_BYTES) - 1;
    return "bytes=%d-%d".formatted(range.offset(), last);
  }
}
