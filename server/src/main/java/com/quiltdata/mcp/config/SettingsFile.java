package com.quiltdata.mcp.config;

import io.helidon.config.Config;
import io.helidon.config.ConfigException;
import io.helidon.config.ConfigSources;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Reads a configuration file, YAML or properties by its ending. Thread-safe.
public final class SettingsFile {
  private SettingsFile() {}

  /// Reads a file.
  ///
  /// @param file `.yaml`, `.yml` or `.properties`
  /// @return values by key
  /// @throws InvalidSettingsException when the file is missing or cannot be read as what its ending
  ///   says
  public static Map<String, String> read(Path file) {
    if (!Files.isRegularFile(file)) {
      throw new InvalidSettingsException(
          List.of("%s: there is no file %s".formatted(ServerSettings.CONFIG_FILE.name(), file)));
    }
    try {
      return Config.builder(ConfigSources.file(file))
          .disableEnvironmentVariablesSource()
          .disableSystemPropertiesSource()
          .build()
          .asMap()
          .orElse(Map.of());
    } catch (ConfigException e) {
      throw new InvalidSettingsException(
          List.of(
              "%s: %s is neither YAML nor properties: %s"
                  .formatted(ServerSettings.CONFIG_FILE.name(), file, e.getMessage())));
    }
  }
}
