package com.quiltdata.mcp.quilt.push;

import com.quiltdata.mcp.concurrent.InParallel;
import com.quiltdata.mcp.quilt.LogicalKey;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;

/// Does the same for each key of a package, several at a time.
final class PerKey {
  private PerKey() {}

  /// Applies work to every key and its value.
  ///
  /// @param items what is worked on, begun in this order
  /// @param work is done to each
  /// @param progress hears of each
  /// @return the results by their keys
  static <A, B> SortedMap<LogicalKey, B> map(
      Collection<Map.Entry<LogicalKey, A>> items,
      BiFunction<LogicalKey, A, B> work,
      StepProgress progress) {
    SortedMap<LogicalKey, B> results = new TreeMap<>();
    InParallel.map(
            List.copyOf(items),
            item -> {
              B result = work.apply(item.getKey(), item.getValue());
              progress.one();
              return Map.entry(item.getKey(), result);
            })
        .forEach(result -> results.put(result.getKey(), result.getValue()));
    return results;
  }
}
