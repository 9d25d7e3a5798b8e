package com.quiltdata.mcp.quilt.hash;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// The CRC-64 of the NVM Express specification: reflected, polynomial `0xAD93D23594C93659`, all
/// ones before and after. Eight bytes a step.
final class Crc64Nvme {
  private static final long REFLECTED_POLYNOMIAL = Long.reverse(0xAD93D23594C93659L);
  private static final int STEP = Long.BYTES;
  private static final long[][] TABLES = tables();
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private long state = -1;

  private static long[][] tables() {
    long[][] tables = new long[STEP][256];
    for (int i = 0; i < 256; i++) {
      long crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : crc >>> 1 ^ REFLECTED_POLYNOMIAL;
      }
      tables[0][i] = crc;
    }
    for (int t = 1; t < STEP; t++) {
      for (int i = 0; i < 256; i++) {
        long before = tables[t - 1][i];
        tables[t][i] = before >>> 8 ^ tables[0][(int) (before & 0xff)];
      }
    }
    return tables;
  }

  void update(byte[] bytes, int length) {
    long crc = state;
    int i = 0;
    for (; i + STEP <= length; i += STEP) {
      long word = crc ^ (long) LONGS.get(bytes, i);
      crc = 0;
      for (int t = 0; t < STEP; t++) {
        crc ^= TABLES[STEP - 1 - t][(int) (word >>> (8 * t) & 0xff)];
      }
    }
    for (; i < length; i++) {
      crc = crc >>> 8 ^ TABLES[0][(int) ((crc ^ bytes[i]) & 0xff)];
    }
    state = crc;
  }

  long value() {
    return ~state;
  }
}
