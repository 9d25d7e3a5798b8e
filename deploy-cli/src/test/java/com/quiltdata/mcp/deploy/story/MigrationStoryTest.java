package com.quiltdata.mcp.deploy.story;

import static com.quiltdata.mcp.deploy.story.ReleaseBench.head;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.deploy.fake.FakeBalancing.FakeRule;
import com.quiltdata.mcp.deploy.fake.FakeService;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/// What preflight finds of a service that runs Python, and says that ends it.
final class MigrationStoryTest {
  @RegisterExtension private final ReleaseBench bench = new ReleaseBench();

  @ParameterizedTest
  @CsvSource({
    "development-enhanced-jwt-secret, is the published default",
    "thirty-one-bytes-are-not-enough, has 31 bytes",
  })
  void aPlainSigningSecretThatIsNotFitIsTold(String secret, String text) {
    plain(secret);
    String head = head(bench.refused());
    assertThat(head).contains("MCP_ENHANCED_JWT_SECRET", text);
    assertThat(bench.err + head).doesNotContain(secret, "migration");
  }

  @Test
  void aPlainSigningSecretThatIsFitIsOnlyPlain() {
    plain("x".repeat(32));
    assertThat(head(bench.refused()))
        .contains("plain text in environment: MCP_ENHANCED_JWT_SECRET\n");
  }

  private void plain(String secret) {
    bench
        .container()
        .withArray("environment")
        .addObject()
        .put("name", "MCP_ENHANCED_JWT_SECRET")
        .put("value", secret);
  }

  /// As it was documented: each finding names the step that ends it.
  @Test
  void whatStandsInTheWayOfAPythonServiceIsNamedWithTheStepThatRemovesIt() {
    bench.health("[\"CMD-SHELL\", \"python3 -c \\\"import urllib.request\\\" || exit 1\"]");
    plain("development-enhanced-jwt-secret");
    bench.fake.service.grace = 0;
    bench.fake.service.breaker = false;
    bench.fake.service.rollback = false;
    bench.fake.balancing.rules.clear();
    bench.fake.balancing.rules.add(
        new FakeRule("demo.quiltdata.com", List.of("/mcp/*"), FakeService.GROUP));
    bench.refused();
    assertThat(steps())
        .containsEntry("error    secrets", 1)
        .containsEntry("error    health command", 4)
        .containsEntry("warning  grace period", 4)
        .containsEntry("warning  listener rule", 4)
        .containsEntry("warning  circuit breaker", 4);
  }

  /// Between steps 1 and 4.
  @Test
  void aPythonServiceIsKnownByItsSettingToo() {
    bench.health("[\"NONE\"]");
    bench
        .container()
        .withArray("environment")
        .addObject()
        .put("name", "PYTHONUNBUFFERED")
        .put("value", "1");
    bench.fake.service.grace = 0;
    bench.warned();
    assertThat(steps()).containsEntry("warning  grace period", 4).hasSize(1);
  }

  /// This server takes the setting, and copies of a task definition keep it.
  @Test
  void aServiceWithTheHealthCommandOfThisServerIsNoPythonService() {
    bench.health("[\"CMD\", \"/app/bin/health\"]");
    bench
        .container()
        .withArray("environment")
        .addObject()
        .put("name", "PYTHONUNBUFFERED")
        .put("value", "1");
    bench.fake.service.grace = 0;
    bench.warned();
    assertThat(bench.err.toString()).contains("warning  grace period");
    assertThat(steps()).isEmpty();
  }

  @Test
  void otherServicesAreToldNothingOfPython() {
    bench.fake.service.grace = 0;
    bench.warned();
    assertThat(bench.err.toString()).contains("warning  grace period");
    assertThat(steps()).isEmpty();
  }

  /// Its image does not go with the settings of this server, which Terraform would give it.
  @Test
  void aRollbackDoesNotGoToPython() {
    ObjectNode python = bench.definition().deepCopy();
    ((ObjectNode) python.path("containerDefinitions").path(0))
        .putArray("environment")
        .addObject()
        .put("name", "PYTHONUNBUFFERED")
        .put("value", "1");
    bench.fake.definitions.put(bench.fake.service.taskDefinition.replaceFirst("1$", "2"), python);
    assertThatThrownBy(bench::rollback)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ExitCode.PREFLIGHT_FAILED);
              assertThat(failure.evidence())
                  .contains(
                      "quilt-mcp-server:2 runs Python: docs/migration.md tells the way back to it");
            });
    assertThat(bench.fake.changes()).isEmpty();
  }

  /// The step of each finding that has one.
  private Map<String, Integer> steps() {
    return Pattern.compile(
            "(?m)^ *((?:error|warning) +[a-z ]+): .*: step (\\d) of docs/migration.md")
        .matcher(bench.err.toString())
        .results()
        .collect(
            Collectors.toMap(
                one -> one.group(1), one -> Integer.valueOf(one.group(2)), (a, _) -> a));
  }
}
