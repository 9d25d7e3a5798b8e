package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.image.ImageFacts;
import com.quiltdata.mcp.deploy.image.ImageReference;
import java.util.Optional;

/// Brings the image of a release to its repository.
public interface ImageStep {
  /// The port that the server opens.
  int PORT = 8000;

  /// Builds it without sending it anywhere.
  ///
  /// @return its digest
  String build(ImageReference name);

  /// What is known of it before it is built.
  default ImageFacts facts() {
    return new ImageFacts("amd64", PORT, Optional.empty(), Optional.empty());
  }

  /// Pushes it.
  ///
  /// @return its digest
  String push(ImageReference name);
}
