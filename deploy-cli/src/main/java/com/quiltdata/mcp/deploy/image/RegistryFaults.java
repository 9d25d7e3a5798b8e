package com.quiltdata.mcp.deploy.image;

import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryUnauthorizedException;
import com.google.cloud.tools.jib.http.ResponseException;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.util.Optional;

/// What registries answer to who builds and pushes, in our words.
final class RegistryFaults {
  private static final int UNAUTHORIZED = 401;

  private RegistryFaults() {}

  /// A build that failed.
  static Failure build(Throwable cause, Exception thrown) {
    return Failure.of(ExitCode.BUILD_FAILED, "The image cannot be built: " + text(cause))
        .because(thrown);
  }

  /// A push that failed.
  ///
  /// @param target where to
  static Failure push(ImageReference target, Throwable cause, Exception thrown) {
    String text = text(cause);
    if (cause instanceof RegistryUnauthorizedException refused) {
      return unauthorized(target, refused).because(thrown);
    }
    if (text.contains("ImageTagAlreadyExists") || text.contains("tag is immutable")) {
      return Failure.of(
              ExitCode.TAG_TAKEN, "The version is taken by another image: the tag is immutable")
          .because(thrown)
          .next("deploy-cli deploy --version ANOTHER");
    }
    return Failure.of(ExitCode.PUSH_FAILED, "The image cannot be pushed: " + text).because(thrown);
  }

  /// The push, or the base image, which may be in another registry.
  private static Failure unauthorized(
      ImageReference target, RegistryUnauthorizedException refused) {
    String image = refused.getImageReference();
    String host = image.substring(0, Math.max(0, image.indexOf('/')));
    int status =
        refused.getCause() instanceof ResponseException answer
            ? answer.getStatusCode()
            : UNAUTHORIZED;
    if (!image.equals(asked(target))) {
      return Failure.of(
              ExitCode.BUILD_FAILED,
              "Registry %s refuses to give the base image %s, HTTP %d: it wants a login that is known to docker"
                  .formatted(host, image, status))
          .next("docker login " + host);
    }
    String what =
        "Registry %s refuses the push to %s, HTTP %d".formatted(target.registry(), image, status);
    return EcrRegistry.of(target.registry()).isPresent()
        ? Failure.of(
                ExitCode.PUSH_FAILED,
                what
                    + ": these AWS credentials may not push there. They need PushImages of deploy-cli/iam-policy.json, and a repository of another account has to let them in")
            .next("aws sts get-caller-identity")
        : Failure.of(
                ExitCode.PUSH_FAILED,
                what
                    + ": it wants a login that may push. Those of docker and podman are taken, of ~/.docker/config.json for example")
            .next("docker login " + target.registry());
  }

  /// As the library asks for it, to which `docker.io` is `registry-1.docker.io`.
  private static String asked(ImageReference target) {
    try {
      var parsed = com.google.cloud.tools.jib.api.ImageReference.parse(target.toString());
      return parsed.getRegistry() + "/" + parsed.getRepository();
    } catch (InvalidImageReferenceException _) {
      return target.registry() + "/" + target.repository();
    }
  }

  private static String text(Throwable thrown) {
    return Optional.ofNullable(thrown.getMessage())
        .flatMap(text -> text.lines().findFirst())
        .orElse(thrown.getClass().getSimpleName());
  }
}
