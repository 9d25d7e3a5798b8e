package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.ecs.DeploymentState;
import com.quiltdata.mcp.deploy.ecs.EcsService;
import com.quiltdata.mcp.deploy.ecs.ServiceState;
import com.quiltdata.mcp.deploy.ecs.StartedDeployment;
import com.quiltdata.mcp.deploy.ecs.TaskDefinition;
import java.util.Optional;

/// The way back from a deployment of ours, as long as it is the one under way.
///
/// @param ecs the service
/// @param watcher hears of it
record Retreat(EcsService ecs, ReleaseWatcher watcher) {

  /// Asks ECS to bring the old version back. What is complete stays, and so does what somebody else
  /// has deployed since.
  ///
  /// @return the deployment that took the place of ours; empty when none did
  Optional<DeploymentState> from(StartedDeployment ours) {
    watcher.step("Rolling back to " + TaskDefinition.shortName(ours.previous()));
    ServiceState now = ecs.state();
    Optional<DeploymentState> other =
        now.primary().filter(primary -> !primary.id().equals(ours.id()));
    if (other.isPresent()) {
      boolean isOld = other.get().taskDefinition().equals(ours.previous());
      if (isOld) {
        watcher.note("Deployment %s is on its way back already".formatted(ours.id()));
      }
      return isOld ? Optional.empty() : other;
    }
    if (now.primary().filter(DeploymentState::isCompleted).isPresent()) {
      watcher.note("Deployment %s is complete: there is nothing to end".formatted(ours.id()));
    } else if (now.currentDeployment().isEmpty()) {
      ecs.update(ours.previous());
    } else if (!ecs.deployments().rollBack(now.currentDeployment().get())) {
      watcher.note("ECS does not end the deployment: it is over, or on its way back already");
    }
    return Optional.empty();
  }
}
