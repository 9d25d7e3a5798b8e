package com.quiltdata.mcp.storage.local;

import com.quiltdata.mcp.storage.ObjectLocation;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/// Gives the keys of a bucket one after the other, in the order of their UTF-8 bytes.
///
/// Reads a folder when it comes to it, and none that lies wholly before the start or beside the
/// prefix.
final class KeyWalk {
  private final Optional<String> after;
  private final int window;
  private final Deque<Level> levels = new ArrayDeque<>();
  private Optional<String> skipped;

  /// Starts a walk.
  ///
  /// @param top the bucket
  /// @param prefix with which keys begin
  /// @param start where a page before ended, if there was one
  /// @param window how many children of a folder to hold
  KeyWalk(Folder top, String prefix, Optional<ListToken> start, int window) throws IOException {
    this.after = start.map(ListToken::last);
    this.skipped = start.filter(ListToken::isPrefix).map(ListToken::last);
    this.window = window;
    String path = prefix.substring(0, prefix.lastIndexOf('/') + 1);
    var parts = Folder.parts(path);
    top.descend(parts.subList(0, parts.size() - 1))
        .ifPresent(folder -> enter(folder, path, prefix.substring(path.length())));
  }

  /// The next object, or empty at the end.
  Optional<KeyedFile> next() throws IOException {
    while (!levels.isEmpty()) {
      Interruption.check();
      Level level = levels.getFirst();
      Optional<Child> next = level.children().next();
      if (next.isEmpty()) {
        levels.removeFirst();
        continue;
      }
      Child child = next.get();
      String key = level.path() + child.name();
      if (!ObjectLocation.isKey(key)) {
        // No such key can be asked for.
        continue;
      }
      if (!child.name().endsWith("/")) {
        return Optional.of(new KeyedFile(key, child.file()));
      }
      enter(level.folder().enter(child.found().values()), key, "");
    }
    return Optional.empty();
  }

  /// Leaves out all further keys that begin with a text.
  void skip(String start) {
    skipped = Optional.of(start);
    while (!levels.isEmpty() && levels.getFirst().path().startsWith(start)) {
      levels.removeFirst();
    }
    levels.forEach(level -> below(level.path(), skipped).ifPresent(level.children()::skip));
  }

  private void enter(Folder folder, String path, String prefix) {
    Children children =
        new Children(folder, prefix, below(path, after), below(path, skipped), window);
    levels.addFirst(new Level(folder, path, children));
  }

  /// What is left of a key behind the path of a folder, if the key is in the folder.
  private static Optional<String> below(String path, Optional<String> key) {
    return key.filter(text -> text.startsWith(path)).map(text -> text.substring(path.length()));
  }

  /// An object of the walk.
  ///
  /// @param key its whole key
  /// @param file where it is
  record KeyedFile(String key, Found file) {}

  private record Level(Folder folder, String path, Children children) {}
}
