package com.quiltdata.mcp.deploy.story;

import static com.quiltdata.mcp.deploy.fake.FakeService.GROUP;
import static com.quiltdata.mcp.deploy.story.ReleaseBench.head;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.fake.FakeBalancing.FakeRule;
import com.quiltdata.mcp.deploy.release.ReleaseReport;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Whether requests of clients arrive at the service, as preflight finds it.
final class TargetStoryTest {
  @RegisterExtension private final ReleaseBench bench = new ReleaseBench();

  @Test
  void portsMustBeTheSameEverywhere() {
    bench.fake.service.port = 9000;
    ReleaseReport report = bench.refused();
    assertThat(report.evidence())
        .anyMatch(line -> line.contains("port 9000, the container opens [8000]"))
        .anyMatch(line -> line.contains("port 9000, the server listens on 8000 of its image"));
    assertThat(bench.err.toString()).contains("the target group is made for port 8000");
  }

  @Test
  void aVariableMayMoveThePort() {
    bench
        .container()
        .putArray("environment")
        .addObject()
        .put("name", "FASTMCP_PORT")
        .put("value", "8080");
    assertThat(head(bench.refused())).contains("the server listens on 8080 (FASTMCP_PORT)");
  }

  /// Rules as `host paths`, the first one tried first; `!` before one that leads elsewhere.
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "demo.quiltdata.com /mcp/*                 | warning  listener rule: only /mcp/* of demo.quiltdata.com arrives: who asks for /mcp",
        "demo.quiltdata.com /mcp                   | warning  listener rule: only /mcp of demo.quiltdata.com arrives: who asks for /mcp/*",
        "demo.quiltdata.com /mcp,/mcp/*            | warning  OAuth: /.well-known/oauth-protected-resource* does not arrive",
        "*.quiltdata.com /mcp*,/.well-known/*      | ok       listener rule: /mcp and /mcp/* of demo.quiltdata.com arrive",
        "* *                                       | ok       listener rule: /mcp and /mcp/* of demo.quiltdata.com arrive",
        "!demo.quiltdata.com /other; DEMO.quiltdata.com /mcp?*,/mcp | ok       listener rule: /mcp and /mcp/*",
      })
  void whatArrivesOfTheEndpointIsTold(String rules, String line) {
    bench.smokeUrl = Optional.of(URI.create("https://demo.quiltdata.com/mcp"));
    rules(rules);
    bench.fake.service.desired = 0;
    bench.release();
    assertThat(bench.err.toString()).contains(line);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "other.example.com /mcp,/mcp/*               | /mcp of demo.quiltdata.com does not arrive; what is forwarded: /mcp, /mcp/* of other.example.com",
        "demo.quiltdata.com /api/*                   | what is forwarded: /api/* of demo.quiltdata.com",
        "!demo.quiltdata.com /*; demo.quiltdata.com /mcp,/mcp/* | /mcp of demo.quiltdata.com does not arrive",
        "!demo.quiltdata.com /mcp                    | no rule forwards to the target group",
      })
  void anEndpointThatDoesNotArriveIsRefused(String rules, String cause) {
    bench.smokeUrl = Optional.of(URI.create("https://demo.quiltdata.com/mcp"));
    rules(rules);
    assertThat(head(bench.refused())).contains("listener rule: ", cause);
  }

  private void rules(String text) {
    bench.fake.balancing.rules.clear();
    for (String rule : text.split("; ", -1)) {
      String[] parts = rule.strip().replace("!", "").split(" ", 2);
      bench.fake.balancing.rules.add(
          new FakeRule(
              parts[0],
              Arrays.asList(parts[1].strip().split(",", -1)),
              rule.strip().startsWith("!") ? GROUP + "-other" : GROUP));
    }
  }

  @Test
  void aTargetGroupWithoutAListenerIsRefused() {
    bench.fake.balancing.attached = false;
    assertThat(head(bench.refused())).contains("no listener sends requests to the target group");
  }

  @Test
  void aMissingTargetGroupIsRefused() {
    bench.fake.balancing.exists = false;
    assertThat(head(bench.refused())).contains("there is no target group " + GROUP);
  }

  @Test
  void aGracePeriodShorterThanTheStartIsWarnedOf() {
    bench
        .container()
        .putObject("healthCheck")
        .put("startPeriod", 90)
        .putArray("command")
        .add("CMD")
        .add("/app/bin/health");
    assertThat(bench.warned())
        .contains("grace period: it is 60 seconds, but a container may take 90 to start");
    bench.fake.service.grace = 0;
    bench.release();
    assertThat(bench.err.toString()).contains("set healthCheckGracePeriodSeconds to 90");
  }
}
