package com.quiltdata.mcp.quilt.hash;

import java.io.InputStream;

/// Bytes by the rule `(i * mul + add) mod 251`.
public final class RuleStream extends InputStream {
  private static final int MODULUS = 251;

  private final long size;
  private final int mul;
  private long position;
  private int value;

  public RuleStream(long size, int mul, int add) {
    this.size = size;
    this.mul = mul;
    this.value = add % MODULUS;
  }

  @Override
  public int read() {
    if (position == size) {
      return -1;
    }
    int result = value;
    position++;
    value = (value + mul) % MODULUS;
    return result;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    if (position == size) {
      return -1;
    }
    int count = (int) Math.min(length, size - position);
    for (int i = 0; i < count; i++) {
      bytes[offset + i] = (byte) read();
    }
    return count;
  }
}
