package com.quiltdata.mcp.app;

import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.protocol.Catalogs;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.tool.ToolSpec;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// What the server offers as it is wired.
final class OfferedTools {
  private OfferedTools() {}

  static Catalogs over(ObjectStore store) {
    ServerConfig config =
        ServerConfig.from(
            Settings.resolve(Map.of(), Map.of(), Map.of()),
            new BuildInfo("1", "1"),
            false,
            Path.of("home"));
    return Wiring.catalogs(
        _ -> store, config, InstantSource.fixed(Instant.parse("2026-01-02T03:04:05Z")));
  }

  static List<ToolSpec> specs() {
    return over(new InMemoryObjectStore()).tools().visibleTo(Callers.LOCAL);
  }
}
