package com.quiltdata.mcp.deploy.target;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetGroupNotFoundException;
import software.amazon.awssdk.services.elasticloadbalancingv2.model.TargetHealthDescription;

/// A target group of the load balancer.
///
/// @param aws asks
/// @param arn which
public record TargetGroup(AwsClients aws, String arn) {

  /// What the balancer thinks of each of its targets.
  ///
  /// @throws Failure [ExitCode#PREFLIGHT_FAILED] when there is no such group
  public List<TargetState> targets() {
    return aws.call(
        "look at target group " + name(),
        clients -> {
          try {
            return clients
                .loadBalancing()
                .describeTargetHealth(ask -> ask.targetGroupArn(arn))
                .targetHealthDescriptions()
                .stream()
                .map(TargetGroup::state)
                .toList();
          } catch (TargetGroupNotFoundException e) {
            throw Failure.of(ExitCode.PREFLIGHT_FAILED, "There is no target group " + name())
                .because(e);
          }
        });
  }

  private static TargetState state(TargetHealthDescription one) {
    return new TargetState(
        one.target().id(),
        Optional.ofNullable(one.target().port()).orElse(0),
        one.targetHealth().stateAsString(),
        Optional.ofNullable(one.targetHealth().reasonAsString()),
        Optional.ofNullable(one.targetHealth().description()));
  }

  /// Its name, for people.
  public String name() {
    String[] parts = arn.split("/", -1);
    return parts.length > 1 ? parts[1] : arn;
  }
}
