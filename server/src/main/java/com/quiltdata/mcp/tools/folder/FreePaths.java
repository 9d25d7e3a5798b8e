package com.quiltdata.mcp.tools.folder;

import com.quiltdata.mcp.quilt.LogicalKey;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Gives each object a path that no other has and that is no folder of another's.
///
/// The outcome depends on the wishes alone. Of several objects with the same first choice all take
/// the longer path; what still clashes gets a number before its extension, in the order of the
/// wishes. Who has a path to itself keeps it.
final class FreePaths {
  /// An object in its place.
  ///
  /// @param object what
  /// @param path where
  /// @param isMoved whether that is not its first choice
  record Placed(SourceObject object, String path, boolean isMoved) {}

  private final Set<String> folders = new HashSet<>();
  private final Set<String> taken = new HashSet<>();

  private FreePaths() {}

  static List<Placed> of(List<Wish> wishes) {
    Map<String, Integer> first = new HashMap<>();
    wishes.forEach(wish -> first.merge(wish.path(), 1, Integer::sum));
    List<String> paths =
        wishes.stream()
            .map(wish ->
                first.getOrDefault(wish.path(), 1) > 1 && LogicalKey.isValid(wish.longer())
                    ? wish.longer()
                    : wish.path())
            .toList();
    return new FreePaths().place(wishes, paths);
  }

  private List<Placed> place(List<Wish> wishes, List<String> paths) {
    Map<String, Integer> counts = new HashMap<>();
    for (String path : paths) {
      counts.merge(path, 1, Integer::sum);
      addFolders(path);
    }
    // First, so that no number takes what belongs to one alone.
    paths.stream()
        .filter(path -> counts.getOrDefault(path, 1) == 1 && !folders.contains(path))
        .forEach(taken::add);
    List<Placed> placed = new ArrayList<>(wishes.size());
    for (int i = 0; i < wishes.size(); i++) {
      String path = paths.get(i);
      String free =
          counts.getOrDefault(path, 1) == 1 && !folders.contains(path) ? path : firstFree(path);
      placed.add(new Placed(wishes.get(i).object(), free, !free.equals(wishes.get(i).path())));
    }
    return placed;
  }

  private void addFolders(String path) {
    for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      folders.add(path.substring(0, slash));
    }
  }

  private String firstFree(String path) {
    String candidate = path;
    for (int number = 2; folders.contains(candidate) || !taken.add(candidate); number++) {
      candidate = numbered(path, number);
    }
    return candidate;
  }

  private static String numbered(String path, int number) {
    int dot = path.lastIndexOf('.');
    int end = dot > path.lastIndexOf('/') + 1 ? dot : path.length();
    return "%s-%d%s".formatted(path.substring(0, end), number, path.substring(end));
  }
}
