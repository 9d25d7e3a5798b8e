import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/// Packs a folder into a zip archive that depends on nothing but the files: names in order, one time
/// for all, modes 0755 and 0644.
///
/// The JDK's own tools write no modes; here they are put into the central directory afterwards. There
/// are no entries for folders, and links become the files they lead to: not everybody who unpacks
/// knows what to do with either.
///
/// Usage: `java Pack.java ARCHIVE FOLDER [PREFIX]`, the prefix in front of every name.
final class Pack {
  private static final LocalDateTime TIME = LocalDateTime.of(2026, 1, 1, 0, 0);
  private static final int END = 0x06054b50;
  private static final int END_BYTES = 22;
  private static final int ENTRY = 0x02014b50;
  private static final int ENTRY_BYTES = 46;
  private static final int UNIX = 3;
  private static final int REGULAR_FILE = 0100000;

  private record Item(Path file, String name) {
    int mode() {
      return REGULAR_FILE | (Files.isExecutable(file) ? 0755 : 0644);
    }
  }

  private Pack() {}

  static void main(String[] args) throws IOException {
    Path archive = Path.of(args[0]);
    List<Item> items = items(Path.of(args[1]), args.length > 2 ? args[2] : "");
    try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive), UTF_8)) {
      for (Item item : items) {
        ZipEntry entry = new ZipEntry(item.name());
        entry.setTimeLocal(TIME);
        zip.putNextEntry(entry);
        Files.copy(item.file(), zip);
        zip.closeEntry();
      }
    }
    Files.write(archive, withModes(Files.readAllBytes(archive), items));
    System.out.printf(
        "%s: %.1f MB, unpacked %.1f MB in %d files%n",
        archive, megabytes(Files.size(archive)), megabytes(unpacked(items)), items.size());
  }

  private static double megabytes(long bytes) {
    return bytes / 1e6;
  }

  private static long unpacked(List<Item> items) throws IOException {
    long sum = 0;
    for (Item item : items) {
      sum += Files.size(item.file());
    }
    return sum;
  }

  private static List<Item> items(Path folder, String prefix) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> new Item(file, prefix + folder.relativize(file).toString().replace('\\', '/')))
          .sorted((one, other) -> one.name().compareTo(other.name()))
          .toList();
    }
  }

  /// The fields are those of
  /// [APPNOTE](https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT) 4.3.12 and 4.3.16.
  private static byte[] withModes(byte[] archive, List<Item> items) {
    ByteBuffer bytes = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    int end = archive.length - END_BYTES;
    require(bytes.getInt(end) == END && bytes.getShort(end + 10) == items.size());
    int at = bytes.getInt(end + 16);
    for (Item item : items) {
      require(bytes.getInt(at) == ENTRY);
      bytes.put(at + 5, (byte) UNIX);
      bytes.putInt(at + 38, item.mode() << 16);
      at += ENTRY_BYTES + bytes.getShort(at + 28) + bytes.getShort(at + 30) + bytes.getShort(at + 32);
    }
    require(at == end);
    return archive;
  }

  private static void require(boolean holds) {
    if (!holds) {
      throw new IllegalStateException("The archive is not laid out as expected.");
    }
  }
}
