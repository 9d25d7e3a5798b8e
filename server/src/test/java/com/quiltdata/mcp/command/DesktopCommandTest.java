package com.quiltdata.mcp.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.tools.access.HostFolders;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DesktopCommandTest {
  private static final int STATUS = 7;

  private final List<String> ran = new ArrayList<>();

  private int call(Map<String, String> environment) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    Path here = Path.of("");
    Surroundings surroundings =
        new Surroundings(
            environment,
            InputStream.nullInputStream(),
            nowhere,
            nowhere,
            false,
            new HostFolders(here, here, here));
    return new DesktopCommand(
            surroundings,
            arguments -> {
              ran.addAll(List.of(arguments));
              return STATUS;
            })
        .call();
  }

  @Test
  void addressOfARemoteServerMakesItAProxy() {
    assertThat(call(Map.of("QUILT_MCP_URL", "https://mcp.example/mcp"))).isEqualTo(STATUS);
    assertThat(ran).containsExactly("proxy", "--url", "https://mcp.example/mcp");
  }

  @Test
  void withoutAnAddressItServesFolders() {
    assertThat(call(Map.of("QUILT_LOCAL_ROOT", "/data"))).isEqualTo(STATUS);
    assertThat(ran).containsExactly("stdio");
  }

  @Test
  void fieldLeftEmptyIsNoAddress() {
    call(Map.of("QUILT_MCP_URL", ""));
    call(Map.of("QUILT_MCP_URL", "${user_config.server_url}"));
    assertThat(ran).containsExactly("stdio", "stdio");
  }
}
