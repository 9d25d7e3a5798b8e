package com.quiltdata.mcp.deploy.release;

import com.quiltdata.mcp.deploy.image.ImageFacts;
import java.util.Optional;

/// What a release is to bring, as far as preflight has to know.
///
/// @param account that it must be, if the user said so
/// @param version of the release; empty when none is known
/// @param revision of the source; empty when it is not known
/// @param image that would be built
/// @param reuse whether an image that has the version already is taken as it is
/// @param strict whether a warning keeps the release from beginning
public record ReleaseAim(
    Optional<String> account,
    Optional<String> version,
    Optional<String> revision,
    ImageFacts image,
    boolean reuse,
    boolean strict) {

  /// What a release with these options brings.
  static ReleaseAim of(ReleaseOptions options, ImageFacts image) {
    return new ReleaseAim(
        options.account(),
        Optional.of(options.version()),
        Optional.of(options.revision()),
        image,
        options.reuseImage(),
        options.strict());
  }
}
