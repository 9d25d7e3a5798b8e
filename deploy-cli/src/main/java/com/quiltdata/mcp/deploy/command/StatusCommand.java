package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.ecs.DeploymentState;
import com.quiltdata.mcp.deploy.ecs.EcsService;
import com.quiltdata.mcp.deploy.ecs.ServiceEvent;
import com.quiltdata.mcp.deploy.ecs.ServiceState;
import com.quiltdata.mcp.deploy.ecs.TaskDefinition;
import com.quiltdata.mcp.deploy.json.Json;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.release.ReleaseTarget;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import tools.jackson.databind.node.ObjectNode;

/// `deploy-cli status`: what runs, in one call.
@Command(
    name = "status",
    description = "Show what runs, and how deployments stand.",
    footerHeading = "%nExamples:%n",
    footer = {"  deploy-cli status", "  deploy-cli status --env staging -o json", ""})
final class StatusCommand extends AwsCommand {
  private static final int EVENTS = 5;

  StatusCommand(Surroundings around) {
    super(around);
  }

  @Override
  ExitCode run(AwsClients aws, ReleaseTarget target) {
    ServiceState service = new EcsService(aws, target.service()).state();
    print(lines(target, service), () -> json(target, service));
    return ExitCode.OK;
  }

  private static List<String> lines(ReleaseTarget target, ServiceState service) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s %s, %d of %d tasks run, circuit breaker %s"
            .formatted(
                target,
                service.status(),
                service.running(),
                service.desired(),
                service.breaker().name().toLowerCase(java.util.Locale.ROOT).replace('_', ' ')));
    lines.add(
        "%-9s %-28s %-12s %7s %7s %7s  %s"
            .formatted(
                "STATUS", "TASK DEFINITION", "ROLLOUT", "DESIRED", "RUNNING", "FAILED", "ID"));
    for (DeploymentState one : service.deployments()) {
      lines.add(
          "%-9s %-28s %-12s %7d %7d %7d  %s"
              .formatted(
                  one.status(),
                  TaskDefinition.shortName(one.taskDefinition()),
                  one.rolloutState().orElse("-"),
                  one.desired(),
                  one.running(),
                  one.failed(),
                  one.id()));
    }
    service.events().stream()
        .limit(EVENTS)
        .forEach(event -> lines.add("  %s %s".formatted(event.at(), event.message())));
    return lines;
  }

  private static ObjectNode json(ReleaseTarget target, ServiceState service) {
    ObjectNode json =
        Json.object()
            .put("command", "status")
            .put("service", target.toString())
            .put("status", service.status())
            .put("task_definition", TaskDefinition.shortName(service.taskDefinition()))
            .put("desired", service.desired())
            .put("running", service.running())
            .put("pending", service.pending());
    var deployments = json.putArray("deployments");
    for (DeploymentState one : service.deployments()) {
      deployments
          .addObject()
          .put("id", one.id())
          .put("status", one.status())
          .put("task_definition", TaskDefinition.shortName(one.taskDefinition()))
          .put("rollout", one.rolloutState().orElse(null))
          .put("desired", one.desired())
          .put("running", one.running())
          .put("failed", one.failed());
    }
    var events = json.putArray("events");
    for (ServiceEvent event : service.events().stream().limit(EVENTS).toList()) {
      events.addObject().put("at", event.at().toString()).put("message", event.message());
    }
    return json;
  }
}
