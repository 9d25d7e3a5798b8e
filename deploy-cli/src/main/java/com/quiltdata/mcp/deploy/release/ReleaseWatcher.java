package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.ecs.Difference;
import com.quiltdata.mcp.deploy.ecs.RolloutWatcher;
import com.quiltdata.mcp.deploy.ecs.TaskState;
import com.quiltdata.mcp.deploy.target.TargetState;
import java.util.List;

/// Hears how a release goes on, and decides where somebody has to.
public interface ReleaseWatcher extends RolloutWatcher {

  /// A step begins.
  void step(String text);

  /// What preflight has found.
  void findings(List<Finding> findings);

  /// How the new task definition differs from the running one.
  void differences(List<Difference> differences);

  /// What a rollout looks like from near, from time to time.
  ///
  /// @param tasks of the service that should run
  /// @param targets what the balancer thinks of their addresses
  void near(List<TaskState> tasks, List<TargetState> targets);

  /// Whether to go on.
  ///
  /// @param question ends with a question mark
  boolean confirms(String question);
}
