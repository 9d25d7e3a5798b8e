package com.quiltdata.mcp.deploy.ecs;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Waits for one deployment, found again by its own id, until it is known what became of it.
///
/// A look that AWS does not answer is no news: the rollout goes on in AWS, and so does the wait.
/// Nothing here changes anything.
public final class Rollout {
  /// Looks at tasks are dearer than looks at the service.
  private static final int LOOKS_A_TASK_LOOK = 3;

  private static final Duration TO_APPEAR = Duration.ofSeconds(10);

  /// Right after an update AWS may still answer with what it knew before.
  private static final Duration TO_BE_LISTED = Duration.ofSeconds(30);

  private final EcsService ecs;
  private final Pace pace;
  private final RandomGenerator random;
  private final RolloutWatcher watcher;

  private final Map<String, TaskState> stopped = new LinkedHashMap<>();
  private final List<ServiceEvent> events = new ArrayList<>();
  private final Set<String> heard = new HashSet<>();

  /// A wait.
  ///
  /// @param random makes the pauses uneven
  public Rollout(EcsService ecs, Pace pace, RandomGenerator random, RolloutWatcher watcher) {
    this.ecs = ecs;
    this.pace = pace;
    this.random = random;
    this.watcher = watcher;
  }

  /// Waits.
  ///
  /// @param ours which deployment
  /// @param patience for how long at most
  /// @return what became of it; [Verdict.Waiting] when time is up, or when the same permanent
  ///   failure came three times and nothing rolls back
  /// @throws Failure [ExitCode#NO_CREDENTIALS], [ExitCode#ACCESS_DENIED], [ExitCode#INTERRUPTED];
  ///   [ExitCode#THROTTLED] or [ExitCode#NETWORK_LOST] when the time was over without an answer
  public RolloutResult await(StartedDeployment ours, Duration patience) {
    return await(ours, patience, true);
  }

  /// Waits for the version before to come back, once that was asked for. That tasks of ours fail is
  /// no news then, and ECS may take a moment to say that it has begun.
  ///
  /// @param ours the deployment that is taken back
  public RolloutResult awaitReturn(StartedDeployment ours, Duration patience) {
    return await(ours, patience, false);
  }

  private RolloutResult await(StartedDeployment ours, Duration patience, boolean mayBeHopeless) {
    Instant begin = pace.instant();
    Instant end = begin.plus(patience);
    Story story = new Story(ecs, ours, pace, begin.plus(TO_APPEAR));
    Patience pauses = new Patience(random);
    Optional<ServiceState> last = Optional.empty();
    Optional<Failure> silent = Optional.empty();
    boolean isListed = false;
    boolean expired = false;
    boolean told = false;
    for (int look = 0; ; look++) {
      Duration elapsed = Duration.between(begin, pace.instant());
      try {
        ServiceState service = ecs.state();
        Optional<ServiceDeploymentState> deployment = story.look(watcher);
        isListed = isListed || deployment.isPresent() || ours.isListedBy(service);
        Verdict verdict =
            isListed || elapsed.compareTo(TO_BE_LISTED) >= 0
                ? deployment
                    .map(one -> Verdict.of(ours, service, one))
                    .orElseGet(() -> Verdict.of(ours, service))
                : new Verdict.Waiting(Optional.of("not listed yet"));
        listen(service, ours);
        if (look % LOOKS_A_TASK_LOOK == 0 || failsMore(last, service, ours) || isOver(verdict)) {
          collectStopped(ours);
        }
        last = Optional.of(service);
        pauses.answered();
        silent = Optional.empty();
        expired = false;
        watcher.seen(
            new RolloutWatcher.Look(
                elapsed, verdict, service, deployment, List.copyOf(stopped.values())));
        Diagnosis diagnosis =
            Diagnosis.of(ours.container(), List.copyOf(stopped.values()), events, deployment);
        if (isOver(verdict)) {
          return result(ours, verdict, service, diagnosis, elapsed, false);
        }
        if (mayBeHopeless && diagnosis.isHopeless() && verdict instanceof Verdict.Waiting) {
          if (service.breaker() != ServiceState.Breaker.ROLLS_BACK) {
            return result(ours, verdict, service, diagnosis, elapsed, true);
          }
          if (!told) {
            told = true;
            watcher.note(
                "The release fails: %s (%d times). The circuit breaker will bring the old version back."
                    .formatted(diagnosis.cause(), diagnosis.stops()));
          }
        }
        if (!pace.instant().isBefore(end)) {
          return result(ours, verdict, service, diagnosis, elapsed, false);
        }
      } catch (Failure e) {
        switch (e.code()) {
          case THROTTLED, NETWORK_LOST -> silent = Optional.of(e);
          case NO_CREDENTIALS -> {
            // A renewed session is found at the next look.
            if (expired) {
              throw e;
            }
            expired = true;
          }
          default -> throw e;
        }
        pauses.unanswered();
        if (pauses.silence() == 1) {
          watcher.note("No news from AWS (%s); asking again".formatted(e.cause()));
        }
        if (!pace.instant().isBefore(end)) {
          throw silent.orElse(e);
        }
      }
      pause(pauses, Duration.between(begin, pace.instant()));
    }
  }

  private RolloutResult result(
      StartedDeployment ours,
      Verdict verdict,
      ServiceState service,
      Diagnosis diagnosis,
      Duration elapsed,
      boolean hopeless) {
    List<TaskState> failed =
        stopped.values().stream().filter(task -> Stop.isFailure(task, ours.container())).toList();
    return new RolloutResult(verdict, service, diagnosis, failed, elapsed, hopeless);
  }

  private static boolean isOver(Verdict verdict) {
    return switch (verdict) {
      case Verdict.Waiting _, Verdict.RollingBack _ -> false;
      case Verdict.RolledOut _,
          Verdict.Paused _,
          Verdict.RolledBack _,
          Verdict.Failed _,
          Verdict.Superseded _ ->
          true;
    };
  }

  private static boolean failsMore(
      Optional<ServiceState> before, ServiceState now, StartedDeployment ours) {
    return now.deployment(ours.id()).map(DeploymentState::failed).orElse(0)
        > before
            .flatMap(service -> service.deployment(ours.id()))
            .map(DeploymentState::failed)
            .orElse(0);
  }

  /// Tasks that have stopped are gone after an hour, so they are kept.
  private void collectStopped(StartedDeployment ours) {
    for (TaskState task : ecs.stoppedTasks(stopped.keySet())) {
      if (task.startedBy().equals(ours.id())) {
        stopped.putIfAbsent(task.arn(), task);
      }
    }
  }

  private void listen(ServiceState service, StartedDeployment ours) {
    for (ServiceEvent event : service.events().reversed()) {
      if (!event.at().isBefore(ours.at()) && heard.add(event.id())) {
        events.add(event);
        watcher.event(event);
      }
    }
  }

  private void pause(Patience pauses, Duration elapsed) {
    try {
      pace.sleep(pauses.pause(elapsed));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(ExitCode.INTERRUPTED, "Stopped watching; the rollout goes on in AWS")
          .because(e)
          .showing(List.of("to bring the old version back: deploy-cli rollback"));
    }
  }
}
