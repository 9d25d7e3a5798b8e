package com.quiltdata.mcp.tools.folder;

import com.quiltdata.mcp.quilt.LogicalKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// Which object becomes which file of the package.
///
/// @param files by logical key, in tree order
/// @param skipped objects that become none
/// @param moved logical keys that are not the first choice, because of a clash
record FolderPlan(
    SortedMap<LogicalKey, SourceObject> files, List<Skipped> skipped, List<LogicalKey> moved) {

  /// Copies everything.
  FolderPlan {
    files = Collections.unmodifiableSortedMap(new TreeMap<>(files));
    skipped = List.copyOf(skipped);
    moved = List.copyOf(moved);
  }

  /// Makes the plan, always the same for the same objects.
  ///
  /// @param objects in the order of their keys
  /// @param source where they come from
  /// @param organise whether files go into the folders of [FolderRules]; else they keep the path
  ///   below the prefix
  static FolderPlan of(List<SourceObject> objects, SourceFolder source, boolean organise) {
    List<Skipped> skipped = new ArrayList<>();
    List<Wish> wishes = new ArrayList<>();
    for (SourceObject object : objects) {
      Optional<SkipReason> reason = SkipReason.of(object.key());
      if (reason.isEmpty()) {
        String below = source.below(object.key());
        String own = organise ? below.substring(below.lastIndexOf('/') + 1) : below;
        reason = SkipReason.ofPath(own);
        if (reason.isEmpty()) {
          wishes.add(organise ? organised(object, below, own) : new Wish(object, below, below));
        }
      }
      reason.ifPresent(why -> skipped.add(new Skipped(object.key(), why)));
    }
    SortedMap<LogicalKey, SourceObject> files = new TreeMap<>();
    List<LogicalKey> moved = new ArrayList<>();
    for (FreePaths.Placed placed : FreePaths.of(wishes)) {
      Optional<SkipReason> reason = SkipReason.ofPath(placed.path());
      if (reason.isPresent()) {
        skipped.add(new Skipped(placed.object().key(), reason.get()));
        continue;
      }
      LogicalKey key = new LogicalKey(placed.path());
      files.put(key, placed.object());
      if (placed.isMoved()) {
        moved.add(key);
      }
    }
    return new FolderPlan(files, skipped, moved);
  }

  private static Wish organised(SourceObject object, String below, String name) {
    String folder = FolderRules.folder(below) + "/";
    return new Wish(object, folder + name, folder + below);
  }

  /// Whether something can be added at the top of the package.
  ///
  /// @param name for example `README.md`
  /// @return false when there is a file or a folder of this name
  boolean isFree(String name) {
    LogicalKey key = new LogicalKey(name);
    // A folder would be next to it in tree order.
    SortedMap<LogicalKey, SourceObject> behind = files.tailMap(key);
    return behind.isEmpty()
        || !(behind.firstKey().equals(key) || key.isFolderOf(behind.firstKey()));
  }

  /// Tells this plan from others: changes when any file, source or size does.
  String digest() {
    try {
      MessageDigest sha = MessageDigest.getInstance("SHA-256");
      files.forEach((key, object) ->
          sha.update(
              "%s\0%s\0%d\n"
                  .formatted(key, object.key(), object.sizeBytes())
                  .getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(sha.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
