package com.quiltdata.mcp.storage.s3;

import com.quiltdata.mcp.aws.AwsDeadlines;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import software.amazon.awssdk.core.sync.RequestBody;

/// A body on its way to S3, on a virtual thread of its own: only there does an interrupt end a
/// write that the other side does not take. It may take as long as bytes go out; a while without
/// one ends it, and so does an answer that does not come in the time of an attempt after that.
final class Sending {
  /// The limit of an attempt to send a body, should all else fail.
  static final Duration LONGEST = Duration.ofMinutes(10);

  private static final int LOOKS_A_SECOND = 4;
  private static final String TYPE = "application/octet-stream";

  private final Part part;
  private final AwsDeadlines deadlines;
  private volatile long lastByteAt;
  private volatile boolean hasBegun;
  private volatile int left;

  /// @param part the body
  /// @param deadlines how long it may stand still
  Sending(Part part, AwsDeadlines deadlines) {
    this.part = part;
    this.deadlines = deadlines;
    this.left = part.length();
  }

  /// Sends a part and waits for the answer.
  ///
  /// @param subject what is written, for faults
  /// @param sending the part
  /// @param request makes the request; failures are those of the SDK
  static <T> T of(String subject, Sending sending, Function<RequestBody, T> request) {
    try (ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<T> answer = thread.submit(() -> request.apply(sending.body()));
      try {
        return sending.await(subject, answer);
      } finally {
        answer.cancel(true);
      }
    }
  }

  /// The part as the body of a request; it can be sent more than once.
  RequestBody body() {
    return RequestBody.fromContentProvider(
        () -> {
          lastByteAt = System.nanoTime();
          left = part.length();
          hasBegun = true;
          return new Watched();
        },
        part.length(),
        TYPE);
  }

  /// Waits while bytes go out.
  <T> T await(String subject, Future<T> answer) {
    while (true) {
      try {
        return answer.get(TimeUnit.SECONDS.toNanos(1) / LOOKS_A_SECOND, TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        if (hasBegun && System.nanoTime() - lastByteAt > patience().toNanos()) {
          throw S3Faults.late(subject, e);
        }
      } catch (InterruptedException e) {
        throw S3Faults.cancelled(e);
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw new IllegalStateException(e);
      }
    }
  }

  /// The last bytes may still be on their way when nothing is left here.
  private Duration patience() {
    return left > 0 ? deadlines.withoutAByte() : deadlines.withoutAByte().plus(deadlines.attempt());
  }

  private final class Watched extends ByteArrayInputStream {
    Watched() {
      super(part.bytes(), 0, part.length());
    }

    @Override
    public synchronized int read(byte[] bytes, int offset, int length) {
      lastByteAt = System.nanoTime();
      int count = super.read(bytes, offset, length);
      left = part.length() - pos;
      return count;
    }
  }
}
