package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.ecs.DeploymentState;
import com.quiltdata.mcp.deploy.ecs.EcsService;
import com.quiltdata.mcp.deploy.image.ImageReference;
import com.quiltdata.mcp.deploy.image.ImageRepository;
import com.quiltdata.mcp.deploy.image.ImageRepository.StoredImage;
import com.quiltdata.mcp.deploy.record.ReleaseRecords;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Removes images that nobody needs: not the newest ones, not what is deployed, not the last five
/// good releases.
///
/// @param aws asks
/// @param target whose images
/// @param keep how many of the newest stay
public record Pruning(AwsClients aws, ReleaseTarget target, int keep) {
  private static final int GOOD = 5;
  private static final int HISTORY = 100;
  private static final int A_CALL = 100;

  /// The images that may go, newest first.
  public List<StoredImage> old() {
    Set<String> needed = needed();
    return new ImageRepository(aws, target.repository())
        .all().stream().skip(keep).filter(one -> !needed.contains(one.digest())).toList();
  }

  private Set<String> needed() {
    EcsService ecs = new EcsService(aws, target.service());
    Set<String> images = new HashSet<>();
    for (DeploymentState one : ecs.state().deployments()) {
      images.add(ecs.taskDefinition(one.taskDefinition()).image(target.container()));
    }
    ReleaseRecords records = new ReleaseRecords(aws, target.parameters());
    records.image().ifPresent(images::add);
    records.history(HISTORY).stream()
        .filter(one -> one.outcome().equals("ok"))
        .limit(GOOD)
        .forEach(one -> images.add(one.image()));
    Set<String> digests = new HashSet<>();
    images.forEach(image ->
        ImageReference.parse(image)
            .flatMap(ImageReference::digest)
            .or(() -> byTag(image))
            .ifPresent(digests::add));
    return digests;
  }

  /// An old task definition may name a version alone.
  private Optional<String> byTag(String image) {
    return ImageReference.parse(image)
        .flatMap(ImageReference::tag)
        .flatMap(new ImageRepository(aws, target.repository())::find)
        .map(StoredImage::digest);
  }

  /// Removes images.
  public void remove(List<StoredImage> images) {
    ImageRepository repository = new ImageRepository(aws, target.repository());
    List<String> digests = images.stream().map(StoredImage::digest).toList();
    for (int i = 0; i < digests.size(); i += A_CALL) {
      repository.remove(digests.subList(i, Math.min(digests.size(), i + A_CALL)));
    }
  }
}
