package com.quiltdata.mcp.deploy.fake;

import com.quiltdata.mcp.deploy.fake.FakeAws.AwsError;
import com.quiltdata.mcp.deploy.json.Json;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Secrets Manager: which secrets exist. Nobody may ask for their values.
public final class FakeSecrets {
  /// Whether it is about to be deleted, by ARN.
  public final Map<String, Boolean> secrets = new TreeMap<>();

  JsonNode answer(String operation, ObjectNode ask) {
    if (!operation.equals("DescribeSecret")) {
      throw new AwsError(400, "AccessDeniedException", "not authorized to perform " + operation);
    }
    String arn = ask.path("SecretId").asString("");
    if (!secrets.containsKey(arn)) {
      throw new AwsError(400, "ResourceNotFoundException", "no such secret");
    }
    ObjectNode answer = Json.object().put("ARN", arn);
    if (secrets.get(arn)) {
      answer.put("DeletedDate", 1_700_000_000);
    }
    return answer;
  }
}
