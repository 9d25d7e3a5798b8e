package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.storage.ObjectLocation;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a new revision of a package is: a base, and what is different.
///
/// @param base the revision it starts from; empty for a package made from nothing
/// @param changes at most 100,000, in tree order; new keys have at most 1,024 bytes
/// @param metadata of the package as a whole
/// @param message of the commit; empty for none, which is not the same as an empty text
public record PackageEdit(
    Optional<BaseRevision> base,
    SortedMap<LogicalKey, Change> changes,
    MetadataEdit metadata,
    Optional<String> message) {
  /// The most changes of one push.
  public static final int MAX_CHANGES = 100_000;

  /// Copies the changes.
  ///
  /// @throws Fault [FaultCode#TOO_LARGE], or [FaultCode#INVALID_LOGICAL_KEY] for a new key that no
  ///   storage can hold
  public PackageEdit {
    if (changes.size() > MAX_CHANGES) {
      throw new Fault(
          FaultCode.TOO_LARGE,
          "%d changes are more than the %d of one push; push them in several steps, each on top of the one before"
              .formatted(changes.size(), MAX_CHANGES));
    }
    changes = Collections.unmodifiableSortedMap(new TreeMap<>(changes));
    changes.forEach((key, change) -> {
      if (!(change instanceof Change.Remove) && !ObjectLocation.isKey(key.value())) {
        throw new Fault(
            FaultCode.INVALID_LOGICAL_KEY,
            "Invalid path %s in a package: a new one has at most 1,024 bytes, and no half of a character"
                .formatted(Quoted.of(key.value())));
      }
    });
  }

  /// A package made from nothing.
  ///
  /// @param changes its files
  /// @param metadata of the package
  /// @param message of the commit; empty for none
  /// @return the edit
  public static PackageEdit create(
      Map<LogicalKey, ? extends Change> changes, MetadataEdit metadata, Optional<String> message) {
    return new PackageEdit(Optional.empty(), new TreeMap<>(changes), metadata, message);
  }

  /// A new revision on top of another one.
  ///
  /// @param base the other one
  /// @param changes files that are different
  /// @param metadata of the package
  /// @param message of the commit; empty for none
  /// @return the edit
  public static PackageEdit update(
      BaseRevision base,
      Map<LogicalKey, ? extends Change> changes,
      MetadataEdit metadata,
      Optional<String> message) {
    return new PackageEdit(Optional.of(base), new TreeMap<>(changes), metadata, message);
  }
}
