package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.ecs.Difference;
import com.quiltdata.mcp.deploy.ecs.EcsService;
import com.quiltdata.mcp.deploy.ecs.Pace;
import com.quiltdata.mcp.deploy.ecs.ServiceState;
import com.quiltdata.mcp.deploy.ecs.StartedDeployment;
import com.quiltdata.mcp.deploy.ecs.TaskDefinition;
import com.quiltdata.mcp.deploy.image.ImageReference;
import com.quiltdata.mcp.deploy.image.ImageRepository;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import com.quiltdata.mcp.deploy.record.ReleaseRecords;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import tools.jackson.databind.node.ObjectNode;

/// A release, from its preflight to its proof. Nothing is changed before all is looked at; what is
/// changed is changed in this order: image, task definition, service, records.
public final class Release {
  private final AwsClients aws;
  private final EcsService ecs;
  private final ReleaseTarget target;
  private final ReleaseOptions options;
  private final ImageStep images;
  private final Pace pace;
  private final RandomGenerator random;
  private final ReleaseWatcher watcher;
  private final ReleaseRecords records;
  private final Checks checks = new Checks();

  private Optional<ServiceState> found = Optional.empty();
  private Optional<ReleasePlan> planned = Optional.empty();
  private Optional<String> image = Optional.empty();
  private Optional<String> taskDefinition = Optional.empty();
  private Optional<String> deployment = Optional.empty();
  private Optional<String> previous = Optional.empty();

  /// A release.
  ///
  /// @param images builds and pushes
  /// @param pace waits
  /// @param random makes pauses uneven
  public Release(
      AwsClients aws,
      ReleaseTarget target,
      ReleaseOptions options,
      ImageStep images,
      Pace pace,
      RandomGenerator random,
      ReleaseWatcher watcher) {
    this.aws = aws;
    this.ecs = new EcsService(aws, target.service());
    this.target = target;
    this.options = options;
    this.images = images;
    this.pace = pace;
    this.random = random;
    this.watcher = watcher;
    this.records = new ReleaseRecords(aws, target.parameters());
  }

  /// Releases.
  ///
  /// @return how it ended; never throws a [Failure]
  public ReleaseReport run() {
    try {
      return report(released());
    } catch (Failure e) {
      return report(Aftermath.of(e, found, deployment));
    }
  }

  /// What the release would do; empty when it had to do nothing, or got not so far.
  public Optional<ReleasePlan> plan() {
    return planned;
  }

  private void requirePlanned(TaskDefinition running, ImageReference whole) {
    if (options.plan().filter(plan -> !plan.base().equals(running.arn())).isPresent()) {
      throw Failure.of(
              ExitCode.PREFLIGHT_FAILED,
              "The plan was made for %s, and %s runs now"
                  .formatted(
                      TaskDefinition.shortName(options.plan().get().base()), running.shortName()))
          .next("deploy-cli plan");
    }
    if (options.plan().filter(plan -> !plan.image().equals(whole.toString())).isPresent()) {
      throw Failure.of(
              ExitCode.PREFLIGHT_FAILED,
              "The plan was made for another image: " + options.plan().get().image())
          .showing(List.of("now it is " + whole))
          .next("deploy-cli plan");
    }
  }

  private ReleaseReport report(Launch.End end) {
    return new ReleaseReport(
        "deploy",
        end.code(),
        options.version(),
        image,
        taskDefinition.map(TaskDefinition::shortName),
        deployment,
        previous.map(TaskDefinition::shortName),
        checks,
        end.cause(),
        end.serving(),
        end.evidence(),
        end.next());
  }

  private Launch.End released() {
    watcher.step("Looking at everything that the release needs");
    Preflight.Result before =
        new Preflight(aws, ecs, target, ReleaseAim.of(options, images.facts())).look();
    watcher.findings(before.findings());
    found = before.service();
    if (!before.isGood()) {
      return preflightFailed(before);
    }
    if (before.definition().isEmpty()) {
      throw Failure.of(
          ExitCode.ACCESS_DENIED,
          "A release needs to read the running task definition: allow ecs:DescribeTaskDefinition");
    }
    ServiceState service = quiet(before.service().orElseThrow());
    TaskDefinition running =
        before
            .definition()
            .filter(one -> one.arn().equals(service.taskDefinition()))
            .orElseGet(() -> ecs.taskDefinition(service.taskDefinition()));
    previous = Optional.of(service.settled());

    ReleaseImage pushed =
        new ReleaseImage(
            new ImageRepository(aws, target.repository()), options, images, pace, watcher);
    ImageReference whole = pushed.resolved(target, before);
    String digest = whole.digest().orElseThrow();
    image = Optional.of(whole.toString());
    requirePlanned(running, whole);
    if (runs(running, digest) && !service.isDeploying()) {
      Optional<String> odd = service.odd();
      if (odd.isEmpty()) {
        return alreadyLive(service, running, digest);
      }
      watcher.note("%s; releasing it again".formatted(odd.get()));
    }

    ObjectNode body = running.withImage(target.container(), whole.toString(), options.version());
    List<Difference> differences = Difference.between(running.registrable(), body);
    watcher.differences(differences);
    planned = Optional.of(new ReleasePlan(options.version(), running.arn(), whole.toString()));
    if (options.dryRun()) {
      watcher.note("Dry run: nothing was changed");
      return Launch.End.ok();
    }
    if (!options.yes()
        && !watcher.confirms(
            "Release %s to %s in %s?"
                .formatted(options.version(), target.service(), aws.config().region()))) {
      throw Failure.of(ExitCode.INTERRUPTED, "Not confirmed; nothing was changed");
    }
    Bookkeeping books = new Bookkeeping(records, pace, watcher, before.identity(), options.from());
    return books.locked(
        options.version(), options.lockWait(), () -> launched(books, service, pushed, whole, body));
  }

