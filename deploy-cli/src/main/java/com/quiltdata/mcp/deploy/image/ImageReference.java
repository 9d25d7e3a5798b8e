package com.quiltdata.mcp.deploy.image;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Where an image is: `REGISTRY/REPOSITORY:TAG@sha256:…`.
///
/// @param registry host and perhaps port
/// @param repository its path in the registry
/// @param tag the version, when there is one
/// @param digest what the image is, when it is known
public record ImageReference(
    String registry, String repository, Optional<String> tag, Optional<String> digest) {
  private static final Pattern TAG = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}");
  private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");
  private static final Pattern WHOLE = Pattern.compile("([^/@]+)/([^:@]+)(?::([^@]+))?(?:@(.+))?");

  /// Checks the tag and the digest.
  ///
  /// @throws Failure [ExitCode#USAGE]
  public ImageReference {
    tag.filter(text -> !TAG.matcher(text).matches())
        .ifPresent(text -> {
          throw Failure.of(
              ExitCode.USAGE,
              "'%s' cannot be a version: use 1 to 128 letters, digits, dots, hyphens and underscores, not beginning with a dot or hyphen"
                  .formatted(text));
        });
    digest
        .filter(text -> !DIGEST.matcher(text).matches())
        .ifPresent(text -> {
          throw Failure.of(ExitCode.USAGE, "'%s' is no digest".formatted(text));
        });
  }

  /// Reads one; empty for what is none.
  public static Optional<ImageReference> parse(String text) {
    Matcher matcher = WHOLE.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new ImageReference(
              matcher.group(1),
              matcher.group(2),
              Optional.ofNullable(matcher.group(3)),
              Optional.ofNullable(matcher.group(4))));
    } catch (Failure _) {
      return Optional.empty();
    }
  }

  /// The same with a digest.
  public ImageReference withDigest(String known) {
    return new ImageReference(registry, repository, tag, Optional.of(known));
  }

  /// Registry, repository and tag.
  String name() {
    return new ImageReference(registry, repository, tag, Optional.empty()).toString();
  }

  /// The same with a tag and no digest.
  public ImageReference withTag(String version) {
    return new ImageReference(registry, repository, Optional.of(version), Optional.empty());
  }

  @Override
  public String toString() {
    return registry
        + "/"
        + repository
        + tag.map(":"::concat).orElse("")
        + digest.map("@"::concat).orElse("");
  }
}
