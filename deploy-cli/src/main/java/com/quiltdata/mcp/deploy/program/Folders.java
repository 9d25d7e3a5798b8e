package com.quiltdata.mcp.deploy.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/// Folders that are made whole or not at all.
final class Folders {
  private Folders() {}

  /// Gives a finished folder or file its name, unless another build was faster: then that one's
  /// stays, and this one goes. Two that were made for one name need not have equal bytes, and
  /// nobody may find other bytes under it than before.
  static void keep(Path made, Path name) throws IOException {
    if (Files.isDirectory(made)) {
      keepFolder(made, name);
    } else {
      keepFile(made, name);
    }
  }

  /// A system moves a folder over another one only if that is empty.
  private static void keepFolder(Path made, Path name) throws IOException {
    try {
      Files.move(made, name, StandardCopyOption.ATOMIC_MOVE);
    } catch (FileSystemException e) {
      if (!Files.isDirectory(name)) {
        throw e;
      }
      try {
        delete(made);
      } catch (IOException _) {
        // It lies in a work folder, which goes later.
      }
    }
  }

  /// A move would replace what is there; a second name cannot.
  private static void keepFile(Path made, Path name) throws IOException {
    try {
      Files.createLink(name, made);
    } catch (FileAlreadyExistsException _) {
      // Whoever was faster has made it.
    } catch (UnsupportedOperationException | FileSystemException _) {
      // A file system without second names.
      if (!Files.isRegularFile(name)) {
        Files.move(made, name, StandardCopyOption.ATOMIC_MOVE);
        return;
      }
    }
    Files.delete(made);
  }

  /// Every file below a folder, in the order of their names.
  static List<Path> files(Path folder) throws IOException {
    return all(folder).stream().filter(Files::isRegularFile).sorted().toList();
  }

  /// Removes a folder with all that it holds.
  static void delete(Path folder) throws IOException {
    for (Path file : all(folder).stream().sorted(Comparator.reverseOrder()).toList()) {
      Files.delete(file);
    }
  }

  private static List<Path> all(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.toList();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
