package com.quiltdata.mcp.deploy.fake;

import com.quiltdata.mcp.deploy.fake.FakeAws.AwsError;
import java.util.Map;

/// IAM and STS: who is calling, and roles that tasks may have.
final class FakeIam {

  String answer(String action, Map<String, String> ask) {
    return switch (action) {
      case "GetCallerIdentity" ->
          "<Arn>arn:aws:sts::850787717197:assumed-role/release/alice</Arn><UserId>U</UserId><Account>850787717197</Account>";
      case "GetRole" ->
          "<Role><RoleName>%s</RoleName><AssumeRolePolicyDocument>%%7B%%22Service%%22%%3A%%22ecs-tasks.amazonaws.com%%22%%7D</AssumeRolePolicyDocument></Role>"
              .formatted(ask.get("RoleName"));
      default -> throw new AwsError(400, "InvalidAction", action);
    };
  }
}
