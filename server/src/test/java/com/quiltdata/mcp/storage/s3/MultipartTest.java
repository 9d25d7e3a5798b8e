package com.quiltdata.mcp.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.PutOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Objects of several parts: they appear whole, and nothing is left of those that do not.
final class MultipartTest {
  private static final int MIB = 1 << 20;

  private final S3Server server = S3Mock.server();
  private final BucketName bucket = server.bucket();
  private final ObjectStore store = server.store();
  private final ObjectLocation place = ObjectLocation.of(bucket, "a b/%+ü");

  /// Fails, or is interrupted, behind so many bytes.
  private static final class Breaking extends InputStream {
    private final boolean isInterrupted;
    private int left;

    Breaking(int bytes, boolean isInterrupted) {
      this.left = bytes;
      this.isInterrupted = isInterrupted;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (left == 0 && isInterrupted) {
        Thread.currentThread().interrupt();
        bytes[offset] = 1;
        return 1;
      }
      if (left == 0) {
        throw new IOException("broken");
      }
      int count = Math.min(left, length);
      left -= count;
      return count;
    }
  }

  @Test
  void leavesNothingOfAnObjectWhoseSourceFails() {
    Fault fault =
        catchThrowableOfType(
            Fault.class, () -> store.put(place, new Breaking(30 * MIB, false), PutOptions.NONE));
    assertThat(fault.code()).isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE);
    assertNothingIsLeft();
  }

  @Test
  void leavesNothingOfAnObjectThatIsGivenUp() {
    Fault fault =
        catchThrowableOfType(
            Fault.class, () -> store.put(place, new Breaking(20 * MIB, true), PutOptions.NONE));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(fault.code()).isEqualTo(FaultCode.CANCELLED);
    assertNothingIsLeft();
  }

  private void assertNothingIsLeft() {
    assertThat(store.find(place)).isEmpty();
    assertThat(
            server
                .client()
                .listMultipartUploads(
                    r -> r.bucket(bucket.value()).overrideConfiguration(S3Server::signed))
                .uploads())
        .isEmpty();
  }

  @Test
  void copiesPartByPart() throws IOException {
    byte[] bytes = new byte[12 * MIB + 1];
    new Random(4).nextBytes(bytes);
    PutOptions options = new PutOptions(Optional.of("text/x-odd"), Map.of("owner", "Zoë"));
    store.put(place, new ByteArrayInputStream(bytes), options);
    ObjectLocation target = ObjectLocation.of(bucket, "copy %+ü");
    ObjectInfo copied = store.copy(place, target);

    assertThat(copied.etag()).endsWith("-2");
    assertThat(copied.contentType()).contains("text/x-odd");
    assertThat(copied.metadata()).isEqualTo(options.metadata());
    try (ObjectContent content = store.open(target, ByteRange.ALL)) {
      assertThat(Arrays.equals(content.stream().readAllBytes(), bytes)).isTrue();
    }
  }
}
