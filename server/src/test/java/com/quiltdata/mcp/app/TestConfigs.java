package com.quiltdata.mcp.app;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.config.InvalidSettingsException;
import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.tools.access.HostFolders;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Configurations of servers by the settings of their environment.
final class TestConfigs {
  static final String GOOD = UsedSecrets.note("0123456789-abcdefghij-0123456789");
  static final BuildInfo BUILD = new BuildInfo("1.2.3", "abc");
  static final HostFolders HOST =
      new HostFolders(Path.of("/home/user"), Path.of("/temporary"), Path.of("/current"));

  static ServerConfig config(Map<String, String> environment) {
    Map<String, String> all = new HashMap<>(environment);
    all.putIfAbsent("QUILT_LOCAL_ROOT", "sample");
    return ServerConfig.from(Settings.resolve(Map.of(), all, Map.of()), BUILD, false, HOST);
  }

  static List<String> problems(Map<String, String> environment) {
    try {
      config(environment);
    } catch (InvalidSettingsException e) {
      return e.problems();
    }
    return List.of();
  }

  private TestConfigs() {}
}
