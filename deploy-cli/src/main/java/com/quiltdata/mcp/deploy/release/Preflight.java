package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.ecs.EcsService;
import com.quiltdata.mcp.deploy.ecs.ServiceState;
import com.quiltdata.mcp.deploy.ecs.TaskDefinition;
import com.quiltdata.mcp.deploy.image.ImageRepository;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// Looks at everything that a release needs, all at once, and changes nothing.
///
/// @param aws asks
/// @param ecs the service
/// @param target what is released
/// @param account that it must be, if the user said so
/// @param strict whether a warning keeps a release from beginning
public record Preflight(
    AwsClients aws,
    EcsService ecs,
    ReleaseTarget target,
    Optional<String> account,
    boolean strict) {

  /// What was found, and what the release goes on with.
  ///
  /// @param findings of everything that was looked at
  /// @param identity the ARN of who releases
  /// @param service as it is; empty when it cannot be released to
  /// @param definition that runs now
  /// @param repository where images are
  public record Result(
      List<Finding> findings,
      String identity,
      Optional<ServiceState> service,
      Optional<TaskDefinition> definition,
      Optional<ImageRepository.Facts> repository) {

    /// Copies the findings.
    public Result {
      findings = List.copyOf(findings);
    }

    /// Whether a release can begin.
    public boolean isGood() {
      return findings.stream().noneMatch(one -> one.kind() == Finding.Kind.ERROR);
    }
  }

  /// Looks.
  ///
  /// @throws Failure [ExitCode#NO_CREDENTIALS] when nobody is known to AWS: then nothing else can
  ///   be looked at
  public Result look() {
    List<Finding> findings = new ArrayList<>();
    String identity = identity(findings);
    Optional<ServiceState> service = service(findings);
    Optional<TaskDefinition> definition =
        service.flatMap(state ->
            optional(
                findings, "task definition", () -> ecs.taskDefinition(state.taskDefinition())));
    Optional<ImageRepository.Facts> repository =
        required(
            findings,
            "image repository",
            () -> new ImageRepository(aws, target.repository()).facts());
    repository.ifPresent(facts ->
        findings.add(
            facts.immutable()
                ? Finding.ok("image repository", facts.uri() + ", versions keep their images")
                : Finding.warning(
                    "image repository",
                    "versions of %s can be overwritten".formatted(target.repository()),
                    "make its tags immutable")));
    if (service.isPresent() && definition.isPresent()) {
      findings.addAll(new DefinitionChecks(aws, definition.get(), target.container()).look());
      findings.addAll(new TargetChecks(aws, service.get(), target.container()).look());
    }
    return new Result(
        strict ? findings.stream().map(Finding::strict).toList() : findings,
        identity,
        service,
        definition,
        repository);
  }

  private String identity(List<Finding> findings) {
    var caller =
        aws.call("find out who you are", clients -> clients.sts().getCallerIdentity(ask -> {}));
    String where = "account %s, %s".formatted(caller.account(), aws.config().region());
    if (account.filter(wanted -> !wanted.equals(caller.account())).isPresent()) {
      findings.add(
          Finding.error(
              "account",
              "this is account %s, not %s".formatted(caller.account(), account.get()),
              "use credentials of account " + account.get()));
    } else {
      findings.add(Finding.ok("account", where + ", as " + caller.arn()));
    }
    return caller.arn();
  }

  private Optional<ServiceState> service(List<Finding> findings) {
    Optional<ServiceState> found = required(findings, "service", ecs::state);
    if (found.isEmpty()) {
      return found;
    }
    ServiceState service = found.get();
    String name = ecs.id().toString();
    if (!service.status().equals("ACTIVE")) {
      findings.add(
          Finding.error(
              "service",
              "%s is %s".formatted(name, service.status()),
              "let Terraform create it again"));
      return found;
    }
    findings.add(
        Finding.ok(
            "service",
            "%s is ACTIVE, %d of %d tasks run %s"
                .formatted(
                    name,
                    service.running(),
                    service.desired(),
                    TaskDefinition.shortName(service.taskDefinition()))));
    if (!service.controller().equals("ECS")) {
      findings.add(
          Finding.error(
              "deployment controller",
              "%s is deployed by %s".formatted(name, service.controller()),
              "only services that ECS itself deploys can be released"));
    }
    if (service.desired() == 0) {
      findings.add(
          Finding.warning(
              "desired count", "it is 0: nothing will run", "set the desired count to 1 or more"));
    }
    findings.add(
        switch (service.breaker()) {
          case ROLLS_BACK -> Finding.ok("circuit breaker", "on, with rollback");
          case ON ->
              Finding.warning(
                  "circuit breaker",
                  "a release that fails is not rolled back by ECS",
                  "switch rollback on, or release with --auto-rollback");
          case OFF ->
              Finding.warning(
                  "circuit breaker",
                  "it is off: ECS tries a version that fails for ever",
                  "switch it on with rollback, or release with --auto-rollback");
        });
    return found;
  }

  /// Without it there is no release.
  private static <T> Optional<T> required(List<Finding> findings, String what, Supplier<T> look) {
    try {
      return Optional.of(look.get());
    } catch (Failure e) {
      if (e.code() != ExitCode.PREFLIGHT_FAILED) {
        throw e;
      }
      String detail = e.evidence().isEmpty() ? "" : ". " + String.join("; ", e.evidence());
      findings.add(Finding.error(what, e.cause() + detail, e.next().orElse("check the name")));
      return Optional.empty();
    }
  }

  /// Where it may not be read, that is said and nothing else.
  static <T> Optional<T> optional(List<Finding> findings, String what, Supplier<T> look) {
    try {
      return Optional.of(look.get());
    } catch (Failure e) {
      if (e.code() != ExitCode.ACCESS_DENIED) {
        throw e;
      }
      findings.add(Finding.unknown(what, e.cause()));
      return Optional.empty();
    }
  }
}
