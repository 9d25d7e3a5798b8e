package com.quiltdata.mcp.deploy.fake;

import com.quiltdata.mcp.deploy.fake.FakeAws.AwsError;
import com.quiltdata.mcp.deploy.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// SSM: parameters, and the history of those that record releases.
final class FakeSsm {
  final Map<String, String> parameters = new TreeMap<>();
  final List<String> history = new ArrayList<>();

  JsonNode answer(String operation, ObjectNode ask) {
    ObjectNode answer = Json.object();
    String name = ask.path("Name").asString("");
    switch (operation) {
      case "PutParameter" -> {
        if (!ask.path("Overwrite").asBoolean(false) && parameters.containsKey(name)) {
          throw new AwsError(400, "ParameterAlreadyExists", "it exists");
        }
        parameters.put(name, ask.path("Value").stringValue());
        if (name.endsWith("/deployments")) {
          history.add(ask.path("Value").stringValue());
        }
        answer.put("Version", 1);
      }
      case "GetParameter" -> {
        requireParameter(name);
        answer.putObject("Parameter").put("Name", name).put("Value", parameters.get(name));
      }
      case "DeleteParameter" -> {
        requireParameter(name);
        parameters.remove(name);
      }
      case "GetParameterHistory" -> {
        requireParameter(name);
        var list = answer.putArray("Parameters");
        history.forEach(value -> list.addObject().put("Name", name).put("Value", value));
      }
      case "DescribeParameters" -> {
        String wanted = ask.path("ParameterFilters").path(0).path("Values").path(0).asString("");
        var list = answer.putArray("Parameters");
        if (wanted.equals("/quilt/mcp-server/jwt-secret") || parameters.containsKey(wanted)) {
          list.addObject().put("Name", wanted);
        }
      }
      default -> throw new AwsError(400, "UnknownOperationException", operation);
    }
    return answer;
  }

  private void requireParameter(String name) {
    if (!parameters.containsKey(name)) {
      throw new AwsError(400, "ParameterNotFound", "no such parameter");
    }
  }
}
