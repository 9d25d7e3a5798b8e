package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.ecs.EcsService;
import com.quiltdata.mcp.deploy.ecs.Pace;
import com.quiltdata.mcp.deploy.ecs.ServiceState;
import com.quiltdata.mcp.deploy.ecs.TaskState;
import com.quiltdata.mcp.deploy.image.ConfigLookup;
import com.quiltdata.mcp.deploy.image.ImageConfig;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import com.quiltdata.mcp.deploy.release.Checks.Check;
import com.quiltdata.mcp.deploy.smoke.SmokeResult;
import com.quiltdata.mcp.deploy.smoke.SmokeTest;
import com.quiltdata.mcp.deploy.target.TargetGroup;
import com.quiltdata.mcp.deploy.target.TargetState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Proves that a version serves: its tasks run the pushed image, the balancer sends them requests,
/// and the public address answers MCP.
///
/// @param aws asks
/// @param ecs the service
/// @param target what is released
/// @param pace waits for targets that are not checked yet
public record Proof(AwsClients aws, EcsService ecs, ReleaseTarget target, Pace pace) {
  private static final Duration TARGETS = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofSeconds(5);

  /// What should serve.
  ///
  /// @param taskDefinition its ARN
  /// @param digest of its image
  /// @param build what the server must say that it is; empty to read it from the labels of the
  ///   image
  public record Wanted(String taskDefinition, Optional<String> digest, Optional<String> build) {}

  /// Looks at tasks, targets and the public address. What fails is in the checks.
  ///
  /// @param patience whether targets may still become healthy
  public void prove(Wanted wanted, Checks checks, boolean patience) {
    ServiceState service = ecs.state();
    List<TaskState> tasks =
        ecs.tasks().stream()
            .filter(TaskState::isRunning)
            .filter(task -> task.taskDefinition().equals(wanted.taskDefinition()))
            .toList();
    if (service.desired() == 0) {
      checks.failed(Check.DIGEST, "nothing runs: the desired count of the service is 0");
      return;
    }
    digest(wanted, service, tasks, checks);
    if (!checks.allPassed()) {
      return;
    }
    targets(service, tasks, checks, patience);
    if (checks.allPassed()) {
      smoke(wanted, checks);
    }
  }

  private void digest(Wanted wanted, ServiceState service, List<TaskState> tasks, Checks checks) {
    if (tasks.size() < service.desired()) {
      checks.failed(
          Check.DIGEST,
          "%d of %d tasks of the version run".formatted(tasks.size(), service.desired()));
      return;
    }
    List<String> wrong = new ArrayList<>();
    int unknown = 0;
    for (TaskState task : tasks) {
      Optional<TaskState.ContainerState> container = task.container(target.container());
      Optional<String> digest = container.flatMap(TaskState.ContainerState::digest);
      if (container
          .flatMap(TaskState.ContainerState::health)
          .filter("UNHEALTHY"::equals)
          .isPresent()) {
        wrong.add("task %s is unhealthy".formatted(task.id()));
      }
      if (digest.isEmpty() || wanted.digest().isEmpty()) {
        unknown++;
      } else if (!digest.equals(wanted.digest())) {
        wrong.add("task %s runs %s".formatted(task.id(), digest.get()));
      }
    }
    if (!wrong.isEmpty()) {
      checks.failed(Check.DIGEST, String.join("; ", wrong));
    } else if (unknown == tasks.size()) {
      checks.skipped(
          Check.DIGEST, "%d tasks run; ECS does not say which image".formatted(tasks.size()));
    } else {
      checks.passed(
          Check.DIGEST,
          "%d of %d tasks run %s"
              .formatted(tasks.size(), service.desired(), wanted.digest().orElseThrow()));
    }
  }

  private void targets(
      ServiceState service, List<TaskState> tasks, Checks checks, boolean patience) {
    if (service.targets().isEmpty()) {
      checks.skipped(Check.TARGETS, "the service has no load balancer");
      return;
    }
    Instant end = pace.instant().plus(patience ? TARGETS : Duration.ZERO);
    while (true) {
      List<String> missing = missing(service, tasks);
      if (missing.isEmpty()) {
        checks.passed(
            Check.TARGETS,
            "%d of %d targets are healthy".formatted(tasks.size(), service.desired()));
        return;
      }
      if (!pace.instant().isBefore(end)) {
        checks.failed(Check.TARGETS, String.join("; ", missing));
        return;
      }
      sleep();
    }
  }

  private List<String> missing(ServiceState service, List<TaskState> tasks) {
    List<String> missing = new ArrayList<>();
    for (ServiceState.TargetPort port : service.targets()) {
      TargetGroup group = new TargetGroup(aws, port.targetGroup());
      List<TargetState> targets = group.targets();
      for (TaskState task : tasks) {
        String address = task.address().orElse("");
        Optional<TargetState> mine =
            targets.stream()
                .filter(one -> one.address().equals(address) && one.port() == port.port())
                .findFirst();
        if (mine.isEmpty()) {
          missing.add(
              "%s:%d is not in target group %s".formatted(address, port.port(), group.name()));
        } else if (!mine.get().isHealthy()) {
          missing.add(mine.get().words());
        }
      }
    }
    return missing;
  }

  private void sleep() {
    try {
      pace.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(ExitCode.INTERRUPTED, "Stopped looking; what was released stays").because(e);
    }
  }

  /// What the server in the image says that it is, by the labels of the image.
  ///
  /// @param notes why that is not known
  private Optional<String> labelled(Wanted wanted, List<String> notes) {
    try {
      Optional<String> build =
          wanted
              .digest()
              .flatMap(new ConfigLookup(aws, target.repository())::find)
              .flatMap(ImageConfig::build);
      if (build.isEmpty()) {
        notes.add("the image has no labels to compare with");
      }
      return build;
    } catch (Failure e) {
      if (e.code() == ExitCode.INTERRUPTED) {
        throw e;
      }
      notes.add("the labels of the image are not known (%s)".formatted(e.cause()));
      return Optional.empty();
    }
  }

  private void smoke(Wanted wanted, Checks checks) {
    if (target.smokeUrl().isEmpty()) {
      checks.skipped(Check.SMOKE, "no public address is known: give --smoke-url");
      return;
    }
    try (SmokeTest test = new SmokeTest(target.smokeUrl().get(), target.smokeToken(), pace)) {
      List<String> proven = new ArrayList<>();
      SmokeResult result = test.run(wanted.build().or(() -> labelled(wanted, proven)));
      proven.addAll(0, result.proven());
      if (result.ok()) {
        checks.passed(Check.SMOKE, String.join(", ", proven));
      } else {
        checks.failed(Check.SMOKE, result.problem().orElse("no answer"));
      }
    }
  }
}
