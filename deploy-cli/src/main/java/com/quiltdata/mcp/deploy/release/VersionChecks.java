package com.quiltdata.mcp.deploy.release;

import static com.quiltdata.mcp.deploy.release.Preflight.optional;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.image.ConfigLookup;
import com.quiltdata.mcp.deploy.image.ImageConfig;
import com.quiltdata.mcp.deploy.image.ImageFacts;
import com.quiltdata.mcp.deploy.image.ImageRepository;
import com.quiltdata.mcp.deploy.image.ImageRepository.StoredImage;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.util.List;
import java.util.Optional;

/// Whether the version is free, and what has it.
record VersionChecks(AwsClients aws, ReleaseTarget target, ReleaseAim aim) {

  /// Looks.
  ///
  /// @return the image that has the version
  Optional<VersionImage> look(List<Finding> findings) {
    if (aim.version().isEmpty()) {
      return Optional.empty();
    }
    String version = aim.version().get();
    Optional<Optional<StoredImage>> found =
        optional(
            findings, "version", () -> new ImageRepository(aws, target.repository()).find(version));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    if (found.get().isEmpty()) {
      findings.add(Finding.ok("version", version + " is free"));
      return Optional.empty();
    }
    StoredImage stored = found.get().get();
    VersionImage taken = new VersionImage(stored, config(findings, stored.digest()));
    findings.add(finding(version, taken));
    return Optional.of(taken);
  }

  /// Good to know, and not worth more: what cannot be read is no reason.
  private Optional<ImageConfig> config(List<Finding> findings, String digest) {
    try {
      return new ConfigLookup(aws, target.repository()).find(digest);
    } catch (Failure e) {
      if (e.code() == ExitCode.INTERRUPTED || e.code() == ExitCode.NO_CREDENTIALS) {
        throw e;
      }
      findings.add(Finding.unknown("labels", e.cause()));
      return Optional.empty();
    }
  }

  private Finding finding(String version, VersionImage taken) {
    String what =
        "%s is there: %s, pushed %s, %s"
            .formatted(
                version,
                taken.stored().digest(),
                taken.stored().pushedAt(),
                taken
                    .config()
                    .flatMap(ImageConfig::revision)
                    .map("built from source "::concat)
                    .orElse("which does not say from which source"));
    return isTaken(taken)
        ? Finding.ok("version", what + "; it is taken as it is")
        : Finding.warning(
            "version",
            what,
            "a build of another content ends with 13; release another version, or with --reuse-image");
  }

  /// Whether the image that has the version is the one that is released.
  boolean isTaken(VersionImage image) {
    return aim.reuse() || aim.revision().filter(image::isBuiltFrom).isPresent();
  }

  /// What of the image that is released the task definition has to fit.
  ImageFacts facts(Optional<VersionImage> taken) {
    return taken
        .filter(this::isTaken)
        .flatMap(VersionImage::config)
        .map(aim.image()::of)
        .orElse(aim.image());
  }
}
