package com.quiltdata.mcp.storage.local;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ObjectLocation;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The folder whose sub-folders are buckets. Only real folders with the name of a bucket count, no
/// links.
///
/// @param path absolute
record LocalRoot(Path path) {
  List<BucketName> buckets() throws IOException {
    List<BucketName> names = new ArrayList<>();
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(path.toRealPath())) {
      for (Path folder : folders) {
        String name = String.valueOf(folder.getFileName());
        if (BucketName.isValid(name) && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
          names.add(new BucketName(name));
        }
      }
    }
    names.sort(null);
    return names;
  }

  /// The top of a bucket.
  ///
  /// @throws Fault [FaultCode#NOT_FOUND] when there is no such bucket
  Folder bucket(BucketName name) throws IOException {
    Path folder = path.toRealPath().resolve(name.value());
    try {
      // Equal unless it is a link, or a name in other letters on a host that ignores case.
      if (Files.isDirectory(folder) && folder.toRealPath().equals(folder)) {
        return Folder.top(folder);
      }
    } catch (NoSuchFileException removed) {
      throw new Fault(FaultCode.NOT_FOUND, "Bucket %s not found".formatted(name), removed);
    }
    throw new Fault(FaultCode.NOT_FOUND, "Bucket %s not found".formatted(name));
  }

  /// The object that a file is, judged by its path alone.
  Optional<ObjectLocation> locate(Path file) throws IOException {
    Path plain = file.toAbsolutePath().normalize();
    Path lexical = path.normalize();
    if (plain.startsWith(lexical)) {
      return ofNames(lexical.relativize(plain));
    }
    if (!Files.isDirectory(path)) {
      return Optional.empty();
    }
    Path real = path.toRealPath();
    return plain.startsWith(real) ? ofNames(real.relativize(plain)) : Optional.empty();
  }

  private static Optional<ObjectLocation> ofNames(Path names) {
    if (names.getNameCount() < 2 || !BucketName.isValid(names.getName(0).toString())) {
      return Optional.empty();
    }
    List<String> parts = new ArrayList<>();
    List<String> nested = new ArrayList<>();
    for (int i = 1; i < names.getNameCount(); i++) {
      String name = names.getName(i).toString();
      boolean isLast = i + 1 == names.getNameCount();
      nested.add(name);
      if (!PartNames.isPiece(name)) {
        Optional<String> part = PartNames.decode(nested, !isLast);
        if (part.isEmpty()) {
          return Optional.empty();
        }
        parts.add(part.get());
        nested.clear();
      }
    }
    String key = String.join("/", parts);
    return nested.isEmpty() && ObjectLocation.isKey(key)
        ? Optional.of(ObjectLocation.of(new BucketName(names.getName(0).toString()), key))
        : Optional.empty();
  }
}
