package com.quiltdata.mcp.storage.local;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A file or folder inside a bucket, permitted links followed.
///
/// @param path where its name stands, perhaps a link
/// @param real where it is
/// @param attributes of what is there
record Found(Path path, Path real, BasicFileAttributes attributes) {
  private static final int ETAG_BYTES = 16;

  /// Looks below a real folder of a bucket. A link that leaves the bucket, leads nowhere or turns
  /// in a circle is as good as nothing.
  ///
  /// @param bucket the bucket's real folder
  /// @param directory a real folder in it
  /// @param names nested names; only the last may be a link
  static Optional<Found> at(Path bucket, Path directory, List<String> names) throws IOException {
    Optional<Path> path = PartNames.nested(directory, names).filter(PartNames::fits);
    if (path.isEmpty()) {
      return Optional.empty();
    }
    Path parent = directory;
    for (String piece : names.subList(0, names.size() - 1)) {
      parent = parent.resolve(piece);
      if (!Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
    }
    return at(bucket, path.get());
  }

  /// Looks at a path whose parent is a real folder of the bucket.
  static Optional<Found> at(Path bucket, Path path) throws IOException {
    BasicFileAttributes attributes;
    try {
      attributes = attributes(path);
    } catch (NoSuchFileException none) {
      return Optional.empty();
    }
    if (!attributes.isSymbolicLink()) {
      return Optional.of(new Found(path, path, attributes));
    }
    try {
      Path real = path.toRealPath();
      return real.startsWith(bucket)
          ? Optional.of(new Found(path, real, attributes(real)))
          : Optional.empty();
    } catch (FileSystemException leadsNowhere) {
      return Optional.empty();
    }
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }

  boolean isFile() {
    return attributes.isRegularFile();
  }

  boolean isFolder() {
    return attributes.isDirectory();
  }

  boolean isLink() {
    return !path.equals(real);
  }

  /// Another one after every change: sizes, times and identities of files differ.
  String etag() {
    String state =
        "%d %s %s"
            .formatted(
                attributes.size(),
                attributes.lastModifiedTime().toInstant(),
                String.valueOf(attributes.fileKey()));
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(state.getBytes(UTF_8));
      return HexFormat.of().formatHex(Arrays.copyOf(digest, ETAG_BYTES));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
