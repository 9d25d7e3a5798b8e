package com.quiltdata.mcp.tools;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectLink;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import java.time.Duration;
import java.util.Optional;

/// What of the storage a caller may be told of, beyond what the arguments of the call name: buckets
/// in a list, links to what a manifest names.
///
/// A link to a file is for the person at this machine only. Anybody else could not open it, and it
/// would show them where this host keeps things.
///
/// @param store reaches buckets with the caller's rights
/// @param caller who is told
public record CallerReach(ObjectStore store, Caller caller) {
  /// Whether the caller's token covers a bucket.
  ///
  /// @param bucket any bucket
  /// @return true when it does, or none is needed
  public boolean covers(BucketName bucket) {
    return caller.covers(bucket);
  }

  /// Whether the caller may see where this host keeps things.
  public boolean seesFiles() {
    return switch (caller) {
      case Caller.Local _ -> true;
      case Caller.Bearer _, Caller.Anonymous _ -> false;
    };
  }

  /// A link that the caller can use.
  ///
  /// @param location where; it need not exist
  /// @param life how long the link should work
  /// @return the link, or empty when the caller gets none or the store has none
  public Optional<ObjectLink> link(ObjectLocation location, Duration life) {
    if (!covers(location.bucket())) {
      return Optional.empty();
    }
    try {
      return Optional.of(store.link(location, life)).filter(link -> seesFiles() || !isFile(link));
    } catch (Fault e) {
      if (e.code() == FaultCode.NOT_FOUND) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static boolean isFile(ObjectLink link) {
    return link.text().regionMatches(true, 0, "file:", 0, "file:".length());
  }
}
