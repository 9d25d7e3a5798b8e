package com.quiltdata.mcp.deploy.fake;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.deploy.fake.FakeAws.AwsError;
import java.net.URLEncoder;
import java.util.Map;
import java.util.TreeMap;

/// IAM and STS: who is calling, and roles that tasks may have.
public final class FakeIam {
  /// The trust policy of a role of tasks.
  public static final String TRUSTS_TASKS =
      """
      {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole",
        "Principal": {"Service": "ecs-tasks.amazonaws.com"}}]}
      """;

  /// Trust policies by the name of the role.
  public final Map<String, String> roles =
      new TreeMap<>(Map.of("ecsTaskRole", TRUSTS_TASKS, "ecsTaskExecutionRole", TRUSTS_TASKS));

  String answer(String action, Map<String, String> ask) {
    return switch (action) {
      case "GetCallerIdentity" ->
          "<Arn>arn:aws:sts::850787717197:assumed-role/release/alice</Arn><UserId>U</UserId><Account>850787717197</Account>";
      case "GetRole" -> {
        String name = ask.getOrDefault("RoleName", "");
        if (!roles.containsKey(name)) {
          throw new AwsError(404, "NoSuchEntity", "no role " + name);
        }
        yield "<Role><RoleName>%s</RoleName><AssumeRolePolicyDocument>%s</AssumeRolePolicyDocument></Role>"
            .formatted(name, URLEncoder.encode(roles.get(name), UTF_8));
      }
      default -> throw new AwsError(400, "InvalidAction", action);
    };
  }
}
