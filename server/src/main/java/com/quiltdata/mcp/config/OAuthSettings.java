package com.quiltdata.mcp.config;

import java.net.URI;
import java.time.Duration;
import java.util.List;

/// Tokens of an OAuth issuer, beside those of the catalog.
public final class OAuthSettings {
  public static final Setting<URI> ISSUER =
      Setting.of(
          "MCP_OAUTH_ISSUER",
          "The OAuth issuer whose access tokens (RS256, ES256) are accepted, exactly as they name it; none by default.",
          Readers.address());

  public static final Setting<URI> PUBLIC_URL =
      Setting.of(
          "MCP_PUBLIC_URL",
          "The address of this server's MCP endpoint as clients enter it, which is needed with an issuer.",
          Readers.address());

  public static final Setting<String> AUDIENCE =
      Setting.of(
          "MCP_OAUTH_AUDIENCE",
          "The audience that the issuer's tokens must name; by default MCP_PUBLIC_URL.",
          Readers.text());

  public static final Setting<URI> KEYS_URL =
      Setting.of(
          "MCP_OAUTH_JWKS_URL",
          "The address of the issuer's key set; by default its metadata tell.",
          Readers.address());

  public static final Setting<String> READ_SCOPE =
      Setting.of("MCP_OAUTH_READ_SCOPE", "The scope that lets a token read.", Readers.text())
          .or("quilt:read");

  public static final Setting<String> WRITE_SCOPE =
      Setting.of(
              "MCP_OAUTH_WRITE_SCOPE",
              "The scope that lets a token read and write.",
              Readers.text())
          .or("quilt:write");

  public static final Setting<String> ADMIN_SCOPE =
      Setting.of(
              "MCP_OAUTH_ADMIN_SCOPE",
              "The scope that lets a token do all that the server can.",
              Readers.text())
          .or("quilt:admin");

  public static final Setting<String> BUCKETS_CLAIM =
      Setting.of(
          "MCP_OAUTH_BUCKETS_CLAIM",
          "The claim of the issuer's tokens that lists the buckets they cover; none by default.",
          Readers.text());

  public static final Setting<List<String>> BUCKETS =
      Setting.of(
          "MCP_OAUTH_BUCKETS",
          "The buckets that every token of the issuer covers, comma-separated, or *; none by default.",
          Readers.list());

  public static final Setting<Duration> KEYS_REFRESH =
      Setting.duration(
              "MCP_OAUTH_KEYS_REFRESH",
              "How old the issuer's keys may be before they are read again, aside.",
              Duration.ofSeconds(10),
              Duration.ofHours(24))
          .or("300s");

  public static final Setting<Duration> KEYS_MAX_AGE =
      Setting.duration(
              "MCP_OAUTH_KEYS_MAX_AGE",
              "How old they may be at most while they cannot be read; then calls with the issuer's tokens get 503.",
              Duration.ofSeconds(10),
              Duration.ofDays(2))
          .or("3600s");

  static final SettingGroup GROUP =
      new SettingGroup(
          "OAuth",
          List.of(
              ISSUER,
              PUBLIC_URL,
              AUDIENCE,
              KEYS_URL,
              READ_SCOPE,
              WRITE_SCOPE,
              ADMIN_SCOPE,
              BUCKETS_CLAIM,
              BUCKETS,
              KEYS_REFRESH,
              KEYS_MAX_AGE));

  private OAuthSettings() {}
}
