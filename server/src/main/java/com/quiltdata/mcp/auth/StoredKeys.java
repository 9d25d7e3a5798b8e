package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.concurrent.Reloaded;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The keys that a store keeps, as it kept them when it was last read. Thread-safe.
public final class StoredKeys implements KeySource {
  private final Reloaded<DatedKeys> stored;
  private final List<SigningKey> more;
  private final Duration overlap;
  private final InstantSource clock;

  /// Keys of a store and of the settings.
  ///
  /// @param stored what the store keeps
  /// @param more keys that are known beforehand
  /// @param overlap how long the previous keys of the store hold after a change
  /// @param clock a wall clock: the store tells the time of a change
  public StoredKeys(
      Reloaded<DatedKeys> stored, List<SigningKey> more, Duration overlap, InstantSource clock) {
    this.stored = stored;
    this.more = List.copyOf(more);
    this.overlap = overlap;
    this.clock = clock;
  }

  @Override
  public Optional<List<SigningKey>> keys() {
    return stored
        .get()
        .map(dated ->
            Stream.concat(dated.at(clock.instant(), overlap).stream(), more.stream()).toList());
  }
}
