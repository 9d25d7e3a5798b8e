/// The service, its deployments and tasks, and the wait for a rollout.
///
/// Start at [EcsService] for what is asked of ECS and at [Rollout] for how its verdict is found.
@NullMarked
package com.quiltdata.mcp.deploy.ecs;

import org.jspecify.annotations.NullMarked;
