package com.quiltdata.mcp.deploy.release;

import static com.quiltdata.mcp.deploy.release.Preflight.optional;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.ecs.ServiceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;

/// What the balancer needs to reach the service.
record TargetChecks(AwsClients aws, ServiceState service, String container) {
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
    if (service.graceSeconds() == 0) {
      findings.add(
          Finding.warning(
              "grace period",
              "it is 0: a slow start is taken for a failure",
              "set healthCheckGracePeriodSeconds to 60"));
    }
    return findings;
  }

  private void look(List<Finding> findings, ServiceState.TargetPort port) {
    if (!port.container().equals(container)) {
      findings.add(
          Finding.error(
              "target group",
              "the balancer sends requests to container '%s', not to '%s'"
                  .formatted(port.container(), container),
              "give --container, or correct the service"));
    }
    Optional<Optional<String>> listener =
        optional(
            findings,
            "target group",
            () ->
                aws.call(
                    "look at the target group",
                    clients -> {
                      try {
                        return Optional.of(
                            clients
                                .loadBalancing()
                                .describeTargetGroups(
                                    ask -> ask.targetGroupArns(port.targetGroup()))
                                .targetGroups()
                                .getFirst()
                                .loadBalancerArns()
                                .stream()
                                .findFirst()
                                .orElse(""));
                      } catch (TargetGroupNotFoundException _) {
                        return Optional.<String>empty();
                      }
                    }));
    if (listener.isEmpty()) {
      return;
    }
    if (listener.get().isEmpty()) {
      findings.add(
          Finding.error(
              "target group",
              "there is no target group " + port.targetGroup(),
              "let Terraform create it"));
    } else if (listener.get().get().isEmpty()) {
      findings.add(
          Finding.error(
              "listener rule",
              "no listener sends requests to the target group",
              "add a listener rule for /mcp/*"));
    } else {
      findings.add(Finding.ok("target group", "attached, port " + port.port()));
    }
  }
}
