package com.quiltdata.mcp.deploy.fake;

import com.quiltdata.mcp.deploy.fake.FakeAws.AwsError;
import com.quiltdata.mcp.deploy.fake.FakeService.FakeDeployment;
import com.quiltdata.mcp.deploy.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// ECS: one service, its tasks, and the task definitions that were registered.
final class FakeEcs {
  private static final String DEFINITIONS =
      "arn:aws:ecs:us-east-1:850787717197:task-definition/" + FakeAws.FAMILY + ":";

  final Map<String, ObjectNode> definitions = new LinkedHashMap<>();
  private final FakeAws aws;

  FakeEcs(FakeAws aws) {
    this.aws = aws;
  }

  static ObjectNode definition() {
    return Json.readObject(
        """
        {"family": "quilt-mcp-server", "networkMode": "awsvpc", "cpu": "256", "memory": "512",
         "requiresCompatibilities": ["FARGATE"], "futureMember": {"a": [1, 1.10]},
         "taskRoleArn": "arn:aws:iam::850787717197:role/ecsTaskRole",
         "executionRoleArn": "arn:aws:iam::850787717197:role/ecsTaskExecutionRole",
         "tags": [{"key": "owner", "value": "data"}],
         "containerDefinitions": [{"name": "mcp-server", "essential": true, "futureSwitch": true,
           "image": "850787717197.dkr.ecr.us-east-1.amazonaws.com/quilt-mcp-server:0.9.0@sha256:0000000000000000000000000000000000000000000000000000000000000000",
           "portMappings": [{"containerPort": 8000}],
           "environment": [{"name": "MCP_SERVER_VERSION", "value": "0.9.0"}, {"name": "LOG_LEVEL", "value": "INFO"}],
           "secrets": [{"name": "MCP_ENHANCED_JWT_SECRET",
             "valueFrom": "arn:aws:ssm:us-east-1:850787717197:parameter/quilt/mcp-server/jwt-secret"}],
           "logConfiguration": {"logDriver": "awslogs", "options": {"awslogs-group": "/ecs/mcp-server-production",
             "awslogs-stream-prefix": "ecs", "awslogs-region": "us-east-1"}}}]}
        """);
  }

  String register(ObjectNode body) {
    String arn = DEFINITIONS + (definitions.size() + 1);
    definitions.put(arn, body.deepCopy());
    return arn;
  }

