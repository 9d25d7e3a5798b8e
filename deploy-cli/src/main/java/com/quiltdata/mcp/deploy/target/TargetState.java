package com.quiltdata.mcp.deploy.target;

import java.util.Optional;

/// What the load balancer thinks of one address.
///
/// @param address its IP address
/// @param port its port
/// @param state initial, healthy, unhealthy, unused, draining or unavailable
/// @param reason the code of the balancer, `Target.Timeout` for example
/// @param description its words
public record TargetState(
    String address, int port, String state, Optional<String> reason, Optional<String> description) {

  /// Whether it gets requests.
  public boolean isHealthy() {
    return state.equals("healthy");
  }

  /// Whether it is on its way out, which is no failure.
  public boolean isDraining() {
    return state.startsWith("draining") || state.equals("unhealthy.draining");
  }

  /// What it means, for people.
  public String words() {
    String meaning =
        switch (reason.orElse("")) {
          case "Elb.RegistrationInProgress", "Elb.InitialHealthChecking" -> "not checked yet";
          case "Target.ResponseCodeMismatch" ->
              "the health check gets another status than it wants";
          case "Target.Timeout" ->
              "the health check gets no answer in time: slow, or blocked by a security group";
          case "Target.FailedHealthChecks" -> "nothing listens at that port";
          case "Target.NotRegistered" -> "not registered";
          case "Target.NotInUse" ->
              "the target group is attached to no listener, or the zone is not enabled";
          case "Target.InvalidState", "Target.IpUnusable" -> "the address cannot be used";
          case "Target.DeregistrationInProgress" -> "draining";
          case "Target.HealthCheckDisabled" -> "health checks are off";
          case "Elb.InternalError" -> "an error of the load balancer";
          default -> description.orElse(reason.orElse(""));
        };
    String what = "%s:%d %s".formatted(address, port, state);
    return meaning.isEmpty() ? what : what + " (" + meaning + ")";
  }
}
