package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.RevisionReference;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.registry.Pointer;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectStore;
import java.util.Optional;
import java.util.regex.Pattern;

/// Gives revisions names of their own, beside `latest` and the times of pushes. Thread-safe.
///
/// The official client tolerates such pointers and makes none.
public final class Tagging {
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.-]{0,99}");
  private static final Pattern HASH_OR_TIME = Pattern.compile("[0-9a-fA-F]+");

  private final ObjectStore store;
  private final Registry registry;

  /// Tags in a bucket.
  ///
  /// @param store reads and writes with the rights of the caller
  /// @param bucket the registry
  public Tagging(ObjectStore store, BucketName bucket) {
    this.store = store;
    this.registry = new Registry(store, bucket);
  }

  /// Makes a tag, or moves one.
  ///
  /// @param name the package
  /// @param tag 1 to 100 of `A-Z a-z 0-9 _ . -`, a letter, digit or `_` first; not `latest`, and
  ///   not to be taken for a hash or a time
  /// @param hash a revision whose manifest is in this registry
  /// @return what the tag named before; empty when it is new
  /// @throws Fault [FaultCode#INVALID_ARGUMENT] for another name, [FaultCode#NOT_FOUND] when there
  ///   is no such package or revision, [FaultCode#CONFLICT] when somebody else moves it meanwhile
  public Optional<TopHash> put(PackageName name, String tag, TopHash hash) {
    requireName(tag);
    registry.overview(name);
    registry.header(hash);
    Optional<Pointer> before = registry.pointer(name, tag);
    if (before.filter(pointer -> pointer.hash().equals(hash)).isEmpty()
        && !new Publication(store, registry, name).replace(tag, hash, before)) {
      throw new Fault(
          FaultCode.CONFLICT,
          "Somebody else moved tag %s of package '%s' at s3://%s/ at the same time; look at it and try again"
              .formatted(Quoted.of(tag), name, registry.bucket()));
    }
    return before.map(Pointer::hash);
  }

  /// Removes a tag, also one that others gave with a name that is not taken here.
  ///
  /// @param name the package
  /// @param tag its name; neither `latest` nor a time
  /// @return what it named
  /// @throws Fault [FaultCode#NOT_FOUND] when there is none, [FaultCode#INVALID_ARGUMENT] for a
  ///   pointer that is no tag
  public TopHash remove(PackageName name, String tag) {
    if (tag.equals(RevisionReference.LATEST) || Pointer.isTime(tag)) {
      throw noTag(tag);
    }
    // The same way as a reader comes to it, with the same words when there is none.
    TopHash named = registry.resolve(name, new RevisionReference.Tag(tag));
    new Publication(store, registry, name).remove(tag);
    return named;
  }

  private static void requireName(String tag) {
    if (!NAME.matcher(tag).matches()
        || HASH_OR_TIME.matcher(tag).matches()
        || tag.equals(RevisionReference.LATEST)) {
      throw noTag(tag);
    }
  }

  private static Fault noTag(String tag) {
    return new Fault(
        FaultCode.INVALID_ARGUMENT,
        "Invalid tag %s: use 1 to 100 letters, digits, _ . and -, not latest, and not only digits and letters a to f, which read as a hash or a time"
            .formatted(Quoted.of(tag)));
  }
}
