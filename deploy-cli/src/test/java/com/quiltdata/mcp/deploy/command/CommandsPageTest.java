package com.quiltdata.mcp.deploy.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.console.Person;
import com.quiltdata.mcp.deploy.console.Terminal;
import com.quiltdata.mcp.deploy.ecs.Pace;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/// `docs/deploy-cli.md` says what the commands say. `-Dgolden.update=true` writes it.
final class CommandsPageTest {
  private static final Path PAGE = Path.of("..", "docs", "deploy-cli.md");

  private static final String HEAD =
      """
      # deploy-cli

      <!-- Generated from the commands: ./mvnw -pl deploy-cli test -Dgolden.update=true -->

      `bin/deploy-cli` releases the server to ECS without Docker, and proves that it serves before it says OK:
      its own deployment is complete, every task runs the pushed digest, the load balancer finds them healthy,
      and MCP answers at the public address as the build that the image is labelled with. A failure names its
      cause, what serves now and the one next command in its first lines;
      [how releases fail](deploy-failures.md) lists all causes. An image lists its components in
      `/app/sbom.cdx.json` (CycloneDX), a tar file in another one beside it. Results go to standard output, progress to standard error; `-o json` gives
      one document. What changes something asks first, on the terminal that is standard input, wherever the output
      goes; `--yes` answers beforehand, and where there is no terminal, in CI for example, nobody is asked. Where that
      cannot be told, nothing is changed. A flag beats the environment, which beats `deploy.yaml`, which beats the
      default:

      ```yaml
      default: production
      environments:
        production:
          cluster: sales-prod
          service: sales-prod-mcp-server-production
          smoke-url: https://demo.quiltdata.com/mcp
        staging:
          cluster: sales-staging
          service: sales-staging-mcp-server-production
      ```

      [`deploy.example.yaml`](../deploy-cli/deploy.example.yaml) has every key. This page, made from the same
      texts as `--help`, stands in for manual pages.

      The release role needs what [`iam-policy.json`](../deploy-cli/iam-policy.json) allows, and no values of
      secrets. Credentials are those that the AWS SDK finds: profiles, SSO, roles, the token of a CI service.
      Releases leave three parameters below the prefix: `image`, `deployments` (whose history is `history`)
      and, while one is under way, `lock`.

      ## Exit codes

      | code | name | meaning |
      | --- | --- | --- |
      """;

  private static String page() {
    StringBuilder page = new StringBuilder(HEAD);
    for (ExitCode code : ExitCode.values()) {
      page.append("| %d | `%s` | %s |\n".formatted(code.number(), code.wire(), code.meaning()));
    }
    PrintWriter nowhere = new PrintWriter(new StringWriter());
    CommandLine root =
        DeployCli.commandLine(
            new Surroundings(
                Map.of(),
                Path.of("").toAbsolutePath(),
                nowhere,
                nowhere,
                Terminal.NONE,
                Person.NONE,
                Pace.REAL,
                new Random(1)));
    page.append("\n## Commands\n\n```\n")
        .append(root.getUsageMessage(Ansi.OFF).stripTrailing())
        .append("\n```\n");
    root.getSubcommands()
        .forEach((name, command) ->
            page.append("\n### %s\n\n```\n".formatted(name))
                .append(command.getUsageMessage(Ansi.OFF).stripTrailing())
                .append("\n```\n"));
    return page.toString().lines().map(String::stripTrailing).reduce("", (a, b) -> a + b + "\n");
  }

  @Test
  void saysWhatTheCommandsSay() throws IOException {
    if (Boolean.getBoolean("golden.update")) {
      Files.writeString(PAGE, page());
    }
    assertThat(PAGE).content().isEqualTo(page());
  }
}
