package com.quiltdata.mcp.storage.local;

import com.quiltdata.mcp.storage.ByteRange;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/// A range of an open file. Failures of reading are faults, as those of every other call.
final class ChannelStream extends InputStream {
  private static final long AT_ONCE = 64L << 20;

  private final FileChannel channel;
  private final String subject;
  private long left;

  /// Goes to the first byte of the range.
  ///
  /// @param channel closed with this stream
  /// @param range which bytes
  /// @param sizeBytes nothing behind this size is read, should the file grow
  /// @param subject what is read, for faults
  ChannelStream(FileChannel channel, ByteRange range, long sizeBytes, String subject)
      throws IOException {
    long offset = Math.min(range.offset(), sizeBytes);
    this.channel = channel.position(offset);
    this.left = Math.min(range.length(), sizeBytes - offset);
    this.subject = subject;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, bytes.length);
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      return -1;
    }
    ByteBuffer space = ByteBuffer.wrap(bytes, offset, (int) Math.min(length, left));
    int count = FileFaults.translate(subject, () -> channel.read(space));
    if (count > 0) {
      left -= count;
    }
    return count;
  }

  /// Sends the rest to another file; the system copies it without bringing it here.
  void sendTo(FileChannel target) throws IOException {
    while (left > 0) {
      Interruption.check();
      long count = channel.transferTo(channel.position(), Math.min(left, AT_ONCE), target);
      if (count <= 0) {
        throw new EOFException("the file became shorter while it was copied");
      }
      channel.position(channel.position() + count);
      left -= count;
    }
  }

  @Override
  public int available() {
    return 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
