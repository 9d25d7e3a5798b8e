package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.image.ImageReference;

/// Brings the image of a release to its repository.
public interface ImageStep {

  /// Builds it without sending it anywhere.
  ///
  /// @return its digest
  String build(ImageReference name);

  /// Pushes it.
  ///
  /// @return its digest
  String push(ImageReference name);
}
