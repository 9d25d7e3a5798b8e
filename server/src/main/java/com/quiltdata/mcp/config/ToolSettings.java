package com.quiltdata.mcp.config;

import java.util.List;

/// Which tools there are, whoever asks.
public final class ToolSettings {
  public static final Setting<Boolean> READ_ONLY =
      Setting.of(
              "QUILT_READ_ONLY",
              "Whether the tools that change anything are left out.",
              Readers.flag())
          .or("false");

  public static final Setting<List<String>> TOOL_GROUPS =
      Setting.of(
          "QUILT_TOOL_GROUPS",
          "The groups of tools that are offered, comma-separated; all by default.",
          Readers.list());

  static final SettingGroup GROUP = new SettingGroup("Tools", List.of(READ_ONLY, TOOL_GROUPS));

  private ToolSettings() {}
}
