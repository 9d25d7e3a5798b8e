package com.quiltdata.mcp.storage.local;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How the parts of keys, which `/` separates, are named on disk.
///
/// A part that every file system takes as a name stands there as it is. Any other one, and one
/// whose name is taken (an object `a` beside an object `a/b`), stands in its *escaped form*: a mark
/// and the part's UTF-8 bytes, all but ASCII letters, digits, `_`, `-` and inner dots as `%XX`.
///
/// | mark | stands before |
/// | --- | --- |
/// | `%!` | the last part of a key, a file: `a:b` is `%!a%3Ab` |
/// | `%+` | another part, a folder: `../x` is `%+.%2E/x`, `a//b` is `a/%+/b` |
/// | `%-` | 240 characters of a form too long for one name, a folder; the rest is inside it |
/// | `%~` | a file that is being written; never an object |
///
/// A part that itself begins with a mark is escaped too. A name with a mark that is not exactly
/// what this class writes is no part of any key.
final class PartNames {
  /// Mark of an escaped last part.
  static final String OBJECT = "%!";

  /// Mark of an escaped part that is not the last one.
  static final String FOLDER = "%+";

  /// Mark of a file that is being written.
  static final String TEMPORARY = "%~";

  private static final String PIECE = "%-";
  private static final int PIECE_CHARS = 240;
  private static final int MAX_NAME_BYTES = 255;

  /// More pieces than a key of 1,024 bytes can have.
  static final int MAX_PIECES = 14;

  // Linux counts the final NUL among its 4,096.
  private static final int MAX_PATH_BYTES = 4_095;

  private static final Pattern REFUSED_SOMEWHERE =
      Pattern.compile(
          "\\.|\\.\\.|.*[\\p{Cntrl}\\x80-\\x9f/\\\\:*?\"<>|].*|.*[. ]"
              + "|(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(\\..*)?",
          Pattern.DOTALL);

  private PartNames() {}

  /// Whether a new part is stored under its own name: every file system takes it and none changes
  /// it, as some do with text that is not in normal form C.
  static boolean isPortable(String part) {
    return isShortName(part)
        && !REFUSED_SOMEWHERE.matcher(part).matches()
        && Normalizer.isNormalized(part, Normalizer.Form.NFC);
  }

  /// The path that has the part as its name, if this host can have such a file.
  static Optional<Path> plain(Path directory, String part) {
    if (!isShortName(part) || part.equals(".") || part.equals("..") || part.indexOf('/') >= 0) {
      return Optional.empty();
    }
    return child(directory, part);
  }

  /// The escaped form: one name, or several nested ones when it is too long for one.
  static List<String> escaped(String mark, String part) {
    String text = PercentText.encode(part);
    List<String> names = new ArrayList<>();
    if (mark.length() + text.length() > MAX_NAME_BYTES) {
      while (text.length() > PIECE_CHARS) {
        names.add(PIECE + text.substring(0, PIECE_CHARS));
        text = text.substring(PIECE_CHARS);
      }
    }
    names.add(mark + text);
    return names;
  }

  /// The path of nested names, if this host can have it.
  static Optional<Path> nested(Path directory, List<String> names) {
    Optional<Path> path = Optional.of(directory);
    for (String name : names) {
      path = path.flatMap(parent -> child(parent, name));
    }
    return path;
  }

  /// The path of a new key in a bucket where nothing is in its way.
  static Path path(Path bucket, List<String> parts) {
    Path path = bucket;
    for (int i = 0; i < parts.size(); i++) {
      String part = parts.get(i);
      String mark = i + 1 < parts.size() ? FOLDER : OBJECT;
      Optional<Path> plain = isPortable(part) ? plain(path, part) : Optional.empty();
      if (plain.isPresent()) {
        path = plain.get();
      } else {
        for (String name : escaped(mark, part)) {
          path = path.resolve(name);
        }
      }
    }
    return path;
  }

  /// Reads nested names back.
  ///
  /// @param isFolder whether the last of them is a folder
  /// @return the part, or empty when the names stand for none
  static Optional<String> decode(List<String> names, boolean isFolder) {
    String last = names.getLast();
    if (names.size() == 1 && !isMarked(last)) {
      return Optional.of(last);
    }
    String mark = isFolder ? FOLDER : OBJECT;
    if (!last.startsWith(mark)) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder();
    names.forEach(name -> text.append(name, Math.min(mark.length(), name.length()), name.length()));
    return PercentText.decode(text.toString())
        .filter(part -> part.indexOf('/') < 0 && escaped(mark, part).equals(names));
  }

  static boolean isMarked(String name) {
    return name.startsWith(OBJECT)
        || name.startsWith(FOLDER)
        || name.startsWith(TEMPORARY)
        || name.startsWith(PIECE);
  }

  static boolean isPiece(String name) {
    return name.startsWith(PIECE) && name.length() == PIECE.length() + PIECE_CHARS;
  }

  /// Whether a path is short enough for this host.
  static boolean fits(Path path) {
    return utf8Length(path.toString()) <= MAX_PATH_BYTES;
  }

  private static boolean isShortName(String part) {
    return !part.isEmpty() && !isMarked(part) && utf8Length(part) <= MAX_NAME_BYTES;
  }

  private static int utf8Length(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }

  /// Empty when the host changes the name or sees more than one name in it.
  private static Optional<Path> child(Path directory, String name) {
    try {
      Path path = directory.resolve(name);
      return directory.equals(path.getParent()) && path.endsWith(name)
          ? Optional.of(path)
          : Optional.empty();
    } catch (InvalidPathException notOnThisHost) {
      return Optional.empty();
    }
  }
}
