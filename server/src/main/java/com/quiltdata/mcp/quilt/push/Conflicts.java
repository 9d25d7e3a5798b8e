package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.storage.BucketName;
import java.util.Optional;

/// What stands in the way of a push when somebody else was there.
///
/// @param bucket the registry
/// @param name the package
record Conflicts(BucketName bucket, PackageName name) {

  /// Whether a push may go on top of what is there.
  static boolean allows(Expected expected, TopHash latest) {
    return switch (expected) {
      case Expected.Anything() -> true;
      case Expected.Nothing() -> false;
      case Expected.Revision(TopHash hash) -> latest.equals(hash);
    };
  }

  /// The package is not what the pusher thinks. Begins as the official client's text.
  Fault unexpected(Expected expected, TopHash latest) {
    return new Fault(
        FaultCode.CONFLICT,
        "Package '%s' already exists at s3://%s/ with hash '%s'; expected %s. Push on top of that revision, or allow any revision to be replaced as the latest"
            .formatted(name, bucket, latest, text(expected)));
  }

  private static String text(Expected expected) {
    return switch (expected) {
      case Expected.Anything() -> "any revision";
      case Expected.Nothing() -> "no revision";
      case Expected.Revision(TopHash hash) -> "'" + hash + "'";
    };
  }

  /// Somebody moved `latest` before anything was published.
  Fault overtaken(Optional<TopHash> winner) {
    return new Fault(
        FaultCode.CONFLICT,
        "Somebody else pushed package '%s' at s3://%s/ at the same time: %s. Nothing of this push was published; look at that revision and push again on top of it"
            .formatted(name, bucket, now(winner)));
  }

  /// Somebody moved `latest` at the last moment.
  Fault lost(TopHash mine, Optional<TopHash> winner) {
    return new Fault(
        FaultCode.CONFLICT,
        "Somebody else pushed package '%s' at s3://%s/ at the same time: %s. The revision of this push, '%s', is stored and listed, but it is not the latest; look at the other one and push again on top of it"
            .formatted(name, bucket, now(winner), mine));
  }

  /// Somebody moved `latest` while it was to be moved and nothing else.
  Fault moved(Optional<TopHash> winner) {
    return new Fault(
        FaultCode.CONFLICT,
        "Somebody else changed package '%s' at s3://%s/ at the same time: %s. Nothing was changed; look at it and try again"
            .formatted(name, bucket, now(winner)));
  }

  private static String now(Optional<TopHash> winner) {
    return winner
        .map("the latest revision is '%s' now"::formatted)
        .orElse("the package was deleted");
  }
}
