package com.quiltdata.mcp.quilt.manifest;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.LogicalKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/// The entries of a stored manifest in tree order, whatever order they were written in.
/// Thread-safe.
///
/// A manifest in tree order, which is all that the official client writes, is streamed. When an
/// entry out of order turns up, the work is thrown away and done again over a sorted copy in
/// memory; a manifest of that kind may have 32 MiB.
public final class OrderedManifest implements EntrySource {
  static final long MAX_SORTED_BYTES = 32L << 20;

  private enum Order {
    UNKNOWN,
    IN_ORDER,
    OUT_OF_ORDER
  }

  private final ManifestSource source;
  private volatile Order order = Order.UNKNOWN;

  private OrderedManifest(ManifestSource source) {
    this.source = source;
  }

  /// The entries of a manifest, which is not opened yet.
  ///
  /// @param source opens the same bytes each time
  /// @return the entries
  public static OrderedManifest of(ManifestSource source) {
    return new OrderedManifest(source);
  }

  /// Starts at the header. When nothing has walked these entries before, they are read once to see
  /// whether they are in order: [#read] first, where that is possible, saves this.
  ///
  /// @return a cursor; the caller closes it
  /// @throws Fault what reading a manifest throws
  @Override
  public EntryCursor open() {
    if (order == Order.UNKNOWN) {
      read(entries -> {
        entries.forEach(_ -> {});
        return entries.header();
      });
    }
    return order == Order.IN_ORDER ? new Streamed(source.open()) : Sorted.of(source);
  }

  /// Does something with all entries, and once more from the beginning when they turn out not to be
  /// in order.
  ///
  /// @param work goes to the end of the cursor, does not close it, and leaves nothing behind
  /// @return what the work returned
  /// @throws Fault what reading a manifest or the work throws
  public <T> T read(Function<EntryCursor, T> work) {
    if (order != Order.OUT_OF_ORDER) {
      try (Streamed streamed = new Streamed(source.open())) {
        T result = work.apply(streamed);
        if (!streamed.outOfOrder) {
          order = Order.IN_ORDER;
          return result;
        }
        order = Order.OUT_OF_ORDER;
      }
    }
    return work.apply(Sorted.of(source));
  }

  /// Does something with the entries of two manifests side by side.
  static <T> T readBoth(
      ManifestSource one, ManifestSource two, BiFunction<EntryCursor, EntryCursor, T> work) {
    boolean sortOne;
    boolean sortTwo;
    try (Streamed left = new Streamed(one.open());
        Streamed right = new Streamed(two.open())) {
      T result = work.apply(left, right);
      sortOne = left.outOfOrder;
      sortTwo = right.outOfOrder;
      if (!sortOne && !sortTwo) {
        return result;
      }
    }
    if (sortOne && sortTwo) {
      return work.apply(Sorted.of(one), Sorted.of(two));
    }
    try (Streamed other = new Streamed((sortOne ? two : one).open())) {
      return sortOne ? work.apply(Sorted.of(one), other) : work.apply(other, Sorted.of(two));
    }
  }

  /// Reads as it goes and ends at the first entry out of order.
  private static final class Streamed implements EntryCursor {
    private final ManifestReader reader;
    private boolean outOfOrder;

    private Streamed(ManifestReader reader) {
      this.reader = reader;
    }

    @Override
    public ManifestHeader header() {
      return reader.header();
    }

    @Override
    public Optional<ManifestEntry> next() {
      if (outOfOrder) {
        return Optional.empty();
      }
      Optional<ManifestEntry> entry = reader.nextEntry();
      outOfOrder = !reader.isOrdered();
      return outOfOrder ? Optional.empty() : entry;
    }

    @Override
    public void close() {
      reader.close();
    }
  }

  /// All entries of a manifest, sorted.
  private record Sorted(ManifestHeader header, Iterator<ManifestEntry> entries)
      implements EntryCursor {

    static Sorted of(ManifestSource source) {
      List<ManifestEntry> entries = new ArrayList<>();
      try (ManifestReader reader = source.open()) {
        for (var entry = reader.nextEntry(); entry.isPresent(); entry = reader.nextEntry()) {
          entries.add(entry.get());
          if (reader.bytesRead() > MAX_SORTED_BYTES) {
            throw new Fault(
                FaultCode.TOO_LARGE,
                "Manifest %s is not in order and has more than %d bytes"
                    .formatted(reader.name(), MAX_SORTED_BYTES));
          }
        }
        entries.sort(Comparator.comparing(ManifestEntry::logicalKey));
        for (int i = 1; i < entries.size(); i++) {
          requireApart(reader, entries.get(i - 1).logicalKey(), entries.get(i).logicalKey());
        }
        return new Sorted(reader.header(), entries.iterator());
      }
    }

    private static void requireApart(ManifestReader reader, LogicalKey before, LogicalKey key) {
      try {
        ManifestReader.requireApart(before, key);
      } catch (Fault e) {
        throw new Fault(
            FaultCode.CORRUPT_DATA, "Manifest %s: %s".formatted(reader.name(), e.text()), e);
      }
    }

    @Override
    public Optional<ManifestEntry> next() {
      return entries.hasNext() ? Optional.of(entries.next()) : Optional.empty();
    }
  }
}
