package com.quiltdata.mcp.config;

import java.net.URI;
import java.util.List;

/// With whose AWS rights the calls of others are made.
public final class CredentialSettings {
  public static final Setting<List<String>> ALLOWED_ROLE_ARNS =
      Setting.of(
          "MCP_ALLOWED_ROLE_ARNS",
          "The AWS roles that tokens may name, whole ARNs, comma-separated; none by default.",
          Readers.list());

  public static final Setting<String> DATA_ROLE_ARN =
      Setting.of(
          "MCP_DATA_ROLE_ARN",
          "The AWS role that is assumed, narrowed to each call, for tokens that bring neither credentials nor a role.",
          Readers.text());

  public static final Setting<Boolean> ALLOW_TASK_ROLE =
      Setting.of(
              "MCP_ALLOW_TASK_ROLE",
              "Whether calls with a token may use this server's own AWS rights, which AWS cannot narrow.",
              Readers.flag())
          .or("false");

  public static final Setting<Boolean> CATALOG_TOKENS =
      Setting.of(
              "MCP_CATALOG_TOKENS",
              "Whether plain tokens of the catalog are shown to its registry, which gives AWS credentials for them.",
              Readers.flag())
          .or("false");

  public static final Setting<URI> STS_ENDPOINT =
      Setting.of(
          "AWS_ENDPOINT_URL_STS",
          "The address of a service that stands in for AWS STS.",
          Readers.address());

  static final SettingGroup GROUP =
      new SettingGroup(
          "AWS rights of calls",
          List.of(ALLOWED_ROLE_ARNS, DATA_ROLE_ARN, ALLOW_TASK_ROLE, CATALOG_TOKENS, STS_ENDPOINT));

  private CredentialSettings() {}
}
