package com.quiltdata.mcp.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.UsedSecrets;
import com.quiltdata.mcp.auth.Callers;
import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.tools.access.AwsRights;
import com.quiltdata.mcp.tools.access.HostFolders;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// Which resources are for the user of a local server alone.
final class LocalResourcesTest {
  private static final List<String> METADATA =
      List.of("metadata://templates", "metadata://examples", "metadata://troubleshooting");

  private static List<String> resources(Map<String, String> environment) {
    HostFolders folders = new HostFolders(Path.of("home"), Path.of("temp"), Path.of("current"));
    ServerConfig config =
        ServerConfig.from(
            Settings.resolve(Map.of(), environment, Map.of()),
            new BuildInfo("1", "1"),
            false,
            folders);
    return Wiring.catalogs(
            _ -> new InMemoryObjectStore(),
            _ -> new AwsRights.NotNeeded(),
            config,
            InstantSource.system())
        .resources()
        .fixedFor(Callers.LOCAL)
        .stream()
        .map(spec -> spec.address().text())
        .toList();
  }

  @Test
  void metadataIsExplainedToTheUserOfALocalServer() {
    assertThat(resources(Map.of())).containsAll(METADATA);
  }

  @Test
  void aServerForManyHasToolsForIt() {
    Map<String, String> many =
        Map.of(
            "FASTMCP_HOST",
            "0.0.0.0",
            "MCP_ENHANCED_JWT_SECRET",
            UsedSecrets.named("of tokens"),
            "QUILT_LOCAL_ROOT",
            "sample");
    assertThat(resources(many)).contains("auth://status").doesNotContainAnyElementsOf(METADATA);
  }
}
