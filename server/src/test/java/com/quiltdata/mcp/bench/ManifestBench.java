package com.quiltdata.mcp.bench;

import com.quiltdata.mcp.quilt.manifest.EntryCursor;
import com.quiltdata.mcp.quilt.manifest.ManifestReader;
import com.quiltdata.mcp.quilt.manifest.ManifestSource;
import com.quiltdata.mcp.quilt.manifest.ManifestStream;
import com.quiltdata.mcp.quilt.manifest.MeasuredManifest;
import com.quiltdata.mcp.quilt.manifest.OrderedManifest;
import com.quiltdata.mcp.quilt.manifest.PackageDiff;
import com.quiltdata.mcp.quilt.manifest.TopHasher;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.concurrent.Callable;

/// Reads, hashes, compares and writes manifests, and prints a table.
///
/// Everything starts at files and holds no more than a line of each, so `load` is what a server
/// does that walks a package: every line is read, checked and decoded into an entry, which is
/// looked at and dropped. The official client's figures for top hash, diff and write do not include
/// the load; these do. The ratios are to processor time, which other work on the machine does not
/// lengthen; nothing here uses more than one thread. `write` is what a push does: once over the
/// entries for top hash and size, once more for the file.
///
/// Arguments: the folder of [BenchFiles], rounds, seconds of the yardstick for load and top hash,
/// and the top hash that it found.
final class ManifestBench {
  /// Seconds of the official client for 1,000,000 entries.
  private enum Work {
    LOAD("load", 21.0, 10),
    TOP_HASH("load + top hash", 4.2, 5),
    DIFF("load + diff, 10 % changed", 1.9, 4),
    NEAR("load + diff, 0.05 % changed", 1.9, 4),
    WRITE("load + write", 10.9, 5);

    private final String title;
    private final double official;
    private final int wanted;

    Work(String title, double official, int wanted) {
      this.title = title;
      this.official = official;
      this.wanted = wanted;
    }
  }

  private final Path folder;
  private final int rounds;
  private final double yardstickLoad;
  private final double yardstickHash;

  private ManifestBench(String[] args) {
    this.folder = Path.of(args[0]);
    this.rounds = Integer.parseInt(args[1]);
    this.yardstickLoad = Double.parseDouble(args[2]);
    this.yardstickHash = Double.parseDouble(args[3]);
  }

  public static void main(String[] args) throws Exception {
    new ManifestBench(args).run(args[4]);
  }

  private void run(String expectedHash) throws Exception {
    ManifestSource first = source("first");
    long entries = load(first);
    if (!TopHasher.hash(first).value().equals(expectedHash)) {
      throw new IllegalStateException("the yardstick found another top hash: " + expectedHash);
    }
    System.out.printf(
        Locale.ROOT,
        "%,d entries, %,d bytes; medians of %d rounds, seconds%n",
        entries,
        size(),
        rounds);
    System.out.printf(
        Locale.ROOT,
        "%-28s %7s %7s %7s %9s %7s %9s %9s%n",
        "",
        "first",
        "wall",
        "cpu",
        "official",
        "ratio",
        "yardstick",
        "ratio");
    for (Work work : Work.values()) {
      Measurement measured = Measurement.of(rounds, work(work, first));
      double official = work.official * entries / 1_000_000;
      System.out.printf(
          Locale.ROOT,
          "%-28s %7.2f %7.2f %7.2f %9.1f %6.1fx%s%s%n",
          work.title,
          measured.first(),
          measured.wall(),
          measured.cpu(),
          official,
          official / measured.cpu(),
          official / measured.cpu() < work.wanted ? "!" : " ",
          yardstick(work, measured));
    }
    System.out.printf(
        Locale.ROOT, "Ratios are to processor time; ! misses the one that is wanted.%n");
  }

  private String yardstick(Work work, Measurement measured) {
    double seconds =
        switch (work) {
          case LOAD -> yardstickLoad;
          case TOP_HASH -> yardstickHash;
          case DIFF, NEAR, WRITE -> 0;
        };
    return seconds == 0
        ? ""
        : String.format(Locale.ROOT, "%9.2f %8.1fx", seconds, seconds / measured.cpu());
  }

  private Callable<?> work(Work work, ManifestSource first) {
    return switch (work) {
      case LOAD -> () -> load(first);
      case TOP_HASH -> () -> TopHasher.hash(first);
      case DIFF -> () -> PackageDiff.between(first, source("changed"), 1_000);
      case NEAR -> () -> PackageDiff.between(first, source("near"), 1_000);
      case WRITE -> () -> write(OrderedManifest.of(first));
    };
  }

  private static long load(ManifestSource manifest) {
    return OrderedManifest.of(manifest)
        .read(entries -> {
          long[] count = new long[1];
          entries.forEach(entry -> count[0] += entry.logicalKey().value().isEmpty() ? 0 : 1);
          return count[0];
        });
  }

  private MeasuredManifest write(OrderedManifest entries) throws IOException {
    MeasuredManifest measured = entries.read(MeasuredManifest::of);
    try (EntryCursor cursor = entries.open();
        InputStream stream = ManifestStream.of(cursor)) {
      Files.copy(stream, folder.resolve("written"), StandardCopyOption.REPLACE_EXISTING);
    }
    return measured;
  }

  private ManifestSource source(String name) {
    return () -> {
      try {
        return ManifestReader.open(Files.newInputStream(folder.resolve(name)), name);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    };
  }

  private long size() throws IOException {
    return Files.size(folder.resolve("first"));
  }
}
