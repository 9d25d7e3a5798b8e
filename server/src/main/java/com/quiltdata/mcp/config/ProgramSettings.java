package com.quiltdata.mcp.config;

import java.nio.file.Path;
import java.util.List;

/// How clients reach the program, how it is named, and what it logs.
public final class ProgramSettings {
  /// How clients reach the server.
  public enum Transport {
    /// Streamable HTTP.
    HTTP,
    /// The same under its long name.
    STREAMABLE_HTTP,
    /// Standard input and output of this process.
    STDIO
  }

  /// How log lines look.
  public enum LogFormat {
    /// Readable on a terminal, JSON elsewhere.
    AUTO,
    /// One JSON object a line.
    JSON,
    /// For a person.
    TEXT
  }

  /// How much is logged.
  public enum LogThreshold {
    /// Everything.
    TRACE,
    /// Detail for developers.
    DEBUG,
    /// The normal course of things.
    INFO,
    /// What may be wrong.
    WARN,
    /// The same under its long name.
    WARNING,
    /// What failed.
    ERROR
  }

  public static final Setting<Transport> TRANSPORT =
      Setting.of(
              "FASTMCP_TRANSPORT", "How clients reach the server.", Readers.choice(Transport.class))
          .or("http");

  public static final Setting<String> SERVER_NAME =
      Setting.of("MCP_SERVER_NAME", "The name that the server tells its clients.", Readers.text())
          .or("quilt-mcp-server");

  public static final Setting<String> SERVER_VERSION =
      Setting.of(
          "MCP_SERVER_VERSION",
          "The version that the server tells; the build's own by default.",
          Readers.text());

  public static final Setting<LogThreshold> LOG_LEVEL =
      Setting.of("LOG_LEVEL", "How much is logged.", Readers.choice(LogThreshold.class)).or("INFO");

  public static final Setting<LogFormat> LOG_FORMAT =
      Setting.of(
              "MCP_LOG_FORMAT",
              "How log lines look; auto is text on a terminal and JSON elsewhere.",
              Readers.choice(LogFormat.class))
          .or("auto");

  public static final Setting<Path> CONFIG_FILE =
      Setting.of(
              "MCP_CONFIG_FILE",
              "A YAML or properties file with settings, keys as in `mcp-server-name`.",
              Readers.path())
          .withFlag("--config");

  static final SettingGroup GROUP =
      new SettingGroup(
          "Program",
          List.of(TRANSPORT, SERVER_NAME, SERVER_VERSION, LOG_LEVEL, LOG_FORMAT, CONFIG_FILE));

  private ProgramSettings() {}
}
