package com.quiltdata.mcp.config;

import java.util.List;

/// How much is remembered of callers.
public final class MemorySettings {
  public static final Setting<Integer> MAX_TOKENS =
      Setting.whole(
              "MCP_MAX_KNOWN_TOKENS",
              "Most tokens that are not verified again while they are good.",
              1,
              1_000_000)
          .or("1000");

  public static final Setting<Integer> MAX_CREDENTIALS =
      Setting.whole(
              "MCP_MAX_KNOWN_CREDENTIALS",
              "Most AWS credentials of callers that are kept until they or their tokens end, one for each token, role and set of buckets.",
              1,
              100_000)
          .or("200");

  static final SettingGroup GROUP =
      new SettingGroup("Limits of what is remembered", List.of(MAX_TOKENS, MAX_CREDENTIALS));

  private MemorySettings() {}
}
