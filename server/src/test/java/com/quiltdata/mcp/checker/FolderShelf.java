package com.quiltdata.mcp.checker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A registry that is a folder.
///
/// @param folder its root
public record FolderShelf(Path folder) implements Shelf {
  @Override
  public List<String> keys(String prefix) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .filter(key -> key.startsWith(prefix))
          .sorted()
          .toList();
    }
  }

  @Override
  public Optional<InputStream> open(String key) throws IOException {
    return file(folder.resolve(key).toString());
  }

  @Override
  public Optional<InputStream> object(String bucket, String key, Optional<String> version) {
    return Optional.empty();
  }

  @Override
  public Optional<InputStream> file(String path) throws IOException {
    Path file = Path.of(path);
    return Files.isRegularFile(file) ? Optional.of(Files.newInputStream(file)) : Optional.empty();
  }
}
