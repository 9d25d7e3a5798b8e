package com.quiltdata.mcp.storage.local;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLockInterruptionException;
import java.nio.file.AccessDeniedException;
import java.nio.file.LinkOption;
import java.nio.file.ReadOnlyFileSystemException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Lets one writer at a time decide about names, in all processes of this host that serve the same
/// root: a look at what is there and the change that follows are one step.
///
/// Between processes the lock is a file in the root, beside the buckets, which nobody takes for one
/// of them. The system lets go of it when a process ends, however it ends. Where the root cannot be
/// written, the lock holds inside this process only. It is held for a moment, so waiting for it is
/// not interrupted; an interrupt is kept.
///
/// @param root the folder whose sub-folders are buckets
record NameLock(LocalRoot root) {
  private static final String FILE = PartNames.TEMPORARY + "lock";
  private static final ReentrantLock THREADS = new ReentrantLock();

  /// Changes names while nobody else does.
  <T> T holding(FileFaults.Action<T> change) throws IOException {
    boolean interrupted = Thread.interrupted();
    THREADS.lock();
    try {
      Optional<FileChannel> file = Optional.empty();
      while (file.isEmpty()) {
        try {
          file = Optional.of(locked());
        } catch (FileLockInterruptionException | ClosedByInterruptException e) {
          interrupted |= Thread.interrupted();
        } catch (AccessDeniedException | ReadOnlyFileSystemException notWritable) {
          return change.run();
        }
      }
      // Closing it lets go of the lock.
      try (FileChannel _ = file.get()) {
        return change.run();
      }
    } finally {
      THREADS.unlock();
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private FileChannel locked() throws IOException {
    FileChannel channel =
        FileChannel.open(
            root.path().resolve(FILE),
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            LinkOption.NOFOLLOW_LINKS);
    try {
      channel.lock();
      return channel;
    } catch (IOException e) {
      channel.close();
      throw e;
    }
  }
}
