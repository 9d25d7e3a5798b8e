package com.quiltdata.mcp.storage.local;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A folder of a bucket as keys see it: all that stands below one `a/b/`.
///
/// It may be more than one directory, when a part exists under its own name and in escaped form.
///
/// @param bucket the bucket's real folder
/// @param directories real folders in it, the preferred one first
/// @param linkedFrom the folders of the links on the way here; no folder that one of them lies in
///   is entered again, so that no walk is endless
record Folder(Path bucket, List<Path> directories, List<Path> linkedFrom) {
  Folder {
    directories = List.copyOf(directories);
    linkedFrom = List.copyOf(linkedFrom);
  }

  /// The top of a bucket.
  ///
  /// @param bucket its real folder
  static Folder top(Path bucket) {
    return new Folder(bucket, List.of(bucket), List.of());
  }

  /// The parts of a key; `a//b/` has four, two of them empty.
  static List<String> parts(String key) {
    return List.of(key.split("/", -1));
  }

  /// The folder below several parts, if it exists.
  Optional<Folder> descend(List<String> parts) throws IOException {
    Folder folder = this;
    for (String part : parts) {
      Optional<Folder> next = folder.folder(part);
      if (next.isEmpty()) {
        return next;
      }
      folder = next.get();
    }
    return Optional.of(folder);
  }

  /// The object of a key below this folder, if it exists.
  Optional<Found> object(String key) throws IOException {
    List<String> parts = parts(key);
    Optional<Folder> folder = descend(parts.subList(0, parts.size() - 1));
    return folder.isEmpty() ? Optional.empty() : folder.get().file(parts.getLast());
  }

  /// The folder of the next part, if it exists.
  Optional<Folder> folder(String part) throws IOException {
    List<Found> found = new ArrayList<>();
    for (Path directory : directories) {
      for (List<String> names : forms(directory, PartNames.FOLDER, part)) {
        Found.at(bucket, directory, names).filter(this::canEnter).ifPresent(found::add);
      }
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(enter(found));
  }

  /// The file of the last part, if it exists.
  Optional<Found> file(String part) throws IOException {
    for (Path directory : directories) {
      for (List<String> names : forms(directory, PartNames.OBJECT, part)) {
        Optional<Found> found = Found.at(bucket, directory, names).filter(Found::isFile);
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  /// Whether something found in here is a folder that does not lead back to here.
  boolean canEnter(Found found) {
    return found.isFolder() && sources(found).noneMatch(source -> source.startsWith(found.real()));
  }

  /// The folder that one or more directories in here make.
  Folder enter(Collection<Found> found) {
    return new Folder(
        bucket,
        found.stream().map(Found::real).toList(),
        found.stream().flatMap(this::sources).distinct().toList());
  }

  private Stream<Path> sources(Found found) {
    return found.isLink()
        ? Stream.concat(linkedFrom.stream(), Stream.ofNullable(found.path().getParent()))
        : linkedFrom.stream();
  }

  private static List<List<String>> forms(Path directory, String mark, String part) {
    List<String> escaped = PartNames.escaped(mark, part);
    return PartNames.plain(directory, part).isPresent()
        ? List.of(List.of(part), escaped)
        : List.of(escaped);
  }
}
