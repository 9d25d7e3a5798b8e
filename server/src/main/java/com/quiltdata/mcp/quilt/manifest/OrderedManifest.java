package com.quiltdata.mcp.quilt.manifest;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
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
      walk(lines -> {
        while (lines.advance()) {}
        return lines.header();
      });
    }
    return new Decoding(order == Order.IN_ORDER ? new Streamed(source.open()) : Sorted.of(source));
  }

  /// Does something with all entries, and once more from the beginning when they turn out not to be
  /// in order.
  ///
  /// @param work goes to the end of the cursor, does not close it, and leaves nothing behind
  /// @return what the work returned
  /// @throws Fault what reading a manifest or the work throws
  public <T> T read(Function<EntryCursor, T> work) {
    return walk(lines -> work.apply(new Decoding(lines)));
  }

  /// As [#read], for work that need not have all entries decoded.
  <T> T walk(Function<LineCursor, T> work) {
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
      ManifestSource one, ManifestSource two, BiFunction<LineCursor, LineCursor, T> work) {
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

  /// Decodes every entry.
  private record Decoding(LineCursor lines) implements EntryCursor {
    @Override
    public ManifestHeader header() {
      return lines.header();
    }

    @Override
    public Optional<ManifestEntry> next() {
      return lines.advance() ? Optional.of(lines.entry().entry()) : Optional.empty();
    }

    @Override
    public void close() {
      lines.close();
    }
  }

  /// Reads as it goes and ends at the first entry out of order.
  private static final class Streamed implements LineCursor {
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
    public boolean advance() {
      return !outOfOrder && reader.advance() && isInOrder();
    }

    @Override
    public boolean advance(EntryLine likely) {
      return !outOfOrder && reader.advance(likely) && isInOrder();
    }

    private boolean isInOrder() {
      outOfOrder = !reader.isOrdered();
      return !outOfOrder;
    }

    @Override
    public EntryLine entry() {
      return reader.entry();
    }

    @Override
    public void close() {
      reader.close();
    }
  }

  /// All entries of a manifest, sorted.
  private record Sorted(ManifestHeader header, EntryLine entry, Iterator<ManifestEntry> entries)
      implements LineCursor {

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
        requireApart(reader.name(), entries);
        return new Sorted(reader.header(), new EntryLine(), entries.iterator());
      }
    }

    private static void requireApart(String name, List<ManifestEntry> entries) {
      LastKey last = new LastKey();
      EntryLine line = new EntryLine();
      for (ManifestEntry entry : entries) {
        line.set(entry);
        try {
          last.follow(line);
        } catch (Fault e) {
          throw new Fault(FaultCode.CORRUPT_DATA, "Manifest %s: %s".formatted(name, e.text()), e);
        }
      }
    }

    @Override
    public boolean advance() {
      if (!entries.hasNext()) {
        return false;
      }
      entry.set(entries.next());
      return true;
    }
  }
}
