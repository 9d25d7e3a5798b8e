package com.quiltdata.mcp.quilt.push;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.RevisionReference;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.registry.Pointer;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.quilt.registry.RegistryLayout;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.Precondition;
import com.quiltdata.mcp.storage.PutOptions;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Optional;

/// Writes pointers of one package: exactly the 64 digits of a top hash, no line feed.
///
/// @param store reads and writes
/// @param registry holds the package
/// @param name the package
record Publication(ObjectStore store, Registry registry, PackageName name) {
  private static final int MAX_SECONDS = 10_000;

  /// Names a revision by the time, in whole seconds. A second that is taken is left to whoever has
  /// it, and the next free one is used.
  ///
  /// @param hash the revision
  /// @param now the time
  /// @return the name of the pointer
  String time(TopHash hash, Instant now) {
    long first = now.getEpochSecond();
    for (long second = first; second < first + MAX_SECONDS; second++) {
      String pointer = Long.toString(second);
      // A pointer to the same revision is as good as a new one; it may be one that was written
      // although the answer was lost.
      if (put(pointer, hash, Precondition.ABSENT) || names(pointer, hash)) {
        return pointer;
      }
    }
    throw new Fault(
        FaultCode.CONFLICT,
        "Package '%s' at s3://%s/ has pointers for all of the next %d seconds; look at the clock of this host"
            .formatted(name, registry.bucket(), MAX_SECONDS));
  }

  /// Moves `latest`, if nobody else did since it was read.
  ///
  /// @param hash the revision
  /// @param before what was read; empty when there was none
  /// @throws Fault [FaultCode#CONFLICT] naming the revision that is there now
  void latest(TopHash hash, Optional<Pointer> before) {
    if (!replace(RevisionReference.LATEST, hash, before)) {
      Optional<TopHash> winner = registry.findLatest(name);
      // The same revision may be there twice over: from somebody else, or from a write of ours
      // whose answer was lost.
      if (!winner.equals(Optional.of(hash))) {
        throw new Conflicts(registry.bucket(), name).lost(hash, winner);
      }
    }
  }

  /// Writes a pointer, if it still is what was read.
  ///
  /// @param before what was read; empty when there was none
  /// @return false when it is not
  boolean replace(String pointer, TopHash hash, Optional<Pointer> before) {
    Precondition condition =
        before
            .<Precondition>map(old -> new Precondition.Unchanged(old.etag()))
            .orElse(Precondition.ABSENT);
    return put(pointer, hash, condition);
  }

  private boolean put(String pointer, TopHash hash, Precondition condition) {
    try {
      store.put(
          location(pointer),
          new ByteArrayInputStream(hash.value().getBytes(US_ASCII)),
          PutOptions.NONE.when(condition));
      return true;
    } catch (Fault e) {
      if (e.code() == FaultCode.CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  private boolean names(String pointer, TopHash hash) {
    try {
      return registry.pointer(name, pointer).map(Pointer::hash).equals(Optional.of(hash));
    } catch (Fault e) {
      if (e.code() == FaultCode.CORRUPT_DATA) {
        return false;
      }
      throw e;
    }
  }

  /// Removes a pointer.
  void remove(String pointer) {
    store.delete(location(pointer));
  }

  /// Removes `latest`, if nobody moved it since it was read.
  ///
  /// @param etag of what was read
  /// @return false when somebody did
  boolean removeLatest(String etag) {
    try {
      store.delete(location(RevisionReference.LATEST), new Precondition.Unchanged(etag));
      return true;
    } catch (Fault e) {
      if (e.code() == FaultCode.CONFLICT) {
        return false;
      }
      throw e;
    }
  }

  /// The etag of `latest`, whatever it holds; empty when there is none.
  Optional<String> latestEtag() {
    return store.find(location(RevisionReference.LATEST)).map(ObjectInfo::etag);
  }

  private ObjectLocation location(String pointer) {
    return RegistryLayout.pointer(registry.bucket(), name, pointer);
  }
}
