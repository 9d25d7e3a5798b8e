package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.console.Console;
import com.quiltdata.mcp.deploy.image.ImageBuilder;
import com.quiltdata.mcp.deploy.image.ImageReference;
import com.quiltdata.mcp.deploy.image.ImageRepository.Login;
import com.quiltdata.mcp.deploy.json.Json;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import com.quiltdata.mcp.deploy.program.Installation;
import com.quiltdata.mcp.deploy.program.ServerFiles;
import com.quiltdata.mcp.deploy.project.GitVersion;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `deploy-cli build`: the image alone, without a service.
@Command(
    name = "build",
    description = "Build the image, to a tar file or a registry; needs no service.",
    footerHeading = "%nExamples:%n",
    footer = {
      "  deploy-cli build --version 1.2.0 --tar image.tar",
      "  deploy-cli build --to ACCOUNT.dkr.ecr.REGION.amazonaws.com/quilt-mcp-server",
      "  deploy-cli build --version 1.2.0 --to 127.0.0.1:5000/app --insecure-registry",
      ""
    })
final class BuildCommand implements Callable<Integer> {
  @Mixin final HelpOption help = new HelpOption();
  @Mixin private final VersionOptions version = new VersionOptions();
  @Mixin private final ImageOptions image = new ImageOptions();
  @Mixin private final RegistryOptions registry = new RegistryOptions();
  @Mixin private final OutputOptions output = new OutputOptions();

  @ArgGroup(multiplicity = "1")
  private Target target = new Target();

  private final Surroundings around;

  /// Where the image goes.
  static final class Target {
    @Option(
        names = "--tar",
        paramLabel = "FILE",
        required = true,
        description = "Write it there, as `docker load` reads it.")
    @Nullable Path tar;

    @Option(
        names = "--to",
        paramLabel = "IMAGE",
        required = true,
        description =
            "Push it there: HOST/REPOSITORY. The login is that of AWS for ECR, else one of docker.")
    @Nullable String to;
  }

  BuildCommand(Surroundings around) {
    this.around = around;
  }

  @Override
  public Integer call() {
    Console console = output.console(around);
    GitVersion git = new GitVersion(around.folder());
    String named = version.find(around, git, output);
    ServerFiles files = image.files(around);
    String where = Optional.ofNullable(target.to).orElse("localhost/quilt-mcp-server");
    ImageReference name =
        ImageReference.parse(where)
            .orElseThrow(() -> Failure.of(ExitCode.USAGE, "'%s' is no image".formatted(where)))
            .withTag(named);
    Optional<Login> login = target.tar == null ? registry.login(name, around) : Optional.empty();
    ImageBuilder builder = image.builder(named, git.revision().orElse("unknown"), around, console);
    String digest =
        target.tar == null
            ? builder.push(name, login, image.isInsecure())
            : builder.write(around.folder().resolve(target.tar), name);
    Optional<Path> beside =
        Optional.ofNullable(target.tar)
            .map(around.folder()::resolve)
            .flatMap(files::componentsBeside);
    files
        .components()
        .ifPresent(_ ->
            console.step(
                "Its components are listed in %s%s"
                    .formatted(
                        Installation.COMPONENTS,
                        beside.map(file -> " and in " + file).orElse(""))));
    if (output.isJson()) {
      around
          .out()
          .println(
              Json.pretty(
                  Json.object()
                      .put("command", "build")
                      .put("version", named)
                      .put("image", name.withDigest(digest).toString())
                      .put("components", beside.map(Path::toString).orElse(null))));
    } else {
      around.out().println(name.withDigest(digest));
    }
    around.out().flush();
    return ExitCode.OK.number();
  }
}
