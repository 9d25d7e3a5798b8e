package com.quiltdata.mcp.deploy.image;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// What the image starts from.
public sealed interface BaseImage {

  /// An image of a registry, named by its digest.
  record Registered(ImageReference reference) implements BaseImage {}

  /// A tar file as `docker save` writes it.
  record Tar(Path file) implements BaseImage {}

  /// Nothing.
  record Scratch() implements BaseImage {}

  /// Reads the lock file, whose only line that is no comment names the image.
  ///
  /// @throws Failure [ExitCode#PREFLIGHT_FAILED] when it names none, or not by digest
  static BaseImage locked(Path lock) {
    String line;
    try {
      line =
          Files.isRegularFile(lock)
              ? Files.readString(lock)
                  .lines()
                  .map(String::strip)
                  .filter(one -> !one.isEmpty() && !one.startsWith("#"))
                  .findFirst()
                  .orElse("")
              : "";
    } catch (IOException e) {
      throw Failure.of(ExitCode.PREFLIGHT_FAILED, "Lock file %s cannot be read".formatted(lock))
          .because(e);
    }
    if (line.isEmpty()) {
      throw Failure.of(
              ExitCode.PREFLIGHT_FAILED,
              "No base image is chosen: %s names none. Let `deploy-cli base update` fill it where a registry can be reached, or give --base-tar"
                  .formatted(lock.getFileName()))
          .next("deploy-cli base update");
    }
    Optional<ImageReference> reference = ImageReference.parse(line);
    if (reference.flatMap(ImageReference::digest).isEmpty()) {
      throw Failure.of(
              ExitCode.PREFLIGHT_FAILED,
              "%s must name the base image by its digest, REPOSITORY@sha256:…, but says '%s'"
                  .formatted(lock.getFileName(), line))
          .next("deploy-cli base update");
    }
    return new Registered(reference.get());
  }
}
