package com.quiltdata.mcp.deploy.project;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// `deploy.yaml`: the defaults of each environment, staging and production for example.
///
/// ```
/// default: production
/// environments:
///   production:
///     cluster: sales-prod
///     service: sales-prod-mcp-server-production
/// ```
///
/// @param standard the environment that is meant when none is named
/// @param environments values by environment and key
public record ProjectFile(
    Optional<String> standard, Map<String, Map<String, String>> environments) {
  /// Keys of an environment.
  public static final Set<String> KEYS =
      Set.of(
          "cluster",
          "service",
          "region",
          "profile",
          "registry",
          "repository",
          "container",
          "parameter-prefix",
          "smoke-url",
          "account",
          "timeout");

  /// No file.
  public static final ProjectFile NONE = new ProjectFile(Optional.empty(), Map.of());

  /// Reads a file.
  ///
  /// @throws Failure [ExitCode#USAGE] naming what is wrong
  public static ProjectFile read(Path file) {
    Object root;
    try {
      root = new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
    } catch (IOException e) {
      throw Failure.of(ExitCode.USAGE, "%s cannot be read".formatted(file)).because(e);
    } catch (YAMLException e) {
      throw wrong(
          file, "no YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
    if (!(root instanceof Map<?, ?> map)) {
      throw wrong(file, "there must be a member environments");
    }
    for (Object key : map.keySet()) {
      if (!Set.of("default", "environments").contains(String.valueOf(key))) {
        throw wrong(file, "unknown key '%s'".formatted(key));
      }
    }
    if (!(map.get("environments") instanceof Map<?, ?> named)) {
      throw wrong(file, "there must be a member environments");
    }
    Map<String, Map<String, String>> environments = new TreeMap<>();
    named.forEach(
        (name, values) -> environments.put(String.valueOf(name), values(file, name, values)));
    return new ProjectFile(
        Optional.ofNullable(map.get("default")).map(String::valueOf), environments);
  }

  private static Map<String, String> values(Path file, Object name, Object values) {
    if (!(values instanceof Map<?, ?> map)) {
      throw wrong(file, "environment '%s' has no members".formatted(name));
    }
    Map<String, String> read = new TreeMap<>();
    map.forEach((key, value) -> {
      if (!KEYS.contains(String.valueOf(key))) {
        throw wrong(
            file,
            "environment '%s' has an unknown key '%s'; there are %s"
                .formatted(name, key, String.join(", ", new TreeSet<>(KEYS))));
      }
      read.put(String.valueOf(key), String.valueOf(value));
    });
    return read;
  }

  private static Failure wrong(Path file, String what) {
    return Failure.of(ExitCode.USAGE, "%s: %s".formatted(file.getFileName(), what));
  }

  /// The values of an environment.
  ///
  /// @param name empty for the one that is meant when none is named
  /// @throws Failure [ExitCode#USAGE] when there is none of that name
  public Map<String, String> environment(Optional<String> name) {
    Optional<String> wanted = name.or(() -> standard);
    if (wanted.isEmpty()) {
      return Map.of();
    }
    Map<String, String> found = environments.get(wanted.get());
    if (found == null) {
      throw Failure.of(
          ExitCode.USAGE,
          "There is no environment '%s' in deploy.yaml; there are: %s"
              .formatted(
                  wanted.get(),
                  environments.isEmpty() ? "none" : String.join(", ", environments.keySet())));
    }
    return found;
  }
}
