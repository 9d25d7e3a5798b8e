package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.image.ImageConfig;
import com.quiltdata.mcp.deploy.image.ImageRepository.StoredImage;
import java.util.Optional;

/// The image that has the version already.
///
/// @param stored what the repository says of it
/// @param config what it says of itself; empty where that is not known
public record VersionImage(StoredImage stored, Optional<ImageConfig> config) {

  /// Whether it was built from a source that is wholly named by its revision.
  boolean isBuiltFrom(String revision) {
    return !revision.equals("unknown")
        && !revision.endsWith("-dirty")
        && config.flatMap(ImageConfig::revision).filter(revision::equals).isPresent();
  }
}
