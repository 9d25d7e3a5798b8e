package com.quiltdata.mcp.storage.local;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.storage.Precondition;
import com.quiltdata.mcp.storage.PutOptions;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Writes and removes the files of objects, one change of names at a time.
///
/// Bytes go to a file that no listing shows, beside the place of the object; a crash leaves at most
/// such a file behind. They are not forced to the disk, which would cost 1 to 4 ms a file, ten
/// times the writing: after a power failure files may be empty, and the checks of packages find
/// them.
final class ObjectWriting {
  private static final int BLOCK_BYTES = 64 * 1024;

  private final NameLock names;

  /// @param root the folder whose sub-folders are buckets
  ObjectWriting(LocalRoot root) {
    this.names = new NameLock(root);
  }

  Found put(Folder bucket, String key, InputStream bytes, PutOptions options) throws IOException {
    List<String> parts = Folder.parts(key);
    Path temporary = openPlace(bucket, parts);
    try {
      copy(bytes, temporary);
      KeptOptions.write(temporary, options);
      return publish(bucket, parts, temporary, options.precondition());
    } finally {
      discard(bucket, temporary);
    }
  }

  /// Makes the folders of a key and an empty file in the last one.
  private Path openPlace(Folder bucket, List<String> parts) throws IOException {
    checkFits(PartNames.path(bucket.bucket(), parts));
    return names.holding(() -> makePlace(bucket, parts));
  }

  private static Path makePlace(Folder bucket, List<String> parts) throws IOException {
    Folder folder = bucket;
    try {
      for (String part : parts.subList(0, parts.size() - 1)) {
        Optional<Folder> next = folder.folder(part);
        if (next.isEmpty()) {
          makeFolder(folder, part);
          next = folder.folder(part);
        }
        folder = next.orElseThrow(() -> taken(part));
      }
      Path temporary =
          folder.directories().getFirst().resolve(PartNames.TEMPORARY + UUID.randomUUID());
      checkFits(temporary);
      return Files.createFile(temporary);
    } catch (IOException | Fault e) {
      prune(bucket, folder.directories().getFirst());
      throw e;
    }
  }

  private static void makeFolder(Folder folder, String part) throws IOException {
    Path path = freePath(folder, PartNames.FOLDER, part);
    try {
      Files.createDirectory(path);
    } catch (FileAlreadyExistsException madeByAnother) {
      // Looked up next, as if it had been there.
    }
  }

  /// Gives the file its name; the object appears or changes in this moment.
  private Found publish(
      Folder bucket, List<String> parts, Path temporary, Precondition precondition)
      throws IOException {
    return names.holding(() -> {
      Folder folder = new Folder(bucket.bucket(), List.of(parentOf(temporary)), List.of());
      Optional<Found> old = bucket.object(String.join("/", parts));
      require(precondition, old);
      Path target =
          old.isPresent() ? old.get().path() : freePath(folder, PartNames.OBJECT, parts.getLast());
      stamp(temporary, old);
      Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      return Found.at(bucket.bucket(), target).orElseThrow(() -> taken(parts.getLast()));
    });
  }

  /// Gives the file a time of its own. Those that the host gives are milliseconds apart at best,
  /// and a new file soon has the identity of a removed one: the etag would be that of an older
  /// content.
  private static void stamp(Path temporary, Optional<Found> old) throws IOException {
    FileTime now = FileTime.from(Instant.now());
    Optional<FileTime> before = old.map(found -> found.attributes().lastModifiedTime());
    Files.setLastModifiedTime(
        temporary,
        before
            .filter(time -> time.compareTo(now) >= 0)
            .map(time -> FileTime.from(time.toInstant().plus(1, ChronoUnit.MICROS)))
            .orElse(now));
  }

  private static void require(Precondition precondition, Optional<Found> old) {
    boolean holds =
        switch (precondition) {
          case Precondition.None _ -> true;
          case Precondition.Absent _ -> old.isEmpty();
          case Precondition.Unchanged(String etag) ->
              old.map(Found::etag).filter(etag::equals).isPresent();
        };
    if (!holds) {
      throw new Fault(FaultCode.CONFLICT, "Somebody else wrote the object first");
    }
  }

  /// Where a new name can stand: nothing is there, not even something that is no object.
  private static Path freePath(Folder folder, String mark, String part) throws IOException {
    Path directory = folder.directories().getFirst();
    Optional<Path> plain =
        PartNames.plain(directory, part).filter(path -> PartNames.isPortable(part) && isFree(path));
    if (plain.isPresent()) {
      checkFits(plain.get());
      return plain.get();
    }
    List<String> nested = PartNames.escaped(mark, part);
    for (String piece : nested.subList(0, nested.size() - 1)) {
      directory = directory.resolve(piece);
      checkFits(directory);
      if (isFree(directory)) {
        Files.createDirectory(directory);
      } else if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
        throw taken(part);
      }
    }
    Path path = directory.resolve(nested.getLast());
    checkFits(path);
    if (!isFree(path)) {
      throw taken(part);
    }
    return path;
  }

  void delete(Folder bucket, String key, Precondition condition) throws IOException {
    names.holding(() -> {
      require(condition, bucket.object(key));
      // A key may have two files, when somebody else made the second one.
      for (var file = bucket.object(key); file.isPresent(); file = bucket.object(key)) {
        Files.deleteIfExists(file.get().path());
        prune(bucket, parentOf(file.get().path()));
      }
      return bucket;
    });
  }

  private void discard(Folder bucket, Path temporary) throws IOException {
    names.holding(() -> {
      if (Files.deleteIfExists(temporary)) {
        prune(bucket, parentOf(temporary));
      }
      return bucket;
    });
  }

  private static void prune(Folder bucket, Path directory) throws IOException {
    try {
      for (Path empty = directory; !empty.equals(bucket.bucket()); empty = parentOf(empty)) {
        Files.delete(empty);
      }
    } catch (DirectoryNotEmptyException | NoSuchFileException inUse) {
      // Another object is there, or somebody else was faster.
    }
  }

  private static void copy(InputStream bytes, Path file) throws IOException {
    if (bytes instanceof ChannelStream stream) {
      try (FileChannel out = FileChannel.open(file, StandardOpenOption.WRITE)) {
        stream.sendTo(out);
      }
      return;
    }
    try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.WRITE)) {
      byte[] block = new byte[BLOCK_BYTES];
      for (int count = bytes.read(block); count >= 0; count = bytes.read(block)) {
        Interruption.check();
        out.write(block, 0, count);
      }
    }
  }

  private static Path parentOf(Path path) throws NoSuchFileException {
    Path parent = path.getParent();
    if (parent == null) {
      throw new NoSuchFileException(path.toString());
    }
    return parent;
  }

  private static boolean isFree(Path path) {
    return !Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static void checkFits(Path path) {
    if (!PartNames.fits(path)) {
      throw new Fault(
          FaultCode.INVALID_ARGUMENT,
          "The key makes a longer path than this host's file system takes: use a shorter key");
    }
  }

  private static Fault taken(String part) {
    return new Fault(
        FaultCode.CONFLICT,
        "Something that is no object stands in the local storage where %s should be written"
            .formatted(Quoted.of(part)));
  }
}
