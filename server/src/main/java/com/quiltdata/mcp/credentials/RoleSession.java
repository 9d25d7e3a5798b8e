package com.quiltdata.mcp.credentials;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;

/// The credentials of one role for one token, its buckets and actions. Of many threads one asks for
/// them; they are renewed five minutes before their end, by one thread while the others go on with
/// what there is. After the end of the token it gives none. Thread-safe.
final class RoleSession implements AwsCredentialsProvider {
  private static final Duration AHEAD = Duration.ofMinutes(5);

  /// Who waited while somebody else failed fails too, instead of asking for the same.
  private static final Duration SAME_FAILURE = Duration.ofSeconds(1);

  private final Supplier<IssuedSession> service;
  private final Instant tokenEnd;
  private final InstantSource clock;
  private final ReentrantLock asking = new ReentrantLock();
  private volatile Optional<IssuedSession> issued = Optional.empty();
  private volatile Optional<Failure> failure = Optional.empty();

  private record Failure(Fault fault, Instant at) {}

  /// @param service assumes the role
  /// @param tokenEnd `exp`
  RoleSession(Supplier<IssuedSession> service, Instant tokenEnd, InstantSource clock) {
    this.service = service;
    this.tokenEnd = tokenEnd;
    this.clock = clock;
  }

  /// Whether it gives nothing any more.
  boolean isOver() {
    return !clock.instant().isBefore(tokenEnd);
  }

  /// @throws Fault when the token has ended, or the role cannot be assumed
  @Override
  public AwsCredentials resolveCredentials() {
    if (isOver()) {
      throw new Fault(
          FaultCode.NO_CREDENTIALS,
          "The token of this call has ended, and its AWS credentials with it: sign in again");
    }
    Optional<IssuedSession> current = issued.filter(one -> isGoodFor(one, AHEAD));
    return current.orElseGet(this::renewed).credentials();
  }

  private boolean isGoodFor(IssuedSession session, Duration time) {
    return clock.instant().isBefore(session.end().minus(time));
  }

  private IssuedSession renewed() {
    Optional<IssuedSession> old = issued.filter(one -> isGoodFor(one, Duration.ZERO));
    if (old.isPresent()) {
      if (!asking.tryLock()) {
        return old.get();
      }
    } else {
      await();
    }
    try {
      Optional<IssuedSession> meanwhile = issued.filter(one -> isGoodFor(one, AHEAD));
      return meanwhile.orElseGet(() -> asked(old));
    } finally {
      asking.unlock();
    }
  }

  private void await() {
    try {
      asking.lockInterruptibly();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.CANCELLED, "The call was cancelled", e);
    }
  }

  private IssuedSession asked(Optional<IssuedSession> old) {
    Instant now = clock.instant();
    Optional<Fault> justNow =
        failure.filter(one -> now.isBefore(one.at().plus(SAME_FAILURE))).map(Failure::fault);
    try {
      if (justNow.isPresent()) {
        throw justNow.get();
      }
      IssuedSession session = service.get();
      issued = Optional.of(session);
      return session;
    } catch (Fault fault) {
      if (justNow.isEmpty() && fault.code() != FaultCode.CANCELLED) {
        failure = Optional.of(new Failure(fault, clock.instant()));
      }
      return old.orElseThrow(() -> fault);
    }
  }
}
