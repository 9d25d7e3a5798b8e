package com.quiltdata.mcp.protocol;

import java.io.ByteArrayOutputStream;
import java.util.List;

/// Puts JSON texts that are written already into an array.
final class JsonArrays {
  private JsonArrays() {}

  static byte[] join(List<byte[]> texts) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write('[');
    for (int i = 0; i < texts.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.writeBytes(texts.get(i));
    }
    out.write(']');
    return out.toByteArray();
  }
}
