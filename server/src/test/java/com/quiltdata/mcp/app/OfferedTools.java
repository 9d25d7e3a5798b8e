package com.quiltdata.mcp.app;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.protocol.Catalogs;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.tool.ToolSpec;
import com.quiltdata.mcp.tools.access.AwsRights;
import com.quiltdata.mcp.tools.access.HostFolders;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// What the server offers as it is wired.
final class OfferedTools {
  private OfferedTools() {}

  static Catalogs over(ObjectStore store) {
    HostFolders folders = new HostFolders(Path.of("home"), Path.of("temp"), Path.of("current"));
    ServerConfig config =
        ServerConfig.from(
            Settings.resolve(Map.of(), Map.of(), Map.of()),
            new BuildInfo("1", "1"),
            false,
            folders);
    return Wiring.catalogs(
        _ -> store,
        _ -> new AwsRights.NotNeeded(),
        config,
        InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z")));
  }

  static List<ToolSpec> specs() {
    return over(new InMemoryObjectStore()).tools().visibleTo(Callers.LOCAL);
  }
}
