package com.quiltdata.mcp.config;

import java.time.Duration;
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

  public static final Setting<String> JWT_SECRET_PARAMETER =
      Setting.of(
              "MCP_ENHANCED_JWT_SECRET_SSM_PARAMETER",
              "The SSM parameter, or the ARN of a secret of Secrets Manager, that keeps the signing secret; without a secret inside AWS, /quilt/mcp-server/jwt-secret.",
              Readers.text())
          .alsoNamed("MCP_ENHANCED_JWT_SECRET_PARAM");

  /// The parameter that is asked inside AWS when nothing names another.
  public static final String USUAL_SECRET_PARAMETER = "/quilt/mcp-server/jwt-secret";

  public static final Setting<String> AWS_EXECUTION =
      Setting.of(
              "AWS_EXECUTION_ENV",
              "Set by AWS, and tells that the server runs there.",
              Readers.text())
          .alsoNamed("ECS_CONTAINER_METADATA_URI_V4");

  public static final Setting<Duration> JWT_SECRET_REFRESH =
      Setting.duration(
              "MCP_JWT_SECRET_REFRESH",
              "How old a secret that AWS keeps may be before it is read again, aside.",
              Duration.ofSeconds(10),
              Duration.ofHours(1))
          .or("300s");

  public static final Setting<Duration> JWT_SECRET_MAX_AGE =
      Setting.duration(
              "MCP_JWT_SECRET_MAX_AGE",
              "How old it may be at most while it cannot be read; then calls with a token get 503.",
              Duration.ofSeconds(10),
              Duration.ofHours(24))
          .or("3600s");

  public static final Setting<Duration> JWT_SECRET_OVERLAP =
      Setting.duration(
              "MCP_JWT_SECRET_OVERLAP",
              "How long the secret before is accepted after AWS was given a new one.",
              Duration.ZERO,
              Duration.ofDays(30))
          .or("24h");

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
          "MCP_ENHANCED_JWT_PREVIOUS_KID",
          "The key id of the previous secret, if it had another.",
          Readers.text());

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
              JWT_SECRET_PARAMETER,
              AWS_EXECUTION,
              JWT_SECRET_REFRESH,
              JWT_SECRET_MAX_AGE,
              JWT_SECRET_OVERLAP,
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
