package com.quiltdata.mcp.config;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One thing that an operator can set.
///
/// @param name of the environment variable
/// @param olderNames further environment variables, looked at after the first
/// @param flag of the command line, if it has one
/// @param description what it does, one sentence
/// @param fallback its default as text; empty when there is none or it depends on other settings
/// @param isSecret whether its value is never shown
/// @param reader reads and checks the text
/// @param <T> what the value is
public record Setting<T>(
    String name,
    List<String> olderNames,
    Optional<String> flag,
    String description,
    Optional<String> fallback,
    boolean isSecret,
    ValueReader<T> reader) {

  /// Reads the text of a value.
  ///
  /// @param <T> what the value is
  @FunctionalInterface
  public interface ValueReader<T> {
    /// Reads it.
    ///
    /// @param text as it was set
    /// @return the value
    /// @throws IllegalArgumentException saying the rule, for example `must be a number from 1 to 9`
    T read(String text);
  }

  /// Copies the names.
  public Setting {
    olderNames = List.copyOf(olderNames);
  }

  /// A setting without a default.
  static <T> Setting<T> of(String name, String description, ValueReader<T> reader) {
    return new Setting<>(
        name, List.of(), Optional.empty(), description, Optional.empty(), false, reader);
  }

  /// A whole number.
  static Setting<Integer> whole(String name, String description, int min, int max) {
    return of(name, description, Readers.whole(min, max));
  }

  /// A number of bytes.
  static Setting<Long> size(String name, String description, long min, long max) {
    return of(name, description, Readers.size(min, max));
  }

  /// A time of a tenth of a second or more.
  static Setting<Duration> duration(String name, String description, Duration max) {
    return duration(name, description, Duration.ofMillis(100), max);
  }

  /// A time.
  static Setting<Duration> duration(String name, String description, Duration min, Duration max) {
    return of(name, description, Readers.duration(min, max));
  }

  Setting<T> or(String text) {
    return new Setting<>(name, olderNames, flag, description, Optional.of(text), isSecret, reader);
  }

  Setting<T> alsoNamed(String... names) {
    return new Setting<>(name, List.of(names), flag, description, fallback, isSecret, reader);
  }

  Setting<T> withFlag(String option) {
    return new Setting<>(
        name, olderNames, Optional.of(option), description, fallback, isSecret, reader);
  }

  Setting<T> secret() {
    return new Setting<>(name, olderNames, flag, description, fallback, true, reader);
  }

  /// Its key in a configuration file, for example `mcp-server-name`.
  public String fileKey() {
    return name.toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
