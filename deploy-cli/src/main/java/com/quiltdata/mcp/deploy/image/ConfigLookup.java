package com.quiltdata.mcp.deploy.image;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.aws.AwsFaults;
import com.quiltdata.mcp.deploy.json.Json;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.services.ecr.model.EcrException;
import software.amazon.awssdk.services.ecr.model.Image;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import tools.jackson.databind.JsonNode;

/// Reads the configuration of an image of ECR without pulling the image: two calls and one download
/// of a few kilobytes.
///
/// @param aws asks
/// @param repository the name of the image repository
public record ConfigLookup(AwsClients aws, String repository) {
  private static final String[] MANIFESTS = {
    "application/vnd.oci.image.manifest.v1+json",
    "application/vnd.docker.distribution.manifest.v2+json",
    "application/vnd.oci.image.index.v1+json",
    "application/vnd.docker.distribution.manifest.list.v2+json"
  };
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int MOST_BYTES = 1 << 20;
  private static final int OK = 200;

  /// Reads it.
  ///
  /// @param digest of the image
  /// @return empty when there is no such image, or it has no configuration
  /// @throws Failure where AWS does not let it be read
  public Optional<ImageConfig> find(String digest) {
    return manifest(digest)
        .flatMap(manifest ->
            // A list of images for several processors: any of them has the labels.
            manifest.has("manifests")
                ? manifest(manifest.path("manifests").path(0).path("digest").asString(""))
                : Optional.of(manifest))
        .map(manifest -> manifest.path("config").path("digest").asString(""))
        .filter(config -> !config.isEmpty())
        .flatMap(this::address)
        .flatMap(ConfigLookup::download);
  }

  private Optional<JsonNode> manifest(String digest) {
    ImageIdentifier id = ImageIdentifier.builder().imageDigest(digest).build();
    return ask(
            "read an image of " + repository,
            clients ->
                clients
                    .ecr()
                    .batchGetImage(ask ->
                        ask.repositoryName(repository).imageIds(id).acceptedMediaTypes(MANIFESTS))
                    .images()
                    .stream()
                    .findFirst()
                    .map(Image::imageManifest))
        .flatMap(ConfigLookup::read);
  }

  private static Optional<JsonNode> read(String json) {
    try {
      return Optional.of(Json.readObject(json));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Holds a signature and is never shown.
  private Optional<URI> address(String digest) {
    return ask(
        "read the labels of an image of " + repository,
        clients ->
            Optional.of(
                URI.create(
                    clients
                        .ecr()
                        .getDownloadUrlForLayer(
                            ask -> ask.repositoryName(repository).layerDigest(digest))
                        .downloadUrl())));
  }

  /// What ECR does not have is empty.
  private <T> Optional<T> ask(String action, Function<AwsClients, Optional<T>> call) {
    return aws.call(
        action,
        clients -> {
          try {
            return call.apply(clients);
          } catch (EcrException e) {
            if (AwsFaults.isPassing(e) || AwsFaults.isDenied(e) || AwsFaults.isExpired(e)) {
              throw e;
            }
            return Optional.empty();
          }
        });
  }

  private static Optional<ImageConfig> download(URI address) {
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
      HttpResponse<InputStream> answer =
          http.send(
              HttpRequest.newBuilder(address).timeout(PATIENCE).build(),
              BodyHandlers.ofInputStream());
      try (InputStream body = answer.body()) {
        if (answer.statusCode() == OK) {
          return ImageConfig.parse(body.readNBytes(MOST_BYTES));
        }
        throw Failure.of(
            ExitCode.NETWORK_LOST,
            "The labels of the image cannot be read: HTTP " + answer.statusCode());
      }
    } catch (IOException | IllegalArgumentException e) {
      throw Failure.of(
              ExitCode.NETWORK_LOST,
              "The labels of the image cannot be read: " + e.getClass().getSimpleName())
          .because(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(ExitCode.INTERRUPTED, "Interrupted while an image was read").because(e);
    }
  }
}
