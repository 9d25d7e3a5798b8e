package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.ecs.ServiceState;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.util.Optional;

/// What a release that could not go on leaves behind.
final class Aftermath {
  private Aftermath() {}

  /// How it ended, with what serves now and what to do next.
  ///
  /// @param before the service as the release found it; empty when it got not so far
  /// @param deployment its id; empty when none was started
  static Launch.End of(
      Failure failure, Optional<ServiceState> before, Optional<String> deployment) {
    return new Launch.End(
        failure.code(),
        Optional.of(failure.cause()),
        deployment
            .map("not known: deployment %s goes on in AWS"::formatted)
            .or(() -> before.map(ServiceState::serving).map(text -> text + ", as before")),
        failure.evidence(),
        deployment
            .map("deploy-cli wait --deployment "::concat)
            .or(failure::next)
            .or(() -> next(failure.code())));
  }

  private static Optional<String> next(ExitCode code) {
    return switch (code) {
      case NO_CREDENTIALS -> Optional.of("aws sts get-caller-identity");
      case DEFECT, PREFLIGHT_FAILED, ACCESS_DENIED -> Optional.of("deploy-cli verify");
      case TASK_DEFINITION_REJECTED -> Optional.of("deploy-cli plan");
      case SERVICE_NOT_UPDATED, THROTTLED, NETWORK_LOST -> Optional.of("deploy-cli status");
      case BUILD_FAILED, PUSH_FAILED -> Optional.of("deploy-cli deploy");
      case LOCKED -> Optional.of("deploy-cli wait");
      case OK,
          USAGE,
          TAG_TAKEN,
          ROLLOUT_FAILED,
          ROLLED_BACK,
          STILL_RUNNING,
          SUPERSEDED,
          PAUSED,
          UNHEALTHY,
          SMOKE_FAILED,
          DIFFERENCES,
          INTERRUPTED ->
          Optional.empty();
    };
  }
}
