package com.quiltdata.mcp.command;

import com.quiltdata.mcp.config.InvalidSettingsException;
import com.quiltdata.mcp.config.ProgramSettings;
import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.config.SettingsFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// The settings that can be given as flags.
final class SettingOptions {
  @Option(
      names = "--host",
      paramLabel = "ADDRESS",
      description = "Listen on this address (default 127.0.0.1; any other needs a secret).")
  private @Nullable String host;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "Listen on this port (default 8000).")
  private @Nullable String port;

  @Option(
      names = "--root",
      paramLabel = "FOLDER",
      description =
          "Serve this folder: each sub-folder is a bucket (default: the sample registry).")
  private @Nullable String root;

  @Option(
      names = "--require-token",
      description = "Ask for a token even on this machine. Needs MCP_ENHANCED_JWT_SECRET.")
  private boolean requiresToken;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Read settings from this YAML or properties file.")
  private @Nullable String config;

  /// Finds all settings.
  ///
  /// @throws InvalidSettingsException when one breaks its rule
  Settings resolve(Map<String, String> environment) {
    Map<String, String> flags = new LinkedHashMap<>();
    put(flags, "--host", host);
    put(flags, "--port", port);
    put(flags, "--root", root);
    put(flags, "--config", config);
    if (requiresToken) {
      flags.put("--require-token", "true");
    }
    String file =
        flags.getOrDefault(
            "--config", environment.getOrDefault(ProgramSettings.CONFIG_FILE.name(), ""));
    Map<String, String> values = file.isEmpty() ? Map.of() : SettingsFile.read(Path.of(file));
    if (values.containsKey(ProgramSettings.CONFIG_FILE.fileKey())) {
      throw new InvalidSettingsException(List.of("A configuration file cannot name another one."));
    }
    return Settings.resolve(flags, environment, values);
  }

  private static void put(Map<String, String> flags, String option, @Nullable String value) {
    if (value != null) {
      flags.put(option, value);
    }
  }
}
