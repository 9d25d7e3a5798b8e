package com.quiltdata.mcp.storage.local;

import com.quiltdata.mcp.storage.ByteRange;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.util.Objects;

/// A range of an open file. Failures of reading are faults, as those of every other call.
final class ChannelStream extends InputStream {
  private final SeekableByteChannel channel;
  private final String subject;
  private long left;

  /// Goes to the first byte of the range.
  ///
  /// @param channel closed with this stream
  /// @param range which bytes
  /// @param sizeBytes nothing behind this size is read, should the file grow
  /// @param subject what is read, for faults
  ChannelStream(SeekableByteChannel channel, ByteRange range, long sizeBytes, String subject)
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

  @Override
  public int available() {
    return 0;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
