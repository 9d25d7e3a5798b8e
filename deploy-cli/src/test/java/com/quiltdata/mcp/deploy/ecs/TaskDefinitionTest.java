package com.quiltdata.mcp.deploy.ecs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.deploy.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

final class TaskDefinitionTest {
  private static TaskDefinition read(String text) {
    return TaskDefinition.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private static final TaskDefinition RUNNING =
      read(
          """
          {"taskDefinition": {"taskDefinitionArn": "arn:aws:ecs:r:a:task-definition/f:7", "revision": 7,
            "status": "ACTIVE", "compatibilities": ["EC2"], "registeredAt": 1.5, "family": "f",
            "future": {"exact": 1.10, "big": 12345678901234567890},
            "containerDefinitions": [{"name": "side", "image": "side:1"}, {"name": "main", "image": "x:1"}]},
           "tags": [{"key": "k", "value": "v"}]}
          """);

  @Test
  void nothingButTheImageAndTheVersionChanges() {
    ObjectNode body = RUNNING.withImage("main", "x:2@sha256:1", "2");
    assertThat(Json.text(body))
        .isEqualTo(
            "{\"family\":\"f\",\"future\":{\"exact\":1.10,\"big\":12345678901234567890},"
                + "\"containerDefinitions\":[{\"name\":\"side\",\"image\":\"side:1\"},{\"name\":\"main\",\"image\":\"x:2@sha256:1\","
                + "\"environment\":[{\"name\":\"MCP_SERVER_VERSION\",\"value\":\"2\"}]}],\"tags\":[{\"key\":\"k\",\"value\":\"v\"}]}");
    assertThat(RUNNING.json().has("revision")).isTrue();
  }

  @Test
  void aContainerThatIsNotThereIsToldWithThoseThatAre() {
    assertThatThrownBy(() -> RUNNING.withImage("other", "x", "1"))
        .hasMessageContaining("side, main");
  }

  @Test
  void differencesHideSecrets() {
    String text =
        """
        {"containerDefinitions": [{"name": "main", "environment": [
          {"name": "A", "value": "%s"}, {"name": "DB_PASSWORD", "value": "%s"}, {"name": "%s_TOKEN", "value": "hunter3"}]}]}
        """;
    List<Difference> found =
        Difference.between(
            Json.readObject(text.formatted("1", "hunter1", "OLD")),
            Json.readObject(text.formatted("2", "hunter2", "NEW")));
    assertThat(found).hasSize(4);
    assertThat(found.toString()).doesNotContain("hunter").contains("environment[A].value", "***");
  }

  @Test
  void namesOfSecretsAreKnown() {
    assertThat(
            List.of(
                "MCP_ENHANCED_JWT_SECRET",
                "DB_PASSWORD",
                "AUTH_TOKEN",
                "PRIVATE_KEY_PEM",
                "MCP_STATE_PREVIOUS_SECRET",
                "aws_credentials"))
        .allMatch(TaskDefinition::soundsSecret);
    assertThat(
            List.of(
                "MCP_ENHANCED_JWT_KID",
                "MCP_ENHANCED_JWT_SECRET_SSM_PARAMETER",
                "MCP_JWT_SECRET_OVERLAP",
                "MCP_CATALOG_TOKENS",
                "MCP_FAILED_TOKEN_RATE",
                "MCP_REQUIRE_TOKEN",
                "LOG_LEVEL",
                "MCP_SERVER_VERSION"))
        .noneMatch(TaskDefinition::soundsSecret);
  }
}
