package com.quiltdata.mcp.auth;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/// Warnings about accepted tokens: each kind at most once in ten minutes, with the number of those
/// that were left out. Nearly all tokens come from one catalog, so what is odd about one is odd
/// about all, and a line for each would be a flood. Thread-safe.
final class TokenWarnings {
  private static final long PERIOD_NANOS = Duration.ofMinutes(10).toNanos();

  /// What can be odd. The text is for operators and holds nothing of the token.
  enum Kind {
    NO_AUDIENCE("tokens come without aud"),
    NO_ISSUER("tokens come without iss"),
    AMBIGUOUS_BUCKET("a compressed bucket name has two readings and was left out"),
    UNREADABLE_BUCKETS("the bucket claim has an unknown or broken form and grants nothing"),
    LONG_LIFE("tokens live longer than 24 hours");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  private final System.Logger log;
  private final LongSupplier nanoTime;
  private final Map<Kind, Slot> slots = new ConcurrentHashMap<>();

  /// @param log where the lines go
  /// @param nanoTime a monotonic clock
  TokenWarnings(System.Logger log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  /// Notes that a token was odd.
  ///
  /// @param kind in which way
  /// @param token which one
  void note(Kind kind, TokenDigest token) {
    long now = nanoTime.getAsLong();
    Slot slot =
        slots.computeIfAbsent(
            kind, _ -> new Slot(new AtomicLong(now - PERIOD_NANOS), new AtomicLong()));
    long last = slot.last().get();
    if (now - last >= PERIOD_NANOS && slot.last().compareAndSet(last, now)) {
      log.log(
          System.Logger.Level.WARNING,
          "event=auth.warning kind={0} token={1} suppressed={2} message=\"{3}\"",
          kind.name().toLowerCase(Locale.ROOT),
          token.forLogs(),
          Long.toString(slot.leftOut().getAndSet(0)),
          kind.text);
    } else {
      slot.leftOut().incrementAndGet();
    }
  }

  private record Slot(AtomicLong last, AtomicLong leftOut) {}
}
