package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.ecs.EcsService;
import com.quiltdata.mcp.deploy.ecs.ServiceState;
import com.quiltdata.mcp.deploy.ecs.TaskDefinition;
import com.quiltdata.mcp.deploy.image.ImageFacts;
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
/// @param aim what the release is to bring
public record Preflight(AwsClients aws, EcsService ecs, ReleaseTarget target, ReleaseAim aim) {

  /// What was found, and what the release goes on with.
  ///
  /// @param findings of everything that was looked at
  /// @param identity the ARN of who releases
  /// @param service as it is; empty when it cannot be released to
  /// @param definition that runs now
  /// @param repository where images are
  /// @param taken the image that has the version already
  public record Result(
      List<Finding> findings,
      String identity,
      Optional<ServiceState> service,
      Optional<TaskDefinition> definition,
      Optional<ImageRepository.Facts> repository,
      Optional<VersionImage> taken) {

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
    Optional<ServiceState> service = required(findings, "service", ecs::state);
    service.ifPresent(state -> findings.addAll(new ServiceChecks(aws, ecs, state).look()));
    Optional<TaskDefinition> definition =
        service.flatMap(state ->
            optional(
                findings, "task definition", () -> ecs.taskDefinition(state.taskDefinition())));
    Optional<ImageRepository.Facts> repository = repository(findings);
    VersionChecks versions = new VersionChecks(aws, target, aim);
    Optional<VersionImage> taken = repository.flatMap(_ -> versions.look(findings));
    ImageFacts image = versions.facts(taken);
    image
        .gap()
        .ifPresent(
            gap -> findings.add(Finding.warning("base image", gap, "deploy-cli base update")));
    if (service.isPresent() && definition.isPresent()) {
      findings.addAll(new DefinitionChecks(aws, definition.get(), target.container()).look());
      if (definition.get().hasContainer(target.container())) {
        findings.addAll(new ImageChecks(definition.get(), target.container(), image).look());
        findings.addAll(
            new TargetChecks(aws, service.get(), definition.get(), target, image).look());
      }
    }
    List<Finding> named =
        definition.map(one -> Migration.named(findings, one, target.container())).orElse(findings);
    return new Result(
        aim.strict() ? named.stream().map(Finding::strict).toList() : named,
        identity,
        service,
        definition,
        repository,
        taken);
  }

  private String identity(List<Finding> findings) {
    var caller =
        aws.call("find out who you are", clients -> clients.sts().getCallerIdentity(ask -> {}));
    String where = "account %s, %s".formatted(caller.account(), aws.config().region());
    if (aim.account().filter(wanted -> !wanted.equals(caller.account())).isPresent()) {
      findings.add(
          Finding.error(
              "account",
              "this is account %s, not %s".formatted(caller.account(), aim.account().get()),
              "use credentials of account " + aim.account().get()));
    } else {
      findings.add(Finding.ok("account", where + ", as " + caller.arn()));
    }
    return caller.arn();
  }

  private Optional<ImageRepository.Facts> repository(List<Finding> findings) {
    Optional<ImageRepository.Facts> found =
        required(
            findings,
            "image repository",
            () -> new ImageRepository(aws, target.repository()).facts());
    found.ifPresent(facts ->
        findings.add(
            facts.immutable()
                ? Finding.ok("image repository", facts.uri() + ", versions keep their images")
                : Finding.warning(
                    "image repository",
                    "versions of %s can be overwritten".formatted(target.repository()),
                    "make its tags immutable")));
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
