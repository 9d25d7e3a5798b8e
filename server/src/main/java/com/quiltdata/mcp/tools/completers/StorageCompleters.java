package com.quiltdata.mcp.tools.completers;

import com.quiltdata.mcp.completion.Completer;
import com.quiltdata.mcp.tools.CallStorage;
import java.util.List;

/// Makes the completers. Thread-safe.
///
/// @param storage where buckets are
public record StorageCompleters(CallStorage storage) {
  /// Buckets and registries that the caller can reach.
  public Completer buckets() {
    return new BucketCompleter(storage);
  }

  /// Packages of a registry.
  ///
  /// @param registry the arguments that may name it; the first that does counts
  /// @return the completer
  public Completer packages(String... registry) {
    return new PackageCompleter(new ChosenBucket(storage, List.of(registry)));
  }

  /// Revisions of a package: tags and top hashes.
  ///
  /// @param registry the argument that names the registry
  /// @param packageName the argument that names the package
  /// @return the completer
  public Completer revisions(String registry, String packageName) {
    return new RevisionCompleter(new ChosenBucket(storage, List.of(registry)), packageName);
  }

  /// Folders of a bucket.
  ///
  /// @param bucket the argument that names it
  /// @return the completer
  public Completer folders(String bucket) {
    return new FolderCompleter(new ChosenBucket(storage, List.of(bucket)));
  }
}
