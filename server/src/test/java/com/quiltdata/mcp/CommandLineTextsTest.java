package com.quiltdata.mcp;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.ServerProcess.Finished;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What the program tells a person who types something wrong, or asks for help.
@Timeout(120)
final class CommandLineTextsTest {
  private static final Map<String, String> SECRET =
      Map.of("MCP_ENHANCED_JWT_SECRET", "a-good-secret-0123456789-abcdefghijkl");

  @Test
  void breaksNoLineOfTheExamples() {
    for (String[] help : new String[][] {{"--help"}, {"proxy", "--help"}}) {
      assertThat(ServerProcess.run(Map.of(), help).out().lines())
          .allMatch(line -> line.length() <= 80)
          .noneMatch(line -> line.equals("machine") || line.equals("output"));
    }
  }

  @Test
  void knowsHelpAsACommand() {
    Finished program = ServerProcess.run(Map.of(), "help", "token");
    assertThat(program.exitCode()).isZero();
    assertThat(program.out()).contains("Usage: quilt-mcp token");
  }

  @Test
  void tellsAWrongOptionWithoutTheWholeHelp() {
    Finished program = ServerProcess.run(Map.of(), "config", "--jsom");
    assertThat(program.exitCode()).isEqualTo(2);
    assertThat(program.err())
        .contains("Unknown option: '--jsom'", "`quilt-mcp config --help`")
        .doesNotContain("Show this help message");
  }

  @Test
  void tellsWhyThereIsNoToken() {
    assertThat(ServerProcess.run(Map.of(), "token", "--bucket", "a-bucket").err())
        .contains("MCP_ENHANCED_JWT_SECRET is not set", "Set the secret of the server");
    assertThat(ServerProcess.run(SECRET, "token", "--bucket", "a-bucket", "--level", "NONE").err())
        .contains("--level must be READ, WRITE or ADMIN");
    assertThat(ServerProcess.run(SECRET, "token", "--bucket", "a-bucket", "--hours", "0").err())
        .contains("--hours must be from 1 to 168 (now 0)");
  }
}
