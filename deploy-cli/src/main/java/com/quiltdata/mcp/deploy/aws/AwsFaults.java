package com.quiltdata.mcp.deploy.aws;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkClientException;

/// What AWS and its SDK throw, in our words.
public final class AwsFaults {
  private static final Set<String> EXPIRED =
      Set.of(
          "ExpiredTokenException",
          "ExpiredToken",
          "UnrecognizedClientException",
          "InvalidClientTokenId",
          "InvalidSignatureException");
  private static final Set<String> CLOCK =
      Set.of("RequestTimeTooSkewed", "RequestExpired", "SignatureDoesNotMatch");
  private static final Set<String> DENIED =
      Set.of("AccessDeniedException", "AccessDenied", "UnauthorizedOperation");
  private static final int FORBIDDEN = 403;
  private static final int SERVER_ERROR = 500;

  private AwsFaults() {}

  /// The error code of an answer of AWS; empty when it has none, or there was no answer.
  public static Optional<String> code(Throwable thrown) {
    return thrown instanceof AwsServiceException answer
        ? Optional.ofNullable(answer.awsErrorDetails()).map(AwsErrorDetails::errorCode)
        : Optional.empty();
  }

  /// Whether asking again later may help: throttled, an error of the service, no answer.
  public static boolean isPassing(Throwable thrown) {
    return switch (thrown) {
      case AbortedException _ -> false;
      case AwsServiceException answer ->
          answer.isThrottlingException() || answer.statusCode() >= SERVER_ERROR;
      case SdkClientException e -> !isWithoutCredentials(e);
      default -> false;
    };
  }

  /// Whether AWS does not know the caller, or no longer.
  public static boolean isExpired(Throwable thrown) {
    return code(thrown).filter(code -> EXPIRED.contains(code) || CLOCK.contains(code)).isPresent()
        || (thrown instanceof SdkClientException e && isWithoutCredentials(e));
  }

  /// Whether the caller may not do that.
  public static boolean isDenied(Throwable thrown) {
    return code(thrown).filter(DENIED::contains).isPresent()
        || (thrown instanceof AwsServiceException answer
            && answer.statusCode() == FORBIDDEN
            && code(thrown).isEmpty());
  }

  private static boolean isWithoutCredentials(SdkClientException e) {
    String text = String.valueOf(e.getMessage());
    return text.contains("load credentials")
        || text.contains("contained no credentials")
        || text.contains("SSO token")
        || text.contains("Token is expired");
  }

  /// A failure that says it.
  ///
  /// @param action what was tried
  /// @param call the action of AWS that was called last, `ecs:DescribeServices` for example
  static RuntimeException told(
      String action, Optional<String> call, AwsConfig config, RuntimeException thrown) {
    return switch (thrown) {
      case Failure failure -> failure;
      case AbortedException e ->
          Failure.of(ExitCode.INTERRUPTED, "Interrupted while trying to " + action).because(e);
      case RuntimeException e when isClock(e) ->
          Failure.of(
                  ExitCode.NO_CREDENTIALS,
                  "AWS refuses the time of this machine; set its clock (tried to " + action + ")")
              .because(e);
      case RuntimeException e when isExpired(e) -> expired(action, config, e);
      case RuntimeException e when isDenied(e) ->
          Failure.of(
                  ExitCode.ACCESS_DENIED, "AWS denied access to %s: %s".formatted(action, text(e)))
              .because(e);
      case AwsServiceException e when e.isThrottlingException() ->
          Failure.of(
                  ExitCode.THROTTLED,
                  "AWS throttled the attempts to %s for too long".formatted(action))
              .because(e);
      case AwsServiceException e when e.statusCode() >= SERVER_ERROR ->
          Failure.of(
                  ExitCode.NETWORK_LOST,
                  "AWS failed to %s: HTTP %d".formatted(action, e.statusCode()))
              .because(e);
      case AwsServiceException e -> refused(action, call.orElse("AWS"), e);
      case SdkClientException e ->
          Failure.of(
                  ExitCode.NETWORK_LOST,
                  "AWS could not be reached to %s: %s".formatted(action, text(e)))
              .because(e);
      default -> thrown;
    };
  }

  /// What nobody thought of: the words of AWS, and all that its support asks for.
  private static Failure refused(String action, String call, AwsServiceException e) {
    return Failure.of(
            ExitCode.DEFECT,
            "AWS refused to %s: %s answered %s: %s"
                .formatted(action, call, code(e).orElse("without an error code"), text(e)))
        .because(e)
        .showing(
            List.of(
                "What to do: correct what AWS names, a name or an option for example; if it is none of yours, report a defect of deploy-cli with these lines",
                "call %s, HTTP %d, request id %s"
                    .formatted(
                        call,
                        e.statusCode(),
                        Optional.ofNullable(e.requestId()).orElse("not told"))));
  }

  private static boolean isClock(RuntimeException e) {
    return code(e).filter(CLOCK::contains).isPresent();
  }

  private static Failure expired(String action, AwsConfig config, RuntimeException e) {
    Failure failure =
        Failure.of(
                ExitCode.NO_CREDENTIALS,
                "No usable AWS credentials to %s: %s".formatted(action, text(e)))
            .because(e);
    return config
        .profile()
        .map(name -> failure.next("aws sso login --profile " + name))
        .orElse(failure);
  }

  /// What AWS says, one line, without the request id and without dumps of profiles.
  public static String text(Throwable thrown) {
    String text =
        thrown instanceof AwsServiceException answer && answer.awsErrorDetails() != null
            ? String.valueOf(answer.awsErrorDetails().errorMessage())
            : String.valueOf(thrown.getMessage());
    String line = text.lines().findFirst().orElse("").strip();
    if (line.startsWith("Unable to load credentials from any of the providers")) {
      return "none were found; sign in, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY";
    }
    int dump = line.indexOf(": Profile");
    return dump < 0 ? line : line.substring(0, dump);
  }
}
