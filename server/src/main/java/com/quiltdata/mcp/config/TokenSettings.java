package com.quiltdata.mcp.config;

import java.util.List;

/// Who needs a token, and which ones are accepted.
public final class TokenSettings {
  public static final Setting<Boolean> REQUIRE_TOKEN =
      Setting.of(
              "MCP_REQUIRE_TOKEN",
              "Whether calls need a token; only local mode can do without.",
              Readers.flag())
          .withFlag("--require-token");

  public static final Setting<String> JWT_SECRET =
      Setting.of(
              "MCP_ENHANCED_JWT_SECRET",
              "The secret that signs the catalog's tokens, at least 32 bytes.",
              Readers.secretText())
          .secret();

  public static final Setting<String> JWT_KID =
      Setting.of(
              "MCP_ENHANCED_JWT_KID",
              "The key id that tokens must carry; `none` takes any.",
              Readers.text())
          .or("frontend-enhanced");

  public static final Setting<String> JWT_PREVIOUS_SECRET =
      Setting.of(
              "MCP_ENHANCED_JWT_PREVIOUS_SECRET",
              "The signing secret before the last rotation, still accepted.",
              Readers.secretText())
          .secret();

  public static final Setting<String> JWT_PREVIOUS_KID =
      Setting.of(
          "MCP_ENHANCED_JWT_PREVIOUS_KID", "The key id of the previous secret.", Readers.text());

  public static final Setting<String> JWT_ISSUER =
      Setting.of(
              "MCP_JWT_ISSUER",
              "The issuer that a token must name, if it names one.",
              Readers.text())
          .or("quilt-frontend");

  public static final Setting<String> JWT_AUDIENCE =
      Setting.of(
              "MCP_JWT_AUDIENCE",
              "The audience that a token must name, if it names one.",
              Readers.text())
          .or("quilt-mcp-server");

  public static final Setting<Boolean> JWT_REQUIRE_AUDIENCE =
      Setting.of(
              "MCP_JWT_REQUIRE_AUDIENCE",
              "Whether a token without an audience is refused.",
              Readers.flag())
          .or("false");

  public static final Setting<Boolean> ALLOW_INSECURE_SECRET =
      Setting.of(
              "MCP_ALLOW_INSECURE_SECRET",
              "Whether a short or published secret is let through on a loopback address.",
              Readers.flag())
          .or("false");

  public static final Setting<Boolean> OPEN_INITIALIZE =
      Setting.of(
              "MCP_OPEN_INITIALIZE",
              "Whether initialize, discover, ping and notifications need no token.",
              Readers.flag())
          .or("true");

  public static final Setting<Long> MAX_TOKEN_BYTES =
      Setting.size("MCP_MAX_TOKEN_BYTES", "Longest token.", 1 << 10, 64 << 10).or("16KiB");

  static final SettingGroup GROUP =
      new SettingGroup(
          "Tokens",
          List.of(
              REQUIRE_TOKEN,
              JWT_SECRET,
              JWT_KID,
              JWT_PREVIOUS_SECRET,
              JWT_PREVIOUS_KID,
              JWT_ISSUER,
              JWT_AUDIENCE,
              JWT_REQUIRE_AUDIENCE,
              ALLOW_INSECURE_SECRET,
              OPEN_INITIALIZE,
              MAX_TOKEN_BYTES));

  private TokenSettings() {}
}
