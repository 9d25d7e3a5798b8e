package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/// Turns what the SDK reports into faults that name the service and the thing, and no account,
/// role, host or foreign text.
final class S3Faults {
  /// What callers know the service by.
  static final String SERVICE = "Amazon S3";

  private static final Set<String> BAD_CREDENTIALS =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "InvalidAccessKeyId",
          "InvalidClientTokenId",
          "InvalidToken",
          "RequestExpired",
          "SignatureDoesNotMatch",
          "TokenRefreshRequired",
          "UnrecognizedClientException");
  private static final Set<String> EXPIRED =
      Set.of("ExpiredToken", "ExpiredTokenException", "TokenRefreshRequired");
  private static final Set<String> BROKEN_ON_THE_WAY =
      Set.of("BadDigest", "IncompleteBody", "InvalidDigest", "XAmzContentSHA256Mismatch");

  private static final int SERVER_ERROR = 500;

  private S3Faults() {}

  /// Runs what calls the SDK.
  ///
  /// @param subject what it is about, for the caller
  /// @throws Fault [FaultCode#CANCELLED] when the thread was interrupted, which it stays, else what
  ///   [#of] makes of the failure
  static <T> T translate(String subject, Supplier<T> call) {
    try {
      return call.get();
    } catch (SdkException e) {
      throw of(subject, e);
    }
  }

  /// The fault for a failure of the SDK.
  ///
  /// @param subject what was asked for: a bucket or an object, quoted
  static Fault of(String subject, SdkException e) {
    if (e instanceof AbortedException || Thread.currentThread().isInterrupted()) {
      return cancelled(e);
    }
    Optional<Fault> ours =
        causes(e).filter(Fault.class::isInstance).map(Fault.class::cast).findFirst();
    if (ours.isPresent()) {
      return ours.get();
    }
    if (e instanceof AwsServiceException refusal) {
      return refused(subject, refusal);
    }
    boolean isLate =
        e instanceof ApiCallTimeoutException
            || causes(e)
                .anyMatch(cause ->
                    cause instanceof ApiCallAttemptTimeoutException
                        || cause instanceof SocketTimeoutException);
    return isLate ? late(subject, e) : unavailable(subject, e);
  }

  /// Whether the credentials were good once.
  static boolean saysExpired(AwsServiceException e) {
    return EXPIRED.contains(code(e));
  }

  /// Whether another attempt may end otherwise.
  static boolean isPassing(SdkException e) {
    return !(e instanceof AwsServiceException refusal)
        || refusal.statusCode() >= SERVER_ERROR
        || refusal.isThrottlingException();
  }

  static Fault cancelled(Throwable cause) {
    Thread.currentThread().interrupt();
    return new Fault(FaultCode.CANCELLED, "The call was cancelled", cause);
  }

  static Fault late(String subject, Throwable cause) {
    return new Fault(
        FaultCode.TIMEOUT,
        "Amazon S3 did not answer in time at %s: try again".formatted(subject),
        cause);
  }

  static Fault unavailable(String subject, Throwable cause) {
    return new Fault(
        FaultCode.UPSTREAM_UNAVAILABLE,
        "Amazon S3 failed at %s: try again later".formatted(subject),
        cause);
  }

  static Fault missing(String subject, Throwable cause) {
    return new Fault(FaultCode.NOT_FOUND, "%s not found".formatted(capital(subject)), cause);
  }

  /// The error code of S3; empty where the answer has none, as that to a HEAD request.
  static String code(AwsServiceException e) {
    return Optional.ofNullable(e.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse("");
  }

  private static Fault refused(String subject, AwsServiceException e) {
    String code = code(e);
    // Another service is asked for credentials only.
    if (BAD_CREDENTIALS.contains(code) || !(e instanceof S3Exception)) {
      return new Fault(
          FaultCode.NO_CREDENTIALS,
          "AWS refuses these credentials, which may have expired: sign in to the catalog again; on"
              + " your own machine log in (for example with `aws sso login`), or name another profile"
              + " with AWS_PROFILE",
          e);
    }
    if (code.equals("NoSuchBucket")) {
      return new Fault(FaultCode.NOT_FOUND, "There is no bucket for %s".formatted(subject), e);
    }
    if (code.equals("InvalidObjectState")) {
      return new Fault(
          FaultCode.INVALID_ARGUMENT,
          "%s is archived: have it restored before it is read".formatted(capital(subject)),
          e);
    }
    if (BROKEN_ON_THE_WAY.contains(code)) {
      return unavailable(subject, e);
    }
    return switch (e.statusCode()) {
      case 400 ->
          code.equals("RequestTimeout")
              ? late(subject, e)
              : new Fault(
                  FaultCode.INVALID_ARGUMENT,
                  "Amazon S3 refuses the request for %s as invalid".formatted(subject),
                  e);
      case 401, 403 ->
          new Fault(
              FaultCode.FORBIDDEN_ACTION,
              "AWS denies access to %s: ask its owner for the right".formatted(subject),
              e);
      case 404, 405 -> missing(subject, e);
      case 409, 412 -> conflict(e);
      case 413 ->
          new Fault(
              FaultCode.TOO_LARGE, "%s is larger than S3 takes".formatted(capital(subject)), e);
      default -> unavailable(subject, e);
    };
  }

  static Fault conflict(Throwable cause) {
    return new Fault(FaultCode.CONFLICT, "Somebody else wrote the object first", cause);
  }

  private static String capital(String subject) {
    return Character.toUpperCase(subject.charAt(0)) + subject.substring(1);
  }

  private static Stream<Throwable> causes(Throwable e) {
    return Stream.iterate(e, cause -> cause != null, Throwable::getCause);
  }
}
