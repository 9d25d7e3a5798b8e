package com.quiltdata.mcp.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The values of all settings and where each came from. Immutable.
public final class Settings {
  /// Where a value came from.
  public sealed interface Origin {
    /// The command line.
    record Flag(String option) implements Origin {}

    /// The environment.
    record Environment(String variable) implements Origin {}

    /// The configuration file.
    record File(String key) implements Origin {}

    /// Nobody set it.
    record Default() implements Origin {}
  }

  /// What was found, and keeps its rule.
  private record Value(String text, Origin origin) {}

  private final Map<String, Value> values;
  private final List<String> ignored;

  private Settings(Map<String, Value> values, List<String> ignored) {
    this.values = values;
    this.ignored = List.copyOf(ignored);
  }

  /// Finds the value of every setting.
  ///
  /// @param flags by option, for example `--port`
  /// @param environment all variables of the process
  /// @param file by key; empty without a file
  /// @return the values
  /// @throws InvalidSettingsException naming every value that breaks its rule, and every unknown
  ///   key of the file
  public static Settings resolve(
      Map<String, String> flags, Map<String, String> environment, Map<String, String> file) {
    List<String> problems = new ArrayList<>();
    Map<String, Value> values = new LinkedHashMap<>();
    Map<String, String> unknown = new LinkedHashMap<>(file);
    for (Setting<?> setting : ServerSettings.ALL) {
      unknown.remove(setting.fileKey());
      find(setting, flags, environment, file)
          .ifPresent(found -> {
            try {
              setting.reader().read(found.text());
              values.put(setting.name(), found);
            } catch (IllegalArgumentException e) {
              problems.add(problem(setting, found, String.valueOf(e.getMessage())));
            }
          });
    }
    unknown
        .keySet()
        .forEach(key ->
            problems.add(
                "The configuration file has an unknown key '%s'; `quilt-mcp config` lists all."
                    .formatted(key)));
    if (!problems.isEmpty()) {
      throw new InvalidSettingsException(problems);
    }
    return new Settings(
        values, ServerSettings.IGNORED.stream().filter(environment::containsKey).toList());
  }

  private static Optional<Value> find(
      Setting<?> setting,
      Map<String, String> flags,
      Map<String, String> environment,
      Map<String, String> file) {
    if (setting.flag().isPresent() && flags.containsKey(setting.flag().get())) {
      String option = setting.flag().get();
      return Optional.of(new Value(flags.getOrDefault(option, ""), new Origin.Flag(option)));
    }
    List<String> variables = new ArrayList<>(setting.olderNames());
    variables.addFirst(setting.name());
    for (String variable : variables) {
      String text = environment.getOrDefault(variable, "");
      if (SetVariables.isSet(text)) {
        return Optional.of(new Value(text, new Origin.Environment(variable)));
      }
    }
    String key = setting.fileKey();
    if (file.containsKey(key)) {
      return Optional.of(new Value(file.getOrDefault(key, ""), new Origin.File(key)));
    }
    return setting.fallback().map(text -> new Value(text, new Origin.Default()));
  }

  private static String problem(Setting<?> setting, Value found, String rule) {
    String shown = setting.isSecret() ? "***" : "'" + found.text() + "'";
    return "%s %s (%s, now %s). %s"
        .formatted(setting.name(), rule, describe(found.origin()), shown, setting.description());
  }

  static String describe(Origin origin) {
    return switch (origin) {
      case Origin.Flag flag -> "flag " + flag.option();
      case Origin.Environment environment -> "environment " + environment.variable();
      case Origin.File file -> "file, key " + file.key();
      case Origin.Default _ -> "default";
    };
  }

  /// The value of a setting.
  ///
  /// @param setting which
  /// @param <T> what it is
  /// @return its value, or empty when nobody set it and it has no default
  public <T> Optional<T> find(Setting<T> setting) {
    return Optional.ofNullable(values.get(setting.name()))
        .map(value -> setting.reader().read(value.text()));
  }

  /// The value of a setting that has a default.
  ///
  /// @param setting which
  /// @param <T> what it is
  /// @return its value
  public <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(() -> new IllegalStateException(setting.name() + " has no default"));
  }

  /// Whether somebody set a setting, so that its value is not a default.
  ///
  /// @param setting which
  /// @return true when somebody did
  public boolean isSet(Setting<?> setting) {
    return Optional.ofNullable(values.get(setting.name()))
        .filter(value -> !(value.origin() instanceof Origin.Default))
        .isPresent();
  }

  /// Variables of older servers that are set and have no effect.
  public List<String> ignored() {
    return ignored;
  }

  /// One row for people: what a setting is now and why.
  ///
  /// @param name of the variable
  /// @param value as text, `***` for a secret, empty when it is not set
  /// @param origin where it came from, in words
  public record Row(String name, String value, String origin) {}

  /// All settings for people.
  public List<Row> rows() {
    return ServerSettings.ALL.stream()
        .map(setting ->
            Optional.ofNullable(values.get(setting.name()))
                .map(value ->
                    new Row(
                        setting.name(),
                        setting.isSecret() ? "***" : value.text(),
                        describe(value.origin())))
                .orElse(new Row(setting.name(), "", "not set")))
        .toList();
  }
}
