package com.quiltdata.mcp.schema;

import java.io.ByteArrayOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;

/// Shows each line that is written, before its end goes out.
public final class ReadAlong extends FilterOutputStream {
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private final Consumer<byte[]> lines;

  /// Writes to another stream.
  ///
  /// @param out takes everything
  /// @param lines see what has any text
  public ReadAlong(OutputStream out, Consumer<byte[]> lines) {
    super(out);
    this.lines = lines;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == '\n') {
        show();
      } else {
        line.write(bytes[i]);
      }
    }
    out.write(bytes, offset, length);
  }

  private void show() {
    if (line.size() > 0) {
      lines.accept(line.toByteArray());
      line.reset();
    }
  }

  @Override
  public void close() throws IOException {
    show();
    super.close();
  }
}
