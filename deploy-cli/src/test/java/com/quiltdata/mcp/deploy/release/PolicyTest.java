package com.quiltdata.mcp.deploy.release;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/// The published IAM policy allows what the commands call, and nothing else.
final class PolicyTest {
  private static final Path POLICY = Path.of("iam-policy.json");

  /// A call of a client, `.ecs()…describeServices(` for example.
  private static final Pattern CALL =
      Pattern.compile(
          "\\.(cloudwatch|ecs|ecsWriting|ecr|loadBalancing|iam|ssm|ssmWriting|secrets|logs|sts)\\(\\)\\s*\\.([a-zA-Z]+?)(?:Paginator)?\\(");

  private static Set<String> called() throws IOException {
    Set<String> actions = new TreeSet<>();
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      for (Path file : files.filter(one -> one.toString().endsWith(".java")).toList()) {
        Matcher matcher = CALL.matcher(Files.readString(file));
        while (matcher.find()) {
          actions.add(action(matcher.group(1), matcher.group(2)));
        }
      }
    }
    actions.removeAll(OF_PEOPLE);
    return actions;
  }

  private static String action(String client, String method) {
    String service =
        switch (client) {
          case "ecsWriting" -> "ecs";
          case "ssmWriting" -> "ssm";
          case "loadBalancing" -> "elasticloadbalancing";
          case "secrets" -> "secretsmanager";
          default -> client;
        };
    return service + ":" + Character.toUpperCase(method.charAt(0)) + method.substring(1);
  }

  /// Removing images is for people, not for releases.
  private static final Set<String> OF_PEOPLE = Set.of("ecr:BatchDeleteImage");

  private static Set<String> allowed() throws IOException {
    Set<String> actions = new TreeSet<>();
    JsonNode policy = Json.readObject(Files.readString(POLICY));
    for (JsonNode statement : policy.path("Statement")) {
      assertThat(statement.path("Effect").stringValue()).isEqualTo("Allow");
      statement.path("Action").forEach(one -> actions.add(one.stringValue()));
    }
    return actions;
  }

  @Test
  void allowsEveryCallOfEveryCommand() throws IOException {
    assertThat(called()).isNotEmpty().allSatisfy(one -> assertThat(allowed()).contains(one));
  }

  /// What is not called by name: pushing an image, and handing roles to ECS.
  @Test
  void allowsNothingElse() throws IOException {
    Set<String> rest = allowed();
    rest.removeAll(called());
    assertThat(rest)
        .containsExactlyInAnyOrder(
            "ecr:BatchCheckLayerAvailability",
            "ecr:CompleteLayerUpload",
            "ecr:InitiateLayerUpload",
            "ecr:PutImage",
            "ecr:UploadLayerPart",
            "ecs:TagResource",
            "iam:PassRole");
  }

  @Test
  void whatPeopleNeedBesidesIsDocumented() throws IOException {
    String page = Files.readString(Path.of("..", "docs", "operations.md"));
    Matcher block =
        Pattern.compile("<!-- prune: statement -->\n```json\n(.+?)```", Pattern.DOTALL)
            .matcher(page);
    assertThat(block.find()).isTrue();
    JsonNode statement = Json.readObject(block.group(1));
    assertThat(statement.path("Effect").stringValue()).isEqualTo("Allow");
    assertThat(statement.path("Action").valueStream().map(JsonNode::stringValue))
        .containsExactlyInAnyOrderElementsOf(OF_PEOPLE);
  }
}
