package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.ecs.Difference;
import com.quiltdata.mcp.deploy.ecs.EcsService;
import com.quiltdata.mcp.deploy.ecs.ServiceState;
import com.quiltdata.mcp.deploy.ecs.StartedDeployment;
import com.quiltdata.mcp.deploy.ecs.TaskDefinition;
import com.quiltdata.mcp.deploy.image.ImageReference;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import com.quiltdata.mcp.deploy.record.ReleaseRecord;
import com.quiltdata.mcp.deploy.record.ReleaseRecords;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// Brings an older version back: a copy of its task definition is registered and released.
public final class Rollback {
  private static final int HISTORY = 100;

  private final AwsClients aws;
  private final ReleaseTarget target;
  private final EcsService ecs;
  private final Launch launch;
  private final ReleaseWatcher watcher;
  private final String from;
  private final boolean yes;

  /// A rollback.
  ///
  /// @param launch waits and proves
  /// @param from where it is made
  /// @param yes whether nobody is asked
  public Rollback(
      AwsClients aws,
      ReleaseTarget target,
      Launch launch,
      ReleaseWatcher watcher,
      String from,
      boolean yes) {
    this.aws = aws;
    this.target = target;
    this.ecs = launch.ecs();
    this.launch = launch;
    this.watcher = watcher;
    this.from = from;
    this.yes = yes;
  }

  /// Brings it back.
  ///
  /// @param version empty for the one before
  /// @throws Failure [ExitCode#PREFLIGHT_FAILED] when there is no such version
  public ReleaseReport run(Optional<String> version) {
    ReleaseRecords records = new ReleaseRecords(aws, target.parameters());
    ServiceState service = ecs.state();
    TaskDefinition running = ecs.taskDefinition(service.taskDefinition());
    TaskDefinition old = find(records, running, version);
    String image = old.image(target.container());
    String wanted =
        old.variable(target.container(), TaskDefinition.VERSION_VARIABLE).orElse("unknown");
    ObjectNode body = old.registrable();
    watcher.step("Rolling back to %s, version %s".formatted(old.shortName(), wanted));
    watcher.differences(Difference.between(running.registrable(), body));
    if (!yes && !watcher.confirms("Roll %s back to %s?".formatted(target.service(), wanted))) {
      throw Failure.of(ExitCode.INTERRUPTED, "Not confirmed; nothing was changed");
    }
    String who =
        aws.call("find out who you are", clients -> clients.sts().getCallerIdentity(ask -> {}))
            .arn();
    Bookkeeping books = new Bookkeeping(records, launch.pace(), watcher, who, from);
    Checks checks = new Checks();
    return books.locked(
        wanted,
        Duration.ZERO,
        () -> {
          String arn = new Insistence(launch.pace(), watcher).on(() -> ecs.register(body));
          StartedDeployment started = launch.start(service, arn);
          Launch.End end =
              launch.see(
                  started,
                  new Proof.Wanted(
                      arn,
                      ImageReference.parse(image).flatMap(ImageReference::digest),
                      Optional.empty()),
                  checks);
          String revision = TaskDefinition.shortName(arn);
          books.written("rollback", wanted, end, image, revision, running.shortName());
          return new ReleaseReport(
              "rollback",
              end.code(),
              wanted,
              Optional.of(image),
              Optional.of(revision),
              Optional.of(started.id()),
              Optional.of(running.shortName()),
              checks,
              end.cause(),
              end.serving(),
              end.evidence(),
              end.next());
        });
  }

  /// The newest good release of that version, else the newest good one that is not running.
  private TaskDefinition find(
      ReleaseRecords records, TaskDefinition running, Optional<String> version) {
    String now = running.variable(target.container(), TaskDefinition.VERSION_VARIABLE).orElse("");
    List<ReleaseRecord> history = records.history(HISTORY);
    List<ReleaseRecord> good = history.stream().filter(one -> one.outcome().equals("ok")).toList();
    Optional<ReleaseRecord> found =
        good.stream()
            .filter(one ->
                version.isPresent()
                    ? one.version().equals(version.get())
                    : !one.version().equals(now))
            .findFirst();
    if (found.isPresent()) {
      return ecs.taskDefinition(found.get().taskDefinition());
    }
    List<String> evidence =
        new ArrayList<>(
            good.stream()
                .map(one -> "%s: %s".formatted(one.version(), one.taskDefinition()))
                .toList());
    if (version.isEmpty()) {
      Set<String> failed =
          history.stream()
              .filter(one -> !one.outcome().equals("ok"))
              .map(ReleaseRecord::taskDefinition)
              .collect(Collectors.toSet());
      Optional<TaskDefinition> before = before(running, now, failed, evidence);
      if (before.isPresent()) {
        return before.get();
      }
    }
    throw Failure.of(
            ExitCode.PREFLIGHT_FAILED,
            version.isPresent()
                ? "No good release of version %s is recorded".formatted(version.get())
                : "There is no older version to go back to")
        .showing(evidence)
        .next("deploy-cli history");
  }

  /// Where nothing good is recorded: the newest active revision of the family with another version.
  /// Those that run Python are none: their image and the settings of this server do not go
  /// together.
  ///
  /// @param failed family and revision of releases that did not end well
  /// @param evidence gets what was passed over
  private Optional<TaskDefinition> before(
      TaskDefinition running, String now, Set<String> failed, List<String> evidence) {
    for (String arn : ecs.revisions(running.text("family").orElse(""))) {
      if (arn.equals(running.arn()) || failed.contains(TaskDefinition.shortName(arn))) {
        continue;
      }
      TaskDefinition one = ecs.taskDefinition(arn);
      if (Migration.runsPython(one, target.container())) {
        evidence.add(
            "%s runs Python: %s tells the way back to it"
                .formatted(one.shortName(), Migration.PAGE));
      } else if (!one.variable(target.container(), TaskDefinition.VERSION_VARIABLE)
          .orElse("")
          .equals(now)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
