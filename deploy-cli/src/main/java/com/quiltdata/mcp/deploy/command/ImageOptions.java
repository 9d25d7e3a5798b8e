package com.quiltdata.mcp.deploy.command;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.console.Console;
import com.quiltdata.mcp.deploy.image.BaseImage;
import com.quiltdata.mcp.deploy.image.ImageBuilder;
import com.quiltdata.mcp.deploy.image.ImageFacts;
import com.quiltdata.mcp.deploy.image.ImageLabels;
import com.quiltdata.mcp.deploy.image.ImageReference;
import com.quiltdata.mcp.deploy.image.ImageRepository;
import com.quiltdata.mcp.deploy.image.StoredLogins;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import com.quiltdata.mcp.deploy.program.CacheFolder;
import com.quiltdata.mcp.deploy.program.Installation;
import com.quiltdata.mcp.deploy.program.ServerFiles;
import com.quiltdata.mcp.deploy.program.WorkFolder;
import com.quiltdata.mcp.deploy.project.GitVersion;
import com.quiltdata.mcp.deploy.release.ImageStep;
import com.quiltdata.mcp.deploy.release.ReleaseOptions;
import com.quiltdata.mcp.deploy.release.ReleaseTarget;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How the image is built.
final class ImageOptions {
  @Option(
      names = "--server-files",
      paramLabel = "FOLDER",
      defaultValue = "server/target",
      description = "What the build of the server left (default: ${DEFAULT-VALUE}).")
  private Path files = Path.of("server/target");

  @Option(
      names = "--base-tar",
      paramLabel = "FILE",
      description = "The base image as `docker save` writes it, in place of the locked one.")
  private @Nullable Path baseTar;

  @Option(
      names = "--base-lock",
      paramLabel = "FILE",
      defaultValue = "deploy-cli/base-image.lock",
      description = "Names the base image by digest (default: ${DEFAULT-VALUE}).")
  private Path baseLock = Path.of("deploy-cli/base-image.lock");

  @Option(
      names = "--architecture",
      paramLabel = "NAME",
      defaultValue = "amd64",
      description = "amd64 or arm64 (default: ${DEFAULT-VALUE}).")
  private String architecture = "amd64";

  @Option(
      names = "--no-aot",
      description =
          "Leave out the cache of classes: starts take longer, and equal sources give an equal image on any machine.")
  private boolean withoutCache;

  @Option(
      names = "--insecure-registry",
      description = "Push over plain HTTP, to a registry on this machine.")
  private boolean insecure;

  /// Builds and pushes.
  ImageStep step(
      AwsClients aws,
      ReleaseTarget target,
      ReleaseOptions release,
      Surroundings around,
      Console console) {
    return new ImageStep() {
      private @Nullable ImageBuilder made;

      // One for both steps: what is pushed is what was built.
      private ImageBuilder builder() {
        ImageBuilder found = made;
        if (found == null) {
          found = ImageOptions.this.builder(release.version(), release.revision(), around, console);
          made = found;
        }
        return found;
      }

      @Override
      public String build(ImageReference name) {
        try (WorkFolder work = WorkFolder.in(cache(around), "image")) {
          return builder().write(work.path().resolve("image.tar"), name);
        }
      }

      @Override
      public ImageFacts facts() {
        return ImageOptions.this.facts(around);
      }

      @Override
      public String push(ImageReference name) {
        Optional<ImageRepository.Login> login =
            Optional.of(new ImageRepository(aws, target.repository()).login());
        return builder().push(name, login, insecure);
      }
    };
  }

  boolean isInsecure() {
    return insecure;
  }

  /// What builds it.
  ImageBuilder builder(String version, String revision, Surroundings around, Console console) {
    Consumer<String> progress = text -> console.step("  " + text);
    BaseImage base = base(around);
    new CacheFolder(cache(around)).clean(Instant.now());
    return new ImageBuilder(
        Installation.of(files(around), architecture, cache(around), !withoutCache, progress),
        base,
        new ImageLabels(version, revision, new GitVersion(around.folder()).source()),
        architecture,
        new StoredLogins(around.environment()),
        cache(around),
        progress);
  }

  /// What the build of the server left.
  ServerFiles files(Surroundings around) {
    return ServerFiles.in(around.folder().resolve(files));
  }

  /// What is known of the image before it is built.
  ImageFacts facts(Surroundings around) {
    Optional<String> gap = Optional.empty();
    try {
      base(around);
    } catch (Failure e) {
      gap = Optional.of(e.cause());
    }
    return ImageFacts.planned(architecture, gap);
  }

  private BaseImage base(Surroundings around) {
    return baseTar == null
        ? BaseImage.locked(around.folder().resolve(baseLock))
        : new BaseImage.Tar(around.folder().resolve(baseTar));
  }

  private static Path cache(Surroundings around) {
    Path folder =
        around
            .variable("XDG_CACHE_HOME")
            .map(Path::of)
            .orElseGet(() -> Path.of(around.variable("HOME").orElse(".")).resolve(".cache"))
            .resolve("quilt-mcp-deploy");
    try {
      return java.nio.file.Files.createDirectories(folder);
    } catch (java.io.IOException e) {
      throw Failure.of(
              ExitCode.BUILD_FAILED, "The cache folder %s cannot be made".formatted(folder))
          .because(e);
    }
  }
}
