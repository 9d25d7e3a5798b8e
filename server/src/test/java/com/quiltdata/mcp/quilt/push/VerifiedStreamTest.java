package com.quiltdata.mcp.quilt.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.hash.HashKind;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class VerifiedStreamTest {
  private static final byte[] BYTES = {1, -1, 0, 127};
  private final Fault changed = new Fault(FaultCode.CONFLICT, "The bytes changed");

  @Test
  void handsOverTheBytesOfItsHash() throws IOException {
    VerifiedStream stream = stream(BYTES, BYTES);
    assertThat(stream.readAllBytes()).isEqualTo(BYTES);
    assertThat(stream.read()).isEqualTo(-1);
    assertThat(stream.failure()).isEmpty();
  }

  @Test
  void handsThemOverOneByOne() throws IOException {
    VerifiedStream stream = stream(BYTES, BYTES);
    for (byte expected : BYTES) {
      assertThat(stream.read()).isEqualTo(Byte.toUnsignedInt(expected));
    }
    assertThat(stream.read()).isEqualTo(-1);
  }

  @Test
  void keepsTheLastOfOtherBytesBack() throws IOException {
    VerifiedStream stream = stream(new byte[] {1, -1, 0, 126}, BYTES);
    assertThat(stream.read(new byte[3], 0, 3)).isEqualTo(3);
    assertFails(stream);
  }

  @Test
  void failsWhenBytesAreMissing() throws IOException {
    VerifiedStream stream = stream(new byte[] {1, -1, 0}, BYTES);
    assertThat(stream.read(new byte[3], 0, 3)).isEqualTo(3);
    assertFails(stream);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 100})
  void failsWhenThereAreMoreBytes(int block) throws IOException {
    VerifiedStream stream = stream(new byte[] {1, -1, 0, 127, 5}, BYTES);
    assertThatExceptionOfType(Fault.class)
        .isThrownBy(() -> readAll(stream, new byte[block]))
        .isSameAs(changed);
    assertThat(stream.failure()).containsSame(changed);
  }

  @Test
  void holdsNoBytesToTheirHashAsWell() throws IOException {
    byte[] none = {};
    assertThat(stream(none, none).read()).isEqualTo(-1);
    VerifiedStream other =
        new VerifiedStream(InputStream.nullInputStream(), 0, hash(BYTES), () -> changed);
    assertFails(other);
  }

  @Test
  void closesWhereTheBytesComeFrom() throws IOException {
    AtomicInteger closed = new AtomicInteger();
    InputStream source =
        new ByteArrayInputStream(BYTES) {
          @Override
          public void close() {
            closed.incrementAndGet();
          }
        };
    new VerifiedStream(source, BYTES.length, hash(BYTES), () -> changed).close();
    assertThat(closed).hasValue(1);
  }

  private static void readAll(InputStream stream, byte[] block) throws IOException {
    int read;
    do {
      read = stream.read(block, 0, block.length);
    } while (read >= 0);
  }

  private void assertFails(VerifiedStream stream) {
    assertThatExceptionOfType(Fault.class).isThrownBy(stream::read).isSameAs(changed);
    assertThat(stream.failure()).containsSame(changed);
  }

  private VerifiedStream stream(byte[] there, byte[] expected) throws IOException {
    return new VerifiedStream(
        new ByteArrayInputStream(there), expected.length, hash(expected), () -> changed);
  }

  private static ObjectHash hash(byte[] bytes) throws IOException {
    return ObjectHash.compute(
        HashKind.SHA2_256_CHUNKED, new ByteArrayInputStream(bytes), bytes.length);
  }
}
