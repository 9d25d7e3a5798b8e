package com.quiltdata.mcp.transport.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.RequestException;
import java.util.function.Supplier;

/// A reader that looks at the line break behind each chunk of a body.
///
/// Helidon steps over these two bytes whatever they are, so that another server in front could see
/// other chunks than this one. Everywhere else where Helidon steps over two bytes it has seen the
/// line break before, so the check costs a comparison and refuses nothing.
final class StrictReader extends DataReader {
  private static final int LINE_BREAK = 2;

  StrictReader(Supplier<byte[]> source) {
    super(source);
  }

  @Override
  public void skip(int length) {
    if (length == LINE_BREAK && !startsWithNewLine()) {
      throw RequestException.builder()
          .type(EventType.BAD_REQUEST)
          .setKeepAlive(false)
          .message("no line break behind a chunk")
          .build();
    }
    super.skip(length);
  }

  /// Helidon reads only the size of a chunk with this, as a number that may have a sign.
  @Override
  public String readLine() throws IncorrectNewLineException {
    String line = super.readLine();
    if (line.startsWith("+")) {
      throw RequestException.builder()
          .type(EventType.BAD_REQUEST)
          .setKeepAlive(false)
          .message("the size of a chunk has a sign")
          .build();
    }
    return line;
  }

  @Override
  public BufferData readBuffer() {
    ensureAvailable();
    return readBuffer(available());
  }

  @Override
  public BufferData readBuffer(int length) {
    BufferData data = getBuffer(length);
    super.skip(length);
    return data;
  }
}