  JsonNode answer(String operation, ObjectNode ask) {
    ObjectNode answer = Json.object();
    switch (operation) {
      case "DescribeServices" -> {
        requireCluster(ask);
        var found = answer.putArray("services");
        var failures = answer.putArray("failures");
        String asked = ask.path("services").path(0).asString("");
        asked = asked.substring(asked.lastIndexOf('/') + 1);
        if (asked.equals("sales-prod-mcp-server-production")) {
          found.add(aws.service.json());
        } else if (!asked.isEmpty() && asked.equals(aws.service.neighbour)) {
          found
              .addObject()
              .put("serviceName", asked)
              .putArray("loadBalancers")
              .addObject()
              .put("targetGroupArn", FakeService.GROUP);
        } else {
          failures.addObject().put("arn", "x").put("reason", "MISSING");
        }
      }
      case "ListServices" -> {
        requireCluster(ask);
        var arns = answer.putArray("serviceArns").add(FakeService.ARN);
        if (!aws.service.neighbour.isEmpty()) {
          arns.add(FakeService.ARN.replaceFirst("[^/]+$", aws.service.neighbour));
        }
      }
      case "DescribeTaskDefinition" -> {
        String asked = ask.path("taskDefinition").asString("");
        String arn =
            asked.startsWith("arn:")
                ? asked
                : DEFINITIONS + asked.substring(asked.indexOf(':') + 1);
        ObjectNode found = definitions.get(arn);
        if (found == null) {
          throw new AwsError(400, "ClientException", "Unable to describe task definition.");
        }
        ObjectNode shown = found.deepCopy();
        JsonNode tags = shown.remove("tags");
        shown
            .put("taskDefinitionArn", arn)
            .put("revision", Integer.parseInt(arn.substring(arn.lastIndexOf(':') + 1)))
            .put("status", "ACTIVE")
            .put("registeredBy", "somebody");
        answer.set("taskDefinition", shown);
        if (tags != null) {
          answer.set("tags", tags);
        }
      }
      case "RegisterTaskDefinition" -> {
        for (String name : List.of("taskDefinitionArn", "revision", "status", "registeredBy")) {
          if (ask.has(name)) {
            throw new AwsError(400, "ClientException", "Unknown parameter " + name);
          }
        }
        answer.putObject("taskDefinition").put("taskDefinitionArn", register(ask));
      }
      case "ListTaskDefinitions" -> {
        var arns = answer.putArray("taskDefinitionArns");
        definitions.keySet().forEach(arns::add);
      }
      case "DeregisterTaskDefinition" -> answer.putObject("taskDefinition");
      case "UpdateService" -> {
        if (!aws.service.status.equals("ACTIVE")) {
          throw new AwsError(400, "ServiceNotActiveException", "Service was not ACTIVE.");
        }
        String wanted = ask.path("taskDefinition").asString("");
        if (!definitions.containsKey(wanted)) {
          throw new AwsError(400, "ClientException", "TaskDefinition not found.");
        }
        FakeDeployment started = aws.service.deploy(wanted, aws.pace.instant());
        aws.released(started);
        answer.set("service", aws.service.json());
      }
      case "ListTasks" -> {
        String status = ask.path("desiredStatus").asString("RUNNING");
        var arns = answer.putArray("taskArns");
        aws.service.tasks.stream()
            .filter(task -> task.status.equals(status))
            .forEach(task -> arns.add(FakeService.arn(task)));
      }
      case "DescribeTasks" -> {
        var tasks = answer.putArray("tasks");
        List<String> wanted = ask.path("tasks").valueStream().map(JsonNode::stringValue).toList();
        aws.service.tasks.stream()
            .filter(task -> wanted.contains(FakeService.arn(task)))
            .forEach(task -> tasks.add(FakeService.json(task)));
        answer.putArray("failures");
      }
      case "ListServiceDeployments" -> {
        requireStory();
        var list = answer.putArray("serviceDeployments");
        if (aws.released() != null) {
          list.addObject()
              .put("serviceDeploymentArn", storyArn())
              .put("status", aws.serviceDeployment);
        }
      }
      case "DescribeServiceDeployments" -> {
        requireStory();
        ObjectNode one =
            answer
                .putArray("serviceDeployments")
                .addObject()
                .put("serviceDeploymentArn", storyArn())
                .put("status", aws.serviceDeployment);
        if (!aws.statusReason.isEmpty()) {
          one.put("statusReason", aws.statusReason);
        }
        if (!aws.triggeredAlarms.isEmpty()) {
          ObjectNode alarms = one.putObject("alarms").put("status", "TRIGGERED");
          aws.triggeredAlarms.forEach(alarms.putArray("triggeredAlarmNames")::add);
        }
        one.putObject("targetServiceRevision").put("arn", "revision");
        one.putObject("deploymentCircuitBreaker")
            .put("status", aws.service.breaker ? "MONITORING" : "DISABLED")
            .put("failureCount", aws.released().failed)
            .put("threshold", 3);
        if (aws.paused) {
          one.putArray("lifecycleHookDetails")
              .addObject()
              .put("hookId", "approve")
              .put("targetType", "PAUSE")
              .put("status", "AWAITING_ACTION");
        }
        answer.putArray("failures");
      }
      case "DescribeServiceRevisions" -> {
        requireStory();
        answer
            .putArray("serviceRevisions")
            .addObject()
            .put("serviceRevisionArn", "revision")
            .put("taskDefinition", aws.released().taskDefinition);
      }
      default -> throw new AwsError(400, "UnknownOperationException", operation);
    }
    return answer;
  }

  private static String storyArn() {
    return "arn:aws:ecs:us-east-1:850787717197:service-deployment/sales-prod/sales-prod-mcp-server-production/abc";
  }

  private void requireStory() {
    if (!aws.storyApi) {
      throw new AwsError(400, "AccessDeniedException", "User is not authorized to perform that");
    }
  }

  private static void requireCluster(ObjectNode ask) {
    if (!ask.path("cluster").asString("").equals("sales-prod")) {
      throw new AwsError(400, "ClusterNotFoundException", "Cluster not found.");
    }
  }
}
