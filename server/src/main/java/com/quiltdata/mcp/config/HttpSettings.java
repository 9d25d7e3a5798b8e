package com.quiltdata.mcp.config;

import java.util.List;

/// Where the server listens, and whose web pages and proxies it believes.
public final class HttpSettings {
  public static final Setting<String> HOST =
      Setting.of("FASTMCP_ADDR", "The address to listen on.", Readers.text())
          .alsoNamed("FASTMCP_HOST")
          .withFlag("--host")
          .or("127.0.0.1");

  public static final Setting<Integer> PORT =
      Setting.whole("FASTMCP_PORT", "The port to listen on; 0 takes a free one.", 0, 65_535)
          .withFlag("--port")
          .or("8000");

  public static final Setting<List<String>> ALLOWED_ORIGINS =
      Setting.of(
          "MCP_ALLOWED_ORIGINS",
          "The web origins that may call, comma-separated; by default that of QUILT_CATALOG_URL.",
          Readers.list());

  public static final Setting<List<String>> FORWARDED_ALLOW_IPS =
      Setting.of(
          "FASTMCP_FORWARDED_ALLOW_IPS",
          "The peers whose X-Forwarded-For is believed, comma-separated addresses or *.",
          Readers.list());

  static final SettingGroup GROUP =
      new SettingGroup("HTTP", List.of(HOST, PORT, ALLOWED_ORIGINS, FORWARDED_ALLOW_IPS));

  private HttpSettings() {}
}
