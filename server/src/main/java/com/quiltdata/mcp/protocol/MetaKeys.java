package com.quiltdata.mcp.protocol;

/// The reserved keys of `_meta` (MCP 2026-07-28, basic, "Reserved `_meta` keys").
public final class MetaKeys {
  /// The revision that a request speaks.
  public static final String PROTOCOL_VERSION = "io.modelcontextprotocol/protocolVersion";

  static final String CLIENT_CAPABILITIES = "io.modelcontextprotocol/clientCapabilities";
  static final String LOG_LEVEL = "io.modelcontextprotocol/logLevel";
  static final String SUBSCRIPTION_ID = "io.modelcontextprotocol/subscriptionId";
  static final String SERVER_INFO = "io.modelcontextprotocol/serverInfo";

  /// Our own: version and source revision of the running build.
  static final String SERVER_BUILD = "com.quiltdata.mcp/build";

  /// What progress of a request is reported under.
  public static final String PROGRESS_TOKEN = "progressToken";

  private MetaKeys() {}
}
