package com.quiltdata.mcp.deploy.release;

import static com.quiltdata.mcp.deploy.release.Preflight.optional;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.ecs.DeploymentState;
import com.quiltdata.mcp.deploy.ecs.EcsService;
import com.quiltdata.mcp.deploy.ecs.Neighbours;
import com.quiltdata.mcp.deploy.ecs.ServiceState;
import com.quiltdata.mcp.deploy.ecs.TaskDefinition;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import software.amazon.awssdk.services.cloudwatch.model.AlarmType;

/// Whether the service takes a release, and notices one that is bad.
record ServiceChecks(AwsClients aws, EcsService ecs, ServiceState service) {
  static final String BREAKER = "circuit breaker";

  List<Finding> look() {
    String name = ecs.id().toString();
    if (!service.status().equals("ACTIVE")) {
      return List.of(
          Finding.error(
              "service",
              "%s is %s".formatted(name, service.status()),
              "let Terraform create it again"));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(
        Finding.ok(
            "service",
            "%s is ACTIVE, %d of %d tasks run %s"
                .formatted(
                    name,
                    service.running(),
                    service.desired(),
                    TaskDefinition.shortName(service.taskDefinition()))));
    if (!service.controller().equals("ECS")) {
      findings.add(
          Finding.error(
              "deployment controller",
              "%s is deployed by %s".formatted(name, service.controller()),
              "only services that ECS itself deploys can be released"));
    }
    if (service.desired() == 0) {
      findings.add(
          Finding.warning(
              "desired count", "it is 0: nothing will run", "set the desired count to 1 or more"));
    }
    deployment(findings);
    breaker(findings);
    alarms(findings);
    neighbours(findings);
    return findings;
  }

  private void deployment(List<Finding> findings) {
    if (service.isDeploying()) {
      findings.add(
          Finding.warning(
              Finding.UNDER_WAY,
              "another one is under way, of "
                  + service
                      .primary()
                      .map(DeploymentState::taskDefinition)
                      .map(TaskDefinition::shortName)
                      .orElse("nothing"),
              "deploy-cli wait, or release with --lock-wait or --supersede"));
    } else {
      service
          .odd()
          .ifPresent(odd ->
              findings.add(Finding.warning("deployment", odd, "release again, or roll back")));
    }
  }

  private void breaker(List<Finding> findings) {
    findings.add(
        switch (service.breaker()) {
          case ROLLS_BACK -> Finding.ok(BREAKER, "on, with rollback");
          case ON ->
              Finding.warning(
                  BREAKER,
                  "a release that fails is not rolled back by ECS",
                  "switch rollback on, or release with --auto-rollback");
          case OFF ->
              Finding.warning(
                  BREAKER,
                  "it is off: ECS tries a version that fails for ever",
                  "switch it on with rollback, or release with --auto-rollback");
        });
  }

  private void alarms(List<Finding> findings) {
    if (service.alarms().isEmpty()) {
      return;
    }
    optional(findings, "alarms", this::knownAlarms)
        .ifPresent(known -> {
          List<String> missing =
              service.alarms().stream().filter(one -> !known.contains(one)).toList();
          findings.add(
              missing.isEmpty()
                  ? Finding.ok("alarms", String.join(", ", service.alarms()))
                  : Finding.warning(
                      "alarms",
                      "there is no alarm %s: nothing ends a bad release"
                          .formatted(String.join(", ", missing)),
                      "create it, or take it out of the deployment configuration"));
        });
  }

  private Set<String> knownAlarms() {
    return aws.call(
        "look at the alarms of the service",
        clients -> {
          var answer =
              clients
                  .cloudwatch()
                  .describeAlarms(ask ->
                      ask.alarmNames(service.alarms())
                          .alarmTypes(AlarmType.METRIC_ALARM, AlarmType.COMPOSITE_ALARM));
          Set<String> names = new HashSet<>();
          answer.metricAlarms().forEach(one -> names.add(one.alarmName()));
          answer.compositeAlarms().forEach(one -> names.add(one.alarmName()));
          return names;
        });
  }

  private void neighbours(List<Finding> findings) {
    if (service.targets().isEmpty()) {
      return;
    }
    Set<String> groups =
        service.targets().stream()
            .map(ServiceState.TargetPort::targetGroup)
            .collect(Collectors.toSet());
    optional(findings, "other services", () -> new Neighbours(aws, ecs.id()).sharing(groups))
        .filter(names -> !names.isEmpty())
        .ifPresent(names ->
            findings.add(
                Finding.warning(
                    "other services",
                    "%s has the same target group: it answers a part of the requests"
                        .formatted(String.join(", ", names)),
                    "give each service a target group of its own")));
  }
}
