package com.quiltdata.mcp.deploy.fake;

import com.quiltdata.mcp.deploy.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// An ECS service whose deployments go as a story says. Members are public for the story.
public final class FakeService {
  public static final String ARN =
      "arn:aws:ecs:us-east-1:850787717197:service/sales-prod/sales-prod-mcp-server-production";
  public static final String GROUP =
      "arn:aws:elasticloadbalancing:us-east-1:850787717197:targetgroup/sales-prod-mcp-server-tg/0123456789abcdef";

  /// One deployment of the service.
  public static final class FakeDeployment {
    public final String id;
    public final String taskDefinition;
    public final Instant createdAt;
    public String status = "PRIMARY";
    public String rolloutState = "IN_PROGRESS";
    public String reason = "";
    public int running;
    public int failed;

    FakeDeployment(String id, String taskDefinition, Instant createdAt) {
      this.id = id;
      this.taskDefinition = taskDefinition;
      this.createdAt = createdAt;
    }
  }

  /// One task.
  public static final class FakeTask {
    public final String id;
    public final FakeDeployment deployment;
    public final String digest;
    public String status = "RUNNING";
    public String health = "HEALTHY";
    public String stopCode = "";
    public String stoppedReason = "";
    public String containerReason = "";
    public int exitCode = -1;
    public String address;
    public String targetState = "healthy";
    public String targetReason = "";

    FakeTask(int number, FakeDeployment deployment, String digest) {
      this.id = "%032x".formatted(number);
      this.deployment = deployment;
      this.digest = digest;
      this.address = "10.0.1." + number;
    }

    /// It stops.
    public FakeTask stopped(String code, String reason) {
      status = "STOPPED";
      stopCode = code;
      stoppedReason = reason;
      return this;
    }
  }

  public String status = "ACTIVE";
  public String controller = "ECS";
  public int desired = 1;
  public boolean breaker = true;
  public boolean rollback = true;
  public int grace = 60;
  public int port = 8000;

  /// Alarms that end a deployment.
  public List<String> alarms = List.of();

  /// Another service of the cluster that has the same target group.
  public String neighbour = "";

  /// The service is described as it was before its newest deployment.
  public boolean stale;

  /// The ARN of the service deployment under way, where ECS tells it.
  public String currentDeployment = "";

  public String taskDefinition;
  public final List<FakeDeployment> deployments = new ArrayList<>();
  public final List<FakeTask> tasks = new ArrayList<>();
  private final List<ObjectNode> events = new ArrayList<>();
  private int numbers = 10;

  /// A service that runs a revision in peace.
  public FakeService(String taskDefinition, String digest, Instant now) {
    this.taskDefinition = taskDefinition;
    FakeDeployment first = deploy(taskDefinition, now.minus(Duration.ofDays(1)));
    complete(first, digest);
  }

  /// A new deployment becomes the primary one.
  public FakeDeployment deploy(String wanted, Instant now) {
    deployments.forEach(one -> one.status = "ACTIVE");
    FakeDeployment started = new FakeDeployment("ecs-svc/%019d".formatted(++numbers), wanted, now);
    deployments.addFirst(started);
    taskDefinition = wanted;
    return started;
  }

  /// All its tasks run, and those of others are gone.
  public void complete(FakeDeployment one, String digest) {
    tasks.removeIf(task -> task.deployment != one && !task.status.equals("STOPPED"));
    while (one.running < desired) {
      start(one, digest);
    }
    one.rolloutState = "COMPLETED";
    deployments.removeIf(other -> other != one);
  }

  /// A task starts.
  public FakeTask start(FakeDeployment one, String digest) {
    FakeTask task = new FakeTask(++numbers, one, digest);
    tasks.add(task);
    one.running++;
    return task;
  }

  /// A task starts and stops.
  public FakeTask fail(FakeDeployment one, String code, String reason) {
    FakeTask task = new FakeTask(++numbers, one, "").stopped(code, reason);
    tasks.add(task);
    one.failed++;
    return task;
  }

