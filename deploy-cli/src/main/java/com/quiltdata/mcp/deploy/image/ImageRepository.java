package com.quiltdata.mcp.deploy.image;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ecr.model.AuthorizationData;
import software.amazon.awssdk.services.ecr.model.ImageDetail;
import software.amazon.awssdk.services.ecr.model.ImageIdentifier;
import software.amazon.awssdk.services.ecr.model.ImageNotFoundException;
import software.amazon.awssdk.services.ecr.model.ImageTagMutability;
import software.amazon.awssdk.services.ecr.model.Repository;
import software.amazon.awssdk.services.ecr.model.RepositoryNotFoundException;

/// The repository in ECR.
///
/// @param aws asks
/// @param name its name
public record ImageRepository(AwsClients aws, String name) {

  /// An image that is there.
  ///
  /// @param digest of its manifest
  /// @param tags its versions
  /// @param pushedAt when it came
  public record StoredImage(String digest, List<String> tags, Instant pushedAt) {

    /// Copies the tags.
    public StoredImage {
      tags = List.copyOf(tags);
    }

    static StoredImage of(ImageDetail one) {
      return new StoredImage(
          one.imageDigest(),
          one.imageTags(),
          Optional.ofNullable(one.imagePushedAt()).orElse(Instant.EPOCH));
    }
  }

  /// User and password for the registry, for twelve hours.
  ///
  /// @param user usually `AWS`
  /// @param password never to be shown
  public record Login(String user, String password) {
    @Override
    public String toString() {
      return user + ":***";
    }
  }

  /// Where it is and whether versions may be overwritten.
  ///
  /// @throws Failure [ExitCode#PREFLIGHT_FAILED] when it does not exist
  public Facts facts() {
    return aws.call(
        "look at image repository " + name,
        clients -> {
          try {
            Repository found =
                clients
                    .ecr()
                    .describeRepositories(ask -> ask.repositoryNames(name))
                    .repositories()
                    .getFirst();
            return new Facts(
                found.repositoryUri(), found.imageTagMutability() != ImageTagMutability.MUTABLE);
          } catch (RepositoryNotFoundException e) {
            throw Failure.of(
                    ExitCode.PREFLIGHT_FAILED,
                    "There is no image repository '%s' in %s"
                        .formatted(name, clients.config().region()))
                .because(e)
                .next("aws ecr create-repository --repository-name " + name);
          }
        });
  }

  /// What is known of the repository.
  ///
  /// @param uri host and name
  /// @param immutable whether a version keeps its image
  public record Facts(String uri, boolean immutable) {}

  /// The image of a version.
  public Optional<StoredImage> find(String tag) {
    return find(ImageIdentifier.builder().imageTag(tag).build());
  }

  private Optional<StoredImage> find(ImageIdentifier id) {
    return aws.call(
        "look at an image of " + name,
        clients -> {
          try {
            return clients
                .ecr()
                .describeImages(ask -> ask.repositoryName(name).imageIds(id))
                .imageDetails()
                .stream()
                .findFirst()
                .map(StoredImage::of);
          } catch (ImageNotFoundException _) {
            return Optional.empty();
          }
        });
  }

  /// All images that have a version, newest first.
  public List<StoredImage> all() {
    return aws.call(
        "list the images of " + name,
        clients ->
            clients
                .ecr()
                .describeImagesPaginator(ask -> ask.repositoryName(name))
                .imageDetails()
                .stream()
                .map(StoredImage::of)
                .filter(one -> !one.tags().isEmpty())
                .sorted(Comparator.comparing(StoredImage::pushedAt).reversed())
                .toList());
  }

  /// Removes images by their digests, at most a hundred.
  public void remove(List<String> digests) {
    aws.call(
        "remove images of " + name,
        clients ->
            clients
                .ecr()
                .batchDeleteImage(ask ->
                    ask.repositoryName(name)
                        .imageIds(
                            digests.stream()
                                .map(one -> ImageIdentifier.builder().imageDigest(one).build())
                                .toList())));
  }

  /// What the registry asks for.
  public Login login() {
    return aws.call(
        "log in to the image registry",
        clients -> {
          AuthorizationData data =
              clients.ecr().getAuthorizationToken(ask -> {}).authorizationData().getFirst();
          String pair =
              new String(
                  Base64.getDecoder().decode(data.authorizationToken()), StandardCharsets.UTF_8);
          int colon = pair.indexOf(':');
          return new Login(pair.substring(0, colon), pair.substring(colon + 1));
        });
  }
}
