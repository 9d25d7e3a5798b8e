package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.ecs.EcsService;
import com.quiltdata.mcp.deploy.json.Json;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.project.GitVersion;
import com.quiltdata.mcp.deploy.release.Finding;
import com.quiltdata.mcp.deploy.release.Preflight;
import com.quiltdata.mcp.deploy.release.ReleaseAim;
import com.quiltdata.mcp.deploy.release.ReleaseTarget;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// `deploy-cli verify`: preflight alone.
@Command(
    name = "verify",
    description = "Look at everything that a release needs; change nothing.",
    footerHeading = "%nExamples:%n",
    footer = {"  deploy-cli verify --env production", ""})
final class VerifyCommand extends AwsCommand {
  @Option(
      names = "--expect-account",
      paramLabel = "ID",
      description = "Fail unless the AWS account is this one.")
  private @Nullable String account;

  @Mixin private final ImageOptions image = new ImageOptions();
  @Mixin private final VersionOptions version = new VersionOptions();
  @Mixin private final StrictOption strict = new StrictOption();

  VerifyCommand(Surroundings around) {
    super(around);
  }

  @Override
  ExitCode run(AwsClients aws, ReleaseTarget target) {
    GitVersion git = new GitVersion(around().folder());
    ReleaseAim aim =
        new ReleaseAim(
            Optional.ofNullable(account).or(() -> options().account(around())),
            version.known(around(), git),
            git.revision(),
            image.facts(around()),
            false,
            strict.isStrict());
    Preflight.Result result =
        new Preflight(aws, new EcsService(aws, target.service()), target, aim).look();
    ExitCode code = result.isGood() ? ExitCode.OK : ExitCode.PREFLIGHT_FAILED;
    ObjectNode json =
        Json.object()
            .put("command", "verify")
            .put("outcome", code.wire())
            .put("exit_code", code.number());
    ArrayNode findings = json.putArray("findings");
    for (Finding one : result.findings()) {
      findings
          .addObject()
          .put("kind", one.kind().name().toLowerCase(Locale.ROOT))
          .put("what", one.what())
          .put("text", one.text())
          .put("fix", one.fix().isEmpty() ? null : one.fix());
    }
    output().console(around()).findings(result.findings());
    long errors =
        result.findings().stream().filter(one -> one.kind() == Finding.Kind.ERROR).count();
    print(
        List.of(
            errors == 0
                ? "OK: a release to %s can begin".formatted(target)
                : "FAILED (exit 10, preflight_failed): %d findings stand in the way of a release to %s"
                    .formatted(errors, target)),
        () -> json);
    return code;
  }
}
