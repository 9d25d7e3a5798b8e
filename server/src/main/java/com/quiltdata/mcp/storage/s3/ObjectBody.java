package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.upstream.RetryBudget;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.util.Objects;
import java.util.function.Function;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/// The bytes of an open object. Where the connection breaks, the rest is asked for again, so that
/// only as many breaks in a row as a call has attempts end the reading, without a byte between
/// them; or the end of the budget of S3 does. Failures are faults, as those of every other call.
final class ObjectBody extends InputStream {
  private static final long DRAINED = 64 * 1024;

  private final String subject;
  private final int most;
  private final RetryBudget retries;
  private final Function<ByteRange, ResponseInputStream<GetObjectResponse>> again;
  private ResponseInputStream<GetObjectResponse> part;
  private long position;
  private long left;
  private int attempts = 1;

  /// @param subject what is read, for faults
  /// @param first the answer to the first request
  /// @param offset of its first byte in the object
  /// @param most attempts in a row
  /// @param retries what is left for asking again
  /// @param again asks once for a range of the same object, unchanged
  ObjectBody(
      String subject,
      ResponseInputStream<GetObjectResponse> first,
      long offset,
      int most,
      RetryBudget retries,
      Function<ByteRange, ResponseInputStream<GetObjectResponse>> again) {
    this.subject = subject;
    this.most = most;
    this.retries = retries;
    this.again = again;
    this.part = first;
    this.position = offset;
    this.left = first.response().contentLength();
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
    while (left > 0) {
      try {
        int count = part.read(bytes, offset, (int) Math.min(length, left));
        if (count > 0) {
          position += count;
          left -= count;
          attempts = 1;
          return count;
        }
        // An end that comes too early is not told by the connection.
        goOn(new IOException("the body ended %d bytes early".formatted(left)));
      } catch (IOException | SdkException e) {
        goOn(e);
      }
    }
    return -1;
  }

  private void goOn(Exception broken) {
    requireGoingOn(broken);
    part.abort();
    Exception last = broken;
    while (attempts < most && retries.take()) {
      attempts++;
      try {
        part = again.apply(new ByteRange(position, left));
        return;
      } catch (SdkException e) {
        requireGoingOn(e);
        if (!S3Faults.isPassing(e)) {
          throw S3Faults.of(subject, e);
        }
        last = e;
      }
    }
    throw last instanceof SdkException failure
        ? S3Faults.of(subject, failure)
        : last instanceof SocketTimeoutException
            ? S3Faults.late(subject, last)
            : S3Faults.unavailable(subject, last);
  }

  private static void requireGoingOn(Exception broken) {
    if (broken instanceof AbortedException || Thread.currentThread().isInterrupted()) {
      throw S3Faults.cancelled(broken);
    }
  }

  @Override
  public int available() {
    return 0;
  }

  /// Keeps the connection when little is left, else gives it up.
  @Override
  public void close() throws IOException {
    if (left > DRAINED) {
      part.abort();
      return;
    }
    part.close();
  }
}
