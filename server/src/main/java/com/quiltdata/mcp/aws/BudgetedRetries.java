package com.quiltdata.mcp.aws;

import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import com.quiltdata.mcp.upstream.NoConnectionException;
import com.quiltdata.mcp.upstream.Upstream;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.stream.Stream;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.retry.RetryUtils;
import software.amazon.awssdk.retries.api.AcquireInitialTokenRequest;
import software.amazon.awssdk.retries.api.AcquireInitialTokenResponse;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.retries.api.RecordSuccessRequest;
import software.amazon.awssdk.retries.api.RecordSuccessResponse;
import software.amazon.awssdk.retries.api.RefreshRetryTokenRequest;
import software.amazon.awssdk.retries.api.RefreshRetryTokenResponse;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.retries.api.RetryToken;
import software.amazon.awssdk.retries.api.TokenAcquisitionFailedException;

/// What the SDK retries, as long as the budget of the service has something left. Who finds no
/// connection waits again, a few times: nothing was sent. Thread-safe.
final class BudgetedRetries implements RetryStrategy {
  private static final int MORE_WAITS = 2;
  private static final int CONFLICT = 409;

  private final EventLog log = EventLog.named("upstream");
  private final RetryStrategy usual;
  private final Duration longestPause;
  private final Upstream upstream;

  private record Token(RetryToken inner, int waits) implements RetryToken {}

  BudgetedRetries(RetryLimits limits, Upstream upstream) {
    // With full jitter.
    BackoffStrategy pauses =
        BackoffStrategy.exponentialDelay(limits.firstPause(), limits.longestPause());
    this.usual =
        AwsRetryStrategy.standardRetryStrategy().toBuilder()
            .maxAttempts(limits.attempts())
            .backoffStrategy(pauses)
            .throttlingBackoffStrategy(pauses)
            .circuitBreakerEnabled(false)
            .retryOnException(BudgetedRetries::isRaced)
            .build();
    this.longestPause = limits.longestPause();
    this.upstream = upstream;
  }

  /// Whether another write of the same thing was under way, so that nothing is decided yet.
  private static boolean isRaced(Throwable failure) {
    return failure instanceof AwsServiceException e
        && e.statusCode() == CONFLICT
        && e.awsErrorDetails() != null
        && "ConditionalRequestConflict".equals(e.awsErrorDetails().errorCode());
  }

  @Override
  public AcquireInitialTokenResponse acquireInitialToken(AcquireInitialTokenRequest request) {
    upstream.retries().called();
    AcquireInitialTokenResponse answer = usual.acquireInitialToken(request);
    return AcquireInitialTokenResponse.create(new Token(answer.token(), 0), answer.delay());
  }

  @Override
  public RefreshRetryTokenResponse refreshRetryToken(RefreshRetryTokenRequest request) {
    Token token = (Token) request.token();
    Throwable failure = request.failure();
    if (hasNoConnection(failure)) {
      if (token.waits() == MORE_WAITS) {
        throw new TokenAcquisitionFailedException("no connection", token, failure);
      }
      return RefreshRetryTokenResponse.create(
          new Token(token.inner(), token.waits() + 1), Duration.ZERO);
    }
    notice(failure);
    RefreshRetryTokenResponse again =
        usual.refreshRetryToken(
            RefreshRetryTokenRequest.builder()
                .token(token.inner())
                .failure(failure)
                .suggestedDelay(request.suggestedDelay().orElse(Duration.ZERO))
                .build());
    if (!upstream.retries().take()) {
      throw new TokenAcquisitionFailedException("the budget is spent", token, failure);
    }
    // A service may suggest any pause.
    Duration pause = again.delay().compareTo(longestPause) < 0 ? again.delay() : longestPause;
    return RefreshRetryTokenResponse.create(new Token(again.token(), token.waits()), pause);
  }

  private static boolean hasNoConnection(Throwable failure) {
    return Stream.iterate(failure, cause -> cause != null, Throwable::getCause)
        .anyMatch(NoConnectionException.class::isInstance);
  }

  private void notice(Throwable failure) {
    if (failure instanceof ApiCallAttemptTimeoutException) {
      upstream.late(failure);
    }
    if (failure instanceof SdkException e && RetryUtils.isClockSkewException(e)) {
      log.event(
          Level.WARNING,
          "upstream.clock",
          LogFields.of("service", upstream.name())
              .with("warning", "the clock of this host or of the service is off"));
    }
  }

  @Override
  public RecordSuccessResponse recordSuccess(RecordSuccessRequest request) {
    return RecordSuccessResponse.create(request.token());
  }

  @Override
  public int maxAttempts() {
    return usual.maxAttempts();
  }

  /// What is retried is decided here, not by the defaults of a client.
  @Override
  public boolean useClientDefaults() {
    return false;
  }

  @Override
  public Builder<?, ?> toBuilder() {
    return usual.toBuilder();
  }
}
