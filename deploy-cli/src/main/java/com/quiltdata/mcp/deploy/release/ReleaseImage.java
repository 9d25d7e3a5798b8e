package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.ecs.Pace;
import com.quiltdata.mcp.deploy.image.ImageReference;
import com.quiltdata.mcp.deploy.image.ImageRepository;
import com.quiltdata.mcp.deploy.image.ImageRepository.StoredImage;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The image of a release: built, or taken where the version has it already; pushed where it is
/// missing. Images of versions are never replaced.
///
/// @param repository where it goes
/// @param options of the release
/// @param images builds and pushes
/// @param pace waits
/// @param watcher hears of it
record ReleaseImage(
    ImageRepository repository,
    ReleaseOptions options,
    ImageStep images,
    Pace pace,
    ReleaseWatcher watcher) {
  /// ECR may need a moment to list what was pushed.
  private static final Duration TO_ARRIVE = Duration.ofSeconds(20);

  /// What the image of the version is, or will be.
  ///
  /// @param before what preflight found
  /// @return with its digest
  /// @throws Failure [ExitCode#TAG_TAKEN] when the version is another image
  ImageReference resolved(ReleaseTarget target, Preflight.Result before) {
    String uri =
        target
            .registry()
            .map(host -> host + "/" + target.repository())
            .orElseGet(() -> before.repository().orElseThrow().uri());
    ImageReference name =
        ImageReference.parse(uri)
            .orElseThrow(
                () -> Failure.of(ExitCode.USAGE, "'%s' is no image repository".formatted(uri)))
            .withTag(options.version());
    return name.withDigest(digest(name, before.taken()));
  }

  private String digest(ImageReference name, Optional<VersionImage> taken) {
    Optional<StoredImage> there = taken.map(VersionImage::stored);
    if (there.isPresent() && options.reuseImage()) {
      return there.get().digest();
    }
    if (taken.filter(one -> one.isBuiltFrom(options.revision())).isPresent()) {
      watcher.step("Taking the image that was built from the same source");
      return there.orElseThrow().digest();
    }
    watcher.step("Building the image");
    String digest = images.build(name);
    if (there.isPresent() && !there.get().digest().equals(digest)) {
      throw taken(there.get(), digest);
    }
    return digest;
  }

  /// Pushes it unless it is there, and sees that it has arrived.
  ///
  /// @param whole with its digest
  /// @throws Failure [ExitCode#PUSH_FAILED] when it has not, [ExitCode#TAG_TAKEN] when somebody has
  ///   pushed another image under the same version meanwhile
  void deliver(ImageReference whole) {
    String digest = whole.digest().orElseThrow();
    ImageReference name = whole.withTag(options.version());
    if (repository.find(options.version()).isEmpty()) {
      watcher.step("Pushing " + name);
      String pushed = images.push(name);
      if (!pushed.equals(digest)) {
        throw Failure.of(
            ExitCode.PUSH_FAILED,
            "What was pushed, %s, is not what was built, %s".formatted(pushed, digest));
      }
    }
    requireArrived(whole);
  }

  private void requireArrived(ImageReference whole) {
    String digest = whole.digest().orElseThrow();
    Optional<StoredImage> found = repository.find(options.version());
    Instant end = pace.instant().plus(TO_ARRIVE);
    while (found.isEmpty() && pace.instant().isBefore(end)) {
      Bookkeeping.sleep(pace);
      found = repository.find(options.version());
    }
    if (found.isEmpty()) {
      throw Failure.of(
              ExitCode.PUSH_FAILED,
              "Version %s is missing in image repository '%s' after the push"
                  .formatted(options.version(), repository.name()))
          .showing(
              List.of(
                  "pushed: " + whole,
                  "ECR of this account and region does not have it: check --registry, --region and --repository"))
          .next("deploy-cli verify --version " + options.version());
    }
    if (!found.get().digest().equals(digest)) {
      throw taken(found.get(), digest);
    }
  }

  private Failure taken(StoredImage there, String built) {
    return Failure.of(
            ExitCode.TAG_TAKEN,
            "Version %s is taken by another image, pushed %s"
                .formatted(options.version(), there.pushedAt()))
        .showing(List.of("there: " + there.digest(), "built: " + built))
        .next("deploy-cli deploy --version ANOTHER, or with --reuse-image");
  }
}
