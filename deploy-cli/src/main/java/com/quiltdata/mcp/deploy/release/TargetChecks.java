package com.quiltdata.mcp.deploy.release;

import static com.quiltdata.mcp.deploy.release.Preflight.optional;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.ecs.ServiceState;
import com.quiltdata.mcp.deploy.ecs.TaskDefinition;
import com.quiltdata.mcp.deploy.image.ImageFacts;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroup;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/// What the balancer needs to reach the service: target group, ports, listener rules, time to
/// start.
record TargetChecks(
    AwsClients aws,
    ServiceState service,
    TaskDefinition definition,
    ReleaseTarget target,
    ImageFacts image) {
  static final String GRACE = "grace period";
  private static final String PORT_VARIABLE = "FASTMCP_PORT";

  List<Finding> look() {
    List<Finding> findings = new ArrayList<>();
    if (service.targets().isEmpty()) {
      findings.add(
          Finding.warning(
              "target group", "the service has none: nobody reaches it", "attach a load balancer"));
      return findings;
    }
    for (ServiceState.TargetPort port : service.targets()) {
      look(findings, port);
    }
    grace(findings);
    return findings;
  }

  private void look(List<Finding> findings, ServiceState.TargetPort port) {
    if (!port.container().equals(target.container())) {
      findings.add(
          Finding.error(
              "target group",
              "the balancer sends requests to container '%s', not to '%s'"
                  .formatted(port.container(), target.container()),
              "give --container, or correct the service"));
    } else {
      port(findings, port.port());
    }
    Optional<Optional<TargetGroup>> found =
        optional(findings, "target group", () -> group(port.targetGroup()));
    if (found.isEmpty()) {
      return;
    }
    if (found.get().isEmpty()) {
      findings.add(
          Finding.error(
              "target group",
              "there is no target group " + port.targetGroup(),
              "let Terraform create it"));
      return;
    }
    TargetGroup group = found.get().get();
    if (group.port() != null && group.port() != port.port()) {
      findings.add(
          Finding.warning(
              "port",
              "the target group is made for port %d, tasks listen on %d"
                  .formatted(group.port(), port.port()),
              "make them equal: a target registered by hand gets no requests"));
    }
    if (group.loadBalancerArns().isEmpty()) {
      findings.add(
          Finding.error(
              ListenerChecks.RULE,
              "no listener sends requests to the target group",
              "add a listener rule for /mcp and /mcp/*"));
      return;
    }
    findings.add(Finding.ok("target group", "attached, port " + port.port()));
    findings.addAll(
        new ListenerChecks(aws, target.smokeUrl())
            .look(group.targetGroupArn(), group.loadBalancerArns().getFirst()));
  }

  /// The load balancer, the container and the server must mean the same port.
  private void port(List<Finding> findings, int wanted) {
    List<Integer> mapped =
        definition
            .container(target.container())
            .path("portMappings")
            .valueStream()
            .map(one -> one.path("containerPort").asInt(0))
            .toList();
    if (!mapped.contains(wanted)) {
      findings.add(
          Finding.error(
              "port",
              "the balancer sends requests to port %d, the container opens %s"
                  .formatted(wanted, mapped.isEmpty() ? "none" : mapped),
              "add the port to portMappings, or correct the service"));
    }
    Optional<String> variable =
        definition
            .variable(target.container(), PORT_VARIABLE)
            .filter(value -> !value.isBlank())
            .map(String::strip);
    if (!variable.orElse(String.valueOf(image.port())).equals(String.valueOf(wanted))) {
      findings.add(
          Finding.error(
              "port",
              "the balancer sends requests to port %d, the server listens on %s"
                  .formatted(
                      wanted,
                      variable
                          .map(text -> "%s (%s)".formatted(text, PORT_VARIABLE))
                          .orElse(image.port() + " of its image")),
              "set %s to %d".formatted(PORT_VARIABLE, wanted)));
    }
  }

  private Optional<TargetGroup> group(String arn) {
    return aws.call(
        "look at the target group",
        clients -> {
          try {
            return clients
                .loadBalancing()
                .describeTargetGroups(ask -> ask.targetGroupArns(arn))
                .targetGroups()
                .stream()
                .findFirst();
          } catch (TargetGroupNotFoundException _) {
            return Optional.empty();
          }
        });
  }

  private void grace(List<Finding> findings) {
    int start =
        definition.container(target.container()).path("healthCheck").path("startPeriod").asInt(0);
    if (service.graceSeconds() == 0) {
      findings.add(
          Finding.warning(
              GRACE,
              "it is 0: a slow start is taken for a failure",
              "set healthCheckGracePeriodSeconds to %d".formatted(Math.max(60, start))));
    } else if (service.graceSeconds() < start) {
      findings.add(
          Finding.warning(
              GRACE,
              "it is %d seconds, but a container may take %d to start"
                  .formatted(service.graceSeconds(), start),
              "set healthCheckGracePeriodSeconds to %d".formatted(start)));
    }
  }
}