  private static Launch.End preflightFailed(Preflight.Result before) {
    List<Finding> errors =
        before.findings().stream().filter(one -> one.kind() == Finding.Kind.ERROR).toList();
    Finding first = errors.getFirst();
    return new Launch.End(
        ExitCode.PREFLIGHT_FAILED,
        Optional.of("%s: %s".formatted(first.what(), first.text())),
        before.service().map(ServiceState::serving).map(text -> text + ", as before"),
        errors.stream()
            .map(one -> "%s: %s; %s".formatted(one.what(), one.text(), one.fix()))
            .toList(),
        Optional.of("deploy-cli verify"));
  }

  /// The service once nothing else is deployed.
  private ServiceState quiet(ServiceState found) {
    ServiceState service = found;
    Instant end = pace.instant().plus(options.lockWait());
    while (service.isDeploying() && !options.supersede() && pace.instant().isBefore(end)) {
      watcher.step("Waiting for another deployment of %s to end".formatted(ecs.id()));
      Bookkeeping.sleep(pace);
      service = ecs.state();
    }
    requireQuiet(service);
    return service;
  }

  private void requireQuiet(ServiceState service) {
    if (service.isDeploying() && !options.supersede()) {
      throw Failure.of(
              ExitCode.LOCKED,
              "Another deployment of %s is under way: %s"
                  .formatted(
                      ecs.id(),
                      service
                          .primary()
                          .map(one -> TaskDefinition.shortName(one.taskDefinition()))
                          .orElse("?")))
          .next("deploy-cli wait");
    }
  }

  private boolean runs(TaskDefinition running, String digest) {
    return running.image(target.container()).endsWith("@" + digest)
        && running
            .variable(target.container(), TaskDefinition.VERSION_VARIABLE)
            .filter(options.version()::equals)
            .isPresent();
  }

  private Launch.End alreadyLive(ServiceState service, TaskDefinition running, String digest) {
    watcher.step("%s is live already; proving that it serves".formatted(options.version()));
    taskDefinition = Optional.of(running.arn());
    checks.passed(
        Checks.Check.ROLLOUT,
        "%s runs %s already".formatted(running.shortName(), options.version()));
    new Proof(aws, ecs, target, pace).prove(wanted(running.arn(), digest), checks, false);
    return Launch.judged(checks, service.serving(), "deploy-cli status");
  }

  private Proof.Wanted wanted(String arn, String digest) {
    return new Proof.Wanted(arn, Optional.of(digest), Optional.empty());
  }

  private Launch.End launched(
      Bookkeeping books,
      ServiceState before,
      ReleaseImage pushed,
      ImageReference whole,
      ObjectNode body) {
    pushed.deliver(whole);
    watcher.step("Registering the task definition");
    String arn = new Insistence(pace, watcher).on(() -> ecs.register(body));
    taskDefinition = Optional.of(arn);
    requireSame(before, arn);
    Launch launch =
        new Launch(
            aws, ecs, target, pace, random, watcher, options.patience(), options.autoRollback());
    StartedDeployment started = launch.start(before, arn);
    deployment = Optional.of(started.id());
    Launch.End end = launch.see(started, wanted(arn, whole.digest().orElseThrow()), checks);
    books.written(
        "deploy",
        options.version(),
        end,
        whole.toString(),
        TaskDefinition.shortName(arn),
        TaskDefinition.shortName(before.settled()));
    return end;
  }

  private void requireSame(ServiceState before, String registered) {
    ServiceState now = ecs.state();
    if (!now.taskDefinition().equals(before.taskDefinition())) {
      ReleaseRecords.attempt(() -> ecs.deregister(registered));
      throw Failure.of(
              ExitCode.LOCKED,
              "Somebody else has moved the service to %s meanwhile"
                  .formatted(TaskDefinition.shortName(now.taskDefinition())))
          .next("deploy-cli plan");
    }
  }
}
