package com.quiltdata.mcp.credentials;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/// Turns what STS and the SDK report into faults without account, role, host or foreign text.
final class StsFaults {
  private static final Set<String> DENIED = Set.of("AccessDenied", "AccessDeniedException");
  private static final Set<String> OWN_CREDENTIALS =
      Set.of(
          "ExpiredToken",
          "ExpiredTokenException",
          "InvalidClientTokenId",
          "InvalidAccessKeyId",
          "MissingAuthenticationToken",
          "SignatureDoesNotMatch",
          "UnrecognizedClientException");

  private StsFaults() {}

  /// The fault for a failure.
  ///
  /// @param isClaimed whether the token names the role
  static Fault of(boolean isClaimed, SdkException e) {
    if (e instanceof AbortedException || Thread.currentThread().isInterrupted()) {
      Thread.currentThread().interrupt();
      return new Fault(FaultCode.CANCELLED, "The call was cancelled", e);
    }
    Optional<Fault> ours =
        Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
            .filter(Fault.class::isInstance)
            .map(Fault.class::cast)
            .findFirst();
    if (ours.isPresent()) {
      Fault fault = ours.get();
      return fault.code() == FaultCode.NO_CREDENTIALS ? ownMissing(fault) : fault;
    }
    String code = code(e);
    if (DENIED.contains(code)) {
      return new Fault(
          FaultCode.FORBIDDEN_ROLE,
          isClaimed
              ? "AWS does not let this server assume the role that the token names: the role has to"
                  + " trust it"
              : "AWS does not let this server assume its data role: the operator has to make the"
                  + " role trust it",
          e);
    }
    if (OWN_CREDENTIALS.contains(code)) {
      return ownMissing(e);
    }
    if (code.equals("PackedPolicyTooLarge")) {
      return new Fault(
          FaultCode.TOO_MANY_BUCKETS,
          "The call names more buckets than its AWS rights can be narrowed to: name fewer in one"
              + " call",
          e);
    }
    return new Fault(
        FaultCode.UPSTREAM_UNAVAILABLE,
        "AWS STS, which gives out the credentials of the call, failed: try again later",
        e);
  }

  static Fault ownMissing(Throwable cause) {
    return new Fault(
        FaultCode.NO_CREDENTIALS,
        "There are no AWS credentials for this call: this server has none of its own that AWS"
            + " accepts, with which it could assume a role. Its operator has to give it some",
        cause);
  }

  /// What the log may say of a failure: the service's code, else what kind of failure it is.
  static String reason(SdkException e) {
    String code = code(e);
    return code.isEmpty() ? e.getClass().getSimpleName() : code;
  }

  private static String code(SdkException e) {
    return e instanceof AwsServiceException refusal
        ? Optional.ofNullable(refusal.awsErrorDetails()).map(AwsErrorDetails::errorCode).orElse("")
        : "";
  }
}
