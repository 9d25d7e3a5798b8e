package com.quiltdata.mcp.deploy.image;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.event.EventHandlers;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.registry.RegistryClient;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Finds out which image a tag names today, and keeps that in the lock file.
///
/// @param insecure whether plain HTTP will do, for a registry on this machine
public record BaseLookup(boolean insecure) {

  /// Asks the registry.
  ///
  /// @param image with a tag, `registry.example.com/base:1` for example
  /// @return the same with its digest
  /// @throws Failure [ExitCode#USAGE] for what is no image, [ExitCode#NETWORK_LOST] when the
  ///   registry does not give it
  public ImageReference ask(String image) {
    try {
      com.google.cloud.tools.jib.api.ImageReference parsed =
          com.google.cloud.tools.jib.api.ImageReference.parse(image);
      RegistryClient client =
          RegistryClient.factory(
                  EventHandlers.NONE,
                  parsed.getRegistry(),
                  parsed.getRepository(),
                  new FailoverHttpClient(insecure, false, _ -> {}))
              .newRegistryClient();
      // Registries that want a token give one to anybody.
      client.doPullBearerAuth();
      String digest = client.pullManifest(parsed.getQualifier()).getDigest().toString();
      return new ImageReference(
          parsed.getRegistry(), parsed.getRepository(), parsed.getTag(), Optional.of(digest));
    } catch (InvalidImageReferenceException e) {
      throw Failure.of(ExitCode.USAGE, "'%s' is no image".formatted(image)).because(e);
    } catch (RegistryException | IOException e) {
      throw Failure.of(
              ExitCode.NETWORK_LOST,
              "The registry does not give %s: %s"
                  .formatted(
                      image,
                      Optional.ofNullable(e.getMessage())
                          .flatMap(text -> text.lines().findFirst())
                          .orElse("no answer")))
          .because(e);
    }
  }

  /// Writes the lock file.
  public static void write(Path lock, ImageReference image) {
    try {
      Files.writeString(
          lock,
          "# The image that releases start from. Written by `deploy-cli base update`.\n%s\n"
              .formatted(image));
    } catch (IOException e) {
      throw Failure.of(ExitCode.USAGE, "%s cannot be written".formatted(lock)).because(e);
    }
  }
}
