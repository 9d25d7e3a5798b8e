package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.ecs.DeploymentState;
import com.quiltdata.mcp.deploy.ecs.EcsService;
import com.quiltdata.mcp.deploy.ecs.RolloutWatcher;
import com.quiltdata.mcp.deploy.ecs.ServiceEvent;
import com.quiltdata.mcp.deploy.ecs.ServiceState;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import com.quiltdata.mcp.deploy.target.TargetGroup;
import com.quiltdata.mcp.deploy.target.TargetState;
import java.util.ArrayList;
import java.util.List;

/// Looks at tasks and targets too, at every fourth look of a rollout and when tasks have come or
/// gone, for people to see: nothing is judged by it, and what AWS does not tell is left out. Not
/// thread-safe.
final class NearLooks implements RolloutWatcher {
  private static final int EVERY = 4;

  private final AwsClients aws;
  private final EcsService ecs;
  private final ReleaseWatcher watcher;
  private List<Integer> seen = List.of();
  private int looks;
  private boolean denied;

  NearLooks(AwsClients aws, EcsService ecs, ReleaseWatcher watcher) {
    this.aws = aws;
    this.ecs = ecs;
    this.watcher = watcher;
  }

  @Override
  public void seen(Look look) {
    List<Integer> running =
        look.service().deployments().stream().map(DeploymentState::running).toList();
    boolean isDue = looks++ % EVERY == 0 || !running.equals(seen);
    seen = running;
    if (isDue && !denied) {
      try {
        watcher.near(ecs.tasks(), targets(look.service()));
      } catch (Failure e) {
        if (e.code() == ExitCode.INTERRUPTED) {
          throw e;
        }
        denied = e.code() == ExitCode.ACCESS_DENIED;
      }
    }
    watcher.seen(look);
  }

  private List<TargetState> targets(ServiceState service) {
    List<TargetState> targets = new ArrayList<>();
    for (ServiceState.TargetPort port : service.targets()) {
      targets.addAll(new TargetGroup(aws, port.targetGroup()).targets());
    }
    return List.copyOf(targets);
  }

  @Override
  public void event(ServiceEvent event) {
    watcher.event(event);
  }

  @Override
  public void note(String text) {
    watcher.note(text);
  }
}
