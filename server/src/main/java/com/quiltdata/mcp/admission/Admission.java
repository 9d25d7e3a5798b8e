package com.quiltdata.mcp.admission;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongSupplier;

/// Decides whether a client may ask now. Thread-safe.
///
/// Users are told apart by their verified principal, everybody else by address; where the address
/// is not known, because it would be a balancer's, nobody is held back.
public final class Admission {
  private static final int NETWORK_BYTES = 8;

  private final Optional<Limiters> limiters;

  private record Limiters(RateLimiter users, RateLimiter addresses, RateLimiter failures) {}

  private Admission(Optional<Limiters> limiters) {
    this.limiters = limiters;
  }

  /// An admission of everybody.
  public static Admission free() {
    return new Admission(Optional.empty());
  }

  /// An admission by limits.
  ///
  /// @param limits of each client
  /// @param nanoTime a clock that never jumps
  /// @return the admission
  public static Admission of(ClientLimits limits, LongSupplier nanoTime) {
    return new Admission(
        Optional.of(
            new Limiters(
                new RateLimiter(limits.user(), nanoTime),
                new RateLimiter(limits.address(), nanoTime),
                new RateLimiter(limits.failedTokens(), nanoTime))));
  }

  /// Counts a message of a user.
  ///
  /// @param principal who, never empty
  /// @return zero when it is taken, else how long to wait
  public Duration user(String principal) {
    return limiters.map(all -> all.users().take(principal)).orElse(Duration.ZERO);
  }

  /// Counts messages of a user that came together with one that was taken.
  ///
  /// @param principal who, never empty
  /// @param count how many more
  public void charge(String principal, int count) {
    limiters.ifPresent(all -> all.users().charge(principal, count));
  }

  /// Counts a message without a token.
  ///
  /// @param address from where, if that is known
  /// @return zero when it is taken, else how long to wait
  public Duration stranger(Optional<InetAddress> address) {
    return from(address, Limiters::addresses);
  }

  /// Counts a token that was refused.
  ///
  /// @param address from where, if that is known
  /// @return zero when it was one of the first, else how long to wait
  public Duration failedToken(Optional<InetAddress> address) {
    return from(address, Limiters::failures);
  }

  private Duration from(Optional<InetAddress> address, Function<Limiters, RateLimiter> which) {
    return limiters
        .flatMap(all -> address.map(known -> which.apply(all).take(client(known))))
        .orElse(Duration.ZERO);
  }

  /// A whole network of IPv6 is one client: it costs nobody anything to change the rest.
  private static String client(InetAddress address) {
    byte[] bytes = address.getAddress();
    return "address:"
        + Arrays.toString(
            address instanceof Inet6Address ? Arrays.copyOf(bytes, NETWORK_BYTES) : bytes);
  }
}
