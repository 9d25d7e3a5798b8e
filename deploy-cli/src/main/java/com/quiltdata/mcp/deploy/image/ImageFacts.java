package com.quiltdata.mcp.deploy.image;

import com.quiltdata.mcp.deploy.program.Installation;
import java.util.List;
import java.util.Optional;

/// What of an image a task definition has to fit.
///
/// @param architecture `amd64` or `arm64`
/// @param port that it opens
/// @param health the health command that it holds; empty when it does not say
/// @param gap why it cannot be built yet
public record ImageFacts(
    String architecture, int port, Optional<List<String>> health, Optional<String> gap) {
  /// The health command of each image of this server, as a task definition has it.
  public static final List<String> HEALTH = Installation.HEALTH;

  /// An image that would be built.
  public static ImageFacts planned(String architecture, Optional<String> gap) {
    return new ImageFacts(architecture, ImageBuilder.PORT, Optional.of(HEALTH), gap);
  }

  /// The same, where an image that is there says it.
  public ImageFacts of(ImageConfig there) {
    return new ImageFacts(
        there.architecture().isEmpty() ? architecture : there.architecture(),
        there.ports().contains(port) || there.ports().isEmpty()
            ? port
            : there.ports().iterator().next(),
        there.health(),
        Optional.empty());
  }
}
