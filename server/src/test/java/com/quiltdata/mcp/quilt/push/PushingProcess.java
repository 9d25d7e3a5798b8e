package com.quiltdata.mcp.quilt.push;

import static com.quiltdata.mcp.quilt.push.TestRegistry.BUCKET;
import static com.quiltdata.mcp.quilt.push.TestRegistry.DATA;
import static com.quiltdata.mcp.quilt.push.TestRegistry.NAME;

import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.local.LocalObjectStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// A process that pushes one revision after the other until somebody ends it. It prints the number
/// of each when it is there.
final class PushingProcess {
  static final int FILES = 12;
  private static final int FILE_BYTES = 40_000;

  private PushingProcess() {}

  /// Pushes for ever.
  ///
  /// @param args the folder of the buckets, and the number to begin with
  public static void main(String[] args) {
    LocalObjectStore store = new LocalObjectStore(Path.of(args[0]));
    for (int number = Integer.parseInt(args[1]); ; number++) {
      push(store, number);
      System.out.println(number);
    }
  }

  /// Pushes a revision, which is the same wherever and how often it is done.
  static PushOutcome push(LocalObjectStore store, int number) {
    return new Push(store, BUCKET, _ -> true, InstantSource.system())
        .push(
            NAME,
            edit(number),
            PushOptions.DEFAULT.expecting(Expected.ANYTHING),
            PushProgress.NONE);
  }

  private static PackageEdit edit(int number) {
    Map<LogicalKey, Change> changes = new TreeMap<>();
    for (int i = 0; i < FILES; i++) {
      String text = "revision %d, file %d\n".formatted(number, i);
      changes.put(
          LogicalKey.parse("folder %d/file".formatted(i)),
          TestRegistry.text(text.repeat(FILE_BYTES / text.length())));
    }
    changes.put(LogicalKey.parse("stored"), TestRegistry.object(ObjectLocation.of(DATA, "stored")));
    return PackageEdit.create(
        changes, MetadataEdit.KEEP, Optional.of("revision %d".formatted(number)));
  }
}
