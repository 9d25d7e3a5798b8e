package com.quiltdata.mcp.config;

import java.util.List;

/// How much one user or one address may ask for.
public final class ClientLimitSettings {
  public static final Setting<Integer> USER_REQUESTS =
      Setting.whole(
              "MCP_USER_REQUESTS",
              "Most requests of one user in work; no limit in local mode.",
              1,
              10_000)
          .or("8");

  public static final Setting<Integer> USER_RATE =
      Setting.whole(
              "MCP_USER_RATE",
              "Messages of one user a second, in the long run; no limit in local mode.",
              1,
              100_000)
          .or("20");

  public static final Setting<Integer> USER_BURST =
      Setting.whole(
              "MCP_USER_BURST", "Messages of one user at once, after a quiet time.", 1, 100_000)
          .or("40");

  public static final Setting<Integer> ADDRESS_RATE =
      Setting.whole(
              "MCP_ADDRESS_RATE",
              "Messages without a token a second from one address, and twice as many at once; needs"
                  + " FASTMCP_FORWARDED_ALLOW_IPS behind a balancer.",
              1,
              100_000)
          .or("5");

  public static final Setting<Integer> FAILED_TOKEN_RATE =
      Setting.whole(
              "MCP_FAILED_TOKEN_RATE",
              "Refused tokens a minute from one address that are told why; needs"
                  + " FASTMCP_FORWARDED_ALLOW_IPS behind a balancer.",
              1,
              100_000)
          .or("30");

  static final SettingGroup GROUP =
      new SettingGroup(
          "Limits of one client",
          List.of(USER_REQUESTS, USER_RATE, USER_BURST, ADDRESS_RATE, FAILED_TOKEN_RATE));

  private ClientLimitSettings() {}
}
