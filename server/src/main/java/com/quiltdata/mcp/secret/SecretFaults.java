package com.quiltdata.mcp.secret;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/// What goes wrong with AWS, as faults that name the place and no account, host or foreign text.
final class SecretFaults {
  private static final Pattern CODE = Pattern.compile("[A-Za-z]{1,60}");

  private SecretFaults() {}

  /// Does something with AWS.
  ///
  /// @throws Fault in place of what the SDK throws
  static <T> T translate(SecretPlace place, Supplier<T> work) {
    try {
      return work.get();
    } catch (AwsServiceException e) {
      throw new Fault(
          FaultCode.UPSTREAM_UNAVAILABLE,
          "%s cannot be read: AWS answers %s".formatted(place.inWords(), code(e)),
          e);
    } catch (SdkException | IllegalStateException | NullPointerException e) {
      // The latter two are what the SDK throws where a session ended or a helper program failed.
      throw new Fault(
          FaultCode.UPSTREAM_UNAVAILABLE,
          "%s cannot be read: AWS does not answer, or this process has no credentials for it"
              .formatted(place.inWords()),
          e);
    }
  }

  private static String code(AwsServiceException e) {
    return Optional.ofNullable(e.awsErrorDetails())
        .map(AwsErrorDetails::errorCode)
        .filter(code -> CODE.matcher(code).matches())
        .orElse("with status " + e.statusCode());
  }
}
