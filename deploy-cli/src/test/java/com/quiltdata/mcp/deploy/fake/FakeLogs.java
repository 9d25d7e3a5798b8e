package com.quiltdata.mcp.deploy.fake;

import com.quiltdata.mcp.deploy.fake.FakeAws.AwsError;
import com.quiltdata.mcp.deploy.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// CloudWatch Logs: one group, with a few lines.
final class FakeLogs {
  final Set<String> groups = new TreeSet<>(Set.of("/ecs/mcp-server-production"));
  final List<String> lines = new ArrayList<>(List.of("started", "ready"));
  private final FakeAws aws;

  FakeLogs(FakeAws aws) {
    this.aws = aws;
  }

  JsonNode answer(String operation, ObjectNode ask) {
    ObjectNode answer = Json.object();
    switch (operation) {
      case "DescribeLogGroups" -> {
        var list = answer.putArray("logGroups");
        String prefix = ask.path("logGroupNamePrefix").asString("");
        groups.stream()
            .filter(name -> name.startsWith(prefix))
            .forEach(name -> list.addObject().put("logGroupName", name));
      }
      case "FilterLogEvents" -> {
        var list = answer.putArray("events");
        lines.forEach(line ->
            list.addObject()
                .put("eventId", line)
                .put("timestamp", aws.pace.instant().toEpochMilli())
                .put("message", line));
      }
      case "GetLogEvents" -> {
        var list = answer.putArray("events");
        lines.forEach(line -> list.addObject().put("timestamp", 1).put("message", line));
      }
      default -> throw new AwsError(400, "UnknownOperationException", operation);
    }
    return answer;
  }
}
