package com.quiltdata.mcp.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.quiltdata.mcp.quilt.manifest.EntrySource;
import com.quiltdata.mcp.quilt.manifest.ManifestStream;
import com.quiltdata.mcp.quilt.manifest.MeasuredManifest;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.SplittableRandom;

/// Makes what `bench/packages` works on.
///
/// `manifests FOLDER ENTRIES` writes one revision of a package and two later ones: `first`,
/// `changed` (10 % of the entries) and `near` (0.05 %). `registry FOLDER ENTRIES` writes a registry
/// with one package. `objects FOLDER MIB` writes so many MiB as files of 1 GiB and of 4 MiB.
final class BenchFiles {
  private static final int MIB = 1 << 20;
  private static final int LARGE_MIB = 1_024;
  private static final int SMALL_MIB = 4;

  private BenchFiles() {}

  public static void main(String[] args) throws IOException {
    Path folder = Files.createDirectories(Path.of(args[1]));
    int count = Integer.parseInt(args[2]);
    switch (args[0]) {
      case "manifests" -> {
        write(folder.resolve("first"), () -> new GeneratedEntries(count, 0));
        write(folder.resolve("changed"), () -> new GeneratedEntries(count, 1_000));
        write(folder.resolve("near"), () -> new GeneratedEntries(count, 5));
      }
      case "registry" -> registry(folder, () -> new GeneratedEntries(count, 0));
      case "objects" -> objects(folder, count);
      default -> throw new IllegalArgumentException(args[0]);
    }
  }

  private static void write(Path file, EntrySource entries) throws IOException {
    try (InputStream stream = ManifestStream.of(entries.open())) {
      Files.copy(stream, file, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private static void registry(Path folder, EntrySource entries) throws IOException {
    String hash = MeasuredManifest.of(entries.open()).topHash().value();
    write(Files.createDirectories(folder.resolve(".quilt/packages")).resolve(hash), entries);
    Path pointers = Files.createDirectories(folder.resolve(".quilt/named_packages/bench/screen"));
    Files.write(pointers.resolve("1700000000"), hash.getBytes(US_ASCII));
    Files.write(pointers.resolve("latest"), hash.getBytes(US_ASCII));
  }

  /// Three quarters are in large files.
  private static void objects(Path folder, int mebibytes) throws IOException {
    byte[] block = new byte[MIB];
    new SplittableRandom(1).nextBytes(block);
    int large = mebibytes * 3 / 4 / LARGE_MIB * LARGE_MIB;
    for (int at = 0; at < mebibytes; at += at < large ? LARGE_MIB : SMALL_MIB) {
      int size = Math.min(mebibytes - at, at < large ? LARGE_MIB : SMALL_MIB);
      Path file = folder.resolve("object-%06d".formatted(at));
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), MIB)) {
        for (int i = 0; i < size; i++) {
          block[0]++;
          out.write(block);
        }
      }
    }
  }
}
