package com.quiltdata.mcp.deploy.ecs;

import java.time.Instant;

/// The one deployment that a command waits for.
///
/// @param id as the service lists it, `ecs-svc/123` for example
/// @param taskDefinition the ARN of what it brings
/// @param previous the ARN of what ran before
/// @param container whose image is released
/// @param at when it began; older events and tasks are not its own
public record StartedDeployment(
    String id, String taskDefinition, String previous, String container, Instant at) {

  /// Whether a service lists it. One with its id that brings another definition is another one.
  boolean isListedBy(ServiceState service) {
    return service
        .deployment(id)
        .filter(one -> one.taskDefinition().equals(taskDefinition))
        .isPresent();
  }
}
