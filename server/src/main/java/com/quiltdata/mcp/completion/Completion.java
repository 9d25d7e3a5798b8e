package com.quiltdata.mcp.completion;

import java.util.List;
import java.util.OptionalInt;

/// Proposed values.
///
/// @param values at most [#MAX_VALUES], the likely ones first
/// @param total how many there are, if that is known
/// @param hasMore whether there are more than these
public record Completion(List<String> values, OptionalInt total, boolean hasMore) {
  /// The most values that the protocol allows.
  public static final int MAX_VALUES = 100;

  /// Copies the values and checks how many there are.
  public Completion {
    values = List.copyOf(values);
    if (values.size() > MAX_VALUES) {
      throw new IllegalArgumentException("more than %d values".formatted(MAX_VALUES));
    }
  }

  /// Nothing to propose.
  public static Completion none() {
    return ofAll(List.of());
  }

  /// The first of all values that there are.
  ///
  /// @param all as many as there are
  /// @return the first of them, and their number
  public static Completion ofAll(List<String> all) {
    boolean hasMore = all.size() > MAX_VALUES;
    return new Completion(
        hasMore ? all.subList(0, MAX_VALUES) : all, OptionalInt.of(all.size()), hasMore);
  }

  /// The first values of a list that was not read to its end.
  ///
  /// @param some values, of which the first are taken
  /// @param isCut whether there are more behind them
  /// @return the first of them
  public static Completion of(List<String> some, boolean isCut) {
    Completion known = ofAll(some);
    return isCut ? new Completion(known.values(), OptionalInt.empty(), true) : known;
  }
}
