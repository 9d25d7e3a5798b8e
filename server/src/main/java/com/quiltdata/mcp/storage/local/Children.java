package com.quiltdata.mcp.storage.local;

import com.quiltdata.mcp.storage.KeyOrder;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The children of one folder in the order of the keys below them: a folder `a` counts as `a/`, so
/// it comes after a file `a!` and before a file `a0`.
///
/// Holds a window of the next children only. Each time it is used up the folder is read again, so
/// that a folder of a million files needs no more memory than one of a thousand.
final class Children {
  private final KeyOrder order = new KeyOrder();
  private final Folder folder;
  private final String prefix;
  private final Optional<String> after;
  private final int capacity;
  private final TreeMap<String, Child> window = new TreeMap<>(order);
  private Optional<String> skipped;
  private Optional<String> last = Optional.empty();
  private boolean mayHaveMore = true;

  /// Reads nothing yet.
  ///
  /// @param folder whose children
  /// @param prefix with which their names begin; without `/`
  /// @param after leave out what cannot hold keys behind this one, which may have several parts
  /// @param skipped leave out what begins with this
  /// @param capacity of the window
  Children(
      Folder folder,
      String prefix,
      Optional<String> after,
      Optional<String> skipped,
      int capacity) {
    this.folder = folder;
    this.prefix = prefix;
    this.after = after;
    this.skipped = skipped;
    this.capacity = capacity;
  }

  /// The next child, or empty at the end.
  Optional<Child> next() throws IOException {
    if (window.isEmpty() && mayHaveMore) {
      fill();
    }
    Optional<Child> child = Optional.ofNullable(window.pollFirstEntry()).map(Map.Entry::getValue);
    child.ifPresent(next -> last = Optional.of(next.name()));
    return child;
  }

  /// Leaves out what begins with a text from here on.
  void skip(String start) {
    skipped = Optional.of(start);
    window.keySet().removeIf(name -> name.startsWith(start));
  }

  private void fill() throws IOException {
    mayHaveMore = false;
    int rank = 0;
    for (Path directory : folder.directories()) {
      read(directory, List.of(), rank);
      rank += 2;
    }
  }

  private void read(Path directory, List<String> pieces, int rank) throws IOException {
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path path : entries) {
        Interruption.check();
        readEntry(directory, path, pieces, rank);
      }
    } catch (NoSuchFileException | NotDirectoryException gone) {
      // Removed since it was found: it has no children.
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
  }

  private void readEntry(Path directory, Path path, List<String> pieces, int rank)
      throws IOException {
    String name = String.valueOf(path.getFileName());
    List<String> names = new ArrayList<>(pieces);
    names.add(name);
    if (PartNames.isPiece(name)) {
      if (pieces.size() < PartNames.MAX_PIECES
          && Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
        read(path, names, rank);
      }
    } else if (PartNames.nested(directory, List.of(name)).filter(path::equals).isPresent()) {
      // Else its bytes are no text on this host, so no key can name it.
      int place = PartNames.isMarked(name) ? rank + 1 : rank;
      Optional<String> file = PartNames.decode(names, false).filter(this::mayMatter);
      Optional<String> directoryPart = PartNames.decode(names, true).filter(this::mayMatter);
      if (file.isPresent() || directoryPart.isPresent()) {
        Optional<Found> found = Found.at(folder.bucket(), path);
        if (found.filter(Found::isFile).isPresent()) {
          file.ifPresent(part -> add(part, found.get(), place));
        } else if (found.filter(folder::canEnter).isPresent()) {
          directoryPart.ifPresent(part -> add(part + "/", found.get(), place));
        }
      }
    }
  }

  /// Rules out most names of a big folder before their files are looked at.
  private boolean mayMatter(String part) {
    if (!part.startsWith(prefix) || !(isAhead(part) || isAhead(part + "/"))) {
      return false;
    }
    if (window.size() >= capacity && order.compare(part, window.lastKey()) > 0) {
      mayHaveMore = true;
      return false;
    }
    return true;
  }

  private boolean isAhead(String name) {
    return last.filter(done -> order.compare(name, done) <= 0).isEmpty()
        && after
            .filter(key -> order.compare(name, key) <= 0)
            .filter(key -> !(name.endsWith("/") && key.startsWith(name)))
            .isEmpty()
        && skipped.filter(name::startsWith).isEmpty();
  }

  private void add(String name, Found found, int rank) {
    if (!isAhead(name)) {
      return;
    }
    window.computeIfAbsent(name, Child::named).found().put(rank, found);
    if (window.size() > capacity) {
      window.pollLastEntry();
      mayHaveMore = true;
    }
  }
}