  /// ECS says something.
  public void event(Instant at, String message) {
    events.addFirst(
        Json.object()
            .put("id", "event-" + ++numbers)
            .put("createdAt", at.getEpochSecond())
            .put("message", message));
  }

  ObjectNode json() {
    ObjectNode json =
        Json.object()
            .put("serviceArn", ARN)
            .put("serviceName", "sales-prod-mcp-server-production")
            .put("clusterArn", "arn:aws:ecs:us-east-1:850787717197:cluster/sales-prod")
            .put("status", status)
            .put("desiredCount", desired)
            .put("runningCount", deployments.stream().mapToInt(one -> one.running).sum())
            .put("pendingCount", 0)
            .put("launchType", "FARGATE")
            .put("taskDefinition", taskDefinition)
            .put("healthCheckGracePeriodSeconds", grace);
    json.putObject("deploymentController").put("type", controller);
    ObjectNode configuration = json.putObject("deploymentConfiguration");
    if (!alarms.isEmpty()) {
      ObjectNode gate = configuration.putObject("alarms").put("enable", true).put("rollback", true);
      alarms.forEach(gate.putArray("alarmNames")::add);
    }
    configuration
        .put("maximumPercent", 200)
        .put("minimumHealthyPercent", 100)
        .putObject("deploymentCircuitBreaker")
        .put("enable", breaker)
        .put("rollback", rollback);
    json.putArray("loadBalancers")
        .addObject()
        .put("targetGroupArn", GROUP)
        .put("containerName", "mcp-server")
        .put("containerPort", port);
    if (!currentDeployment.isEmpty()) {
      json.put("currentServiceDeployment", currentDeployment);
    }
    ArrayNode list = json.putArray("deployments");
    for (FakeDeployment one : stale ? deployments.subList(1, deployments.size()) : deployments) {
      ObjectNode deployment =
          list.addObject()
              .put("id", one.id)
              .put("status", stale ? "PRIMARY" : one.status)
              .put("taskDefinition", one.taskDefinition)
              .put("desiredCount", desired)
              .put("pendingCount", 0)
              .put("runningCount", one.running)
              .put("failedTasks", one.failed)
              .put("createdAt", one.createdAt.getEpochSecond())
              .put("rolloutState", one.rolloutState);
      if (!one.reason.isEmpty()) {
        deployment.put("rolloutStateReason", one.reason);
      }
    }
    events.forEach(json.putArray("events")::add);
    return json;
  }

  static ObjectNode json(FakeTask task) {
    ObjectNode json =
        Json.object()
            .put("taskArn", arn(task))
            .put("startedBy", task.deployment.id)
            .put("taskDefinitionArn", task.deployment.taskDefinition)
            .put("lastStatus", task.status)
            .put("desiredStatus", task.status)
            .put("healthStatus", task.health);
    if (!task.stopCode.isEmpty()) {
      json.put("stopCode", task.stopCode);
    }
    if (!task.stoppedReason.isEmpty()) {
      json.put("stoppedReason", task.stoppedReason);
    }
    json.putArray("attachments")
        .addObject()
        .put("type", "ElasticNetworkInterface")
        .putArray("details")
        .addObject()
        .put("name", "privateIPv4Address")
        .put("value", task.address);
    ObjectNode container =
        json.putArray("containers")
            .addObject()
            .put("name", "mcp-server")
            .put("image", "image")
            .put("lastStatus", task.status)
            .put("healthStatus", task.health);
    if (!task.digest.isEmpty()) {
      container.put("imageDigest", task.digest);
    }
    if (task.exitCode >= 0) {
      container.put("exitCode", task.exitCode);
    }
    if (!task.containerReason.isEmpty()) {
      container.put("reason", task.containerReason);
    }
    return json;
  }

  static String arn(FakeTask task) {
    return "arn:aws:ecs:us-east-1:850787717197:task/sales-prod/" + task.id;
  }
}
