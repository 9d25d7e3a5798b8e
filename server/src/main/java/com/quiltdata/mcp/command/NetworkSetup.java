package com.quiltdata.mcp.command;

import com.quiltdata.mcp.config.AwsSettings;
import com.quiltdata.mcp.config.Setting;
import com.quiltdata.mcp.config.Settings;
import java.security.Security;
import java.time.Duration;

/// What the Java platform asks for once, before the first connection.
final class NetworkSetup {
  private NetworkSetup() {}

  static void install(Settings settings) {
    // Idle connections that the JDK's HTTP client keeps for each host.
    System.setProperty(
        "http.maxConnections", Integer.toString(settings.get(AwsSettings.CONNECTIONS)));
    Security.setProperty("networkaddress.cache.ttl", seconds(settings, AwsSettings.DNS_CACHE));
    Security.setProperty(
        "networkaddress.cache.negative.ttl", seconds(settings, AwsSettings.DNS_FAILURE_CACHE));
  }

  private static String seconds(Settings settings, Setting<Duration> setting) {
    return Long.toString(settings.get(setting).toSeconds());
  }
}
