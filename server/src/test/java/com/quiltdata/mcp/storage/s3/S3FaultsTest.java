package com.quiltdata.mcp.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.Precondition;
import com.quiltdata.mcp.storage.PutOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What becomes of the failures of S3: how often it is asked, how long, and what a caller reads.
@Timeout(60)
final class S3FaultsTest {
  private static final BucketName BUCKET = new BucketName("some-bucket");
  private static final ObjectLocation PLACE = ObjectLocation.of(BUCKET, "some/key");
  private static final String HEAD =
      "HTTP/1.1 200 X\r\nContent-Length: %d\r\nETag: \"%s\"\r\nLast-Modified: Thu, 26 Nov 2026 00:00:00 GMT\r\n\r\n";
  private static final String ETAG = "ETag: \"e1\"\r\n";
  private static final String TIME = "Last-Modified: Thu, 26 Nov 2026 00:00:00 GMT\r\n";

  private static Fault fails(ThrowingCallable call) {
    Fault fault = catchThrowableOfType(Fault.class, call);
    assertThat(fault).isNotNull();
    assertThat(fault.text())
        .doesNotContain("123456789012", "arn:", "internal", "127.0.0.1", "Exception", "SDK");
    return fault;
  }

  @ParameterizedTest
  @CsvSource({
    "503, SlowDown, UPSTREAM_UNAVAILABLE, 3",
    "500, InternalError, UPSTREAM_UNAVAILABLE, 3",
    "429, TooManyRequests, UPSTREAM_UNAVAILABLE, 3",
    "403, AccessDenied, FORBIDDEN_ACTION, 1",
    "403, InvalidAccessKeyId, NO_CREDENTIALS, 1",
    "403, SignatureDoesNotMatch, NO_CREDENTIALS, 1",
    "400, ExpiredToken, NO_CREDENTIALS, 1",
    "404, NoSuchBucket, NOT_FOUND, 1",
    "400, InvalidRequest, INVALID_ARGUMENT, 1",
    "403, InvalidObjectState, INVALID_ARGUMENT, 1",
  })
  void tellsRefusalsApart(int status, String code, FaultCode expected, int attempts) {
    try (FakeS3 s3 = new FakeS3((_, out) -> out.refuse(status, code))) {
      Fault listed = fails(() -> s3.store().list(ListRequest.of(BUCKET, "")));
      assertThat(listed.code()).isEqualTo(expected);
      assertThat(s3.asked()).hasSize(attempts);
      Fault opened = fails(() -> s3.store().open(PLACE, ByteRange.ALL));
      assertThat(opened.code()).isEqualTo(expected);
      assertThat(opened.text())
          .satisfiesAnyOf(
              text -> assertThat(text).contains("some-bucket"),
              text -> assertThat(text).contains("AWS_PROFILE"));
    }
  }

  @Test
  void namesTheServiceThatFails() {
    try (FakeS3 s3 = new FakeS3((_, out) -> out.refuse(503, "SlowDown"))) {
      Fault fault = fails(() -> s3.store().buckets());
      assertThat(fault.text())
          .isEqualTo("Amazon S3 failed at the list of buckets: try again later");
    }
  }

  @Test
  void asksForTheReasonThatAHeadDoesNotGive() {
    try (FakeS3 s3 =
        new FakeS3((asked, out) -> {
          if (asked.is("HEAD")) {
            out.write("HTTP/1.1 400 X\r\nContent-Length: 0\r\n\r\n");
            return true;
          }
          return out.refuse(400, "ExpiredToken");
        })) {
      assertThat(fails(() -> s3.store().find(PLACE)).code()).isEqualTo(FaultCode.NO_CREDENTIALS);
      assertThat(s3.asked()).hasSize(2);
    }
  }

  @Test
  void saysWhichBucketsMayNotBeListed() {
    try (FakeS3 s3 = new FakeS3((_, out) -> out.refuse(403, "AccessDenied"))) {
      Fault fault = fails(() -> s3.store().buckets());
      assertThat(fault.code()).isEqualTo(FaultCode.FORBIDDEN_ACTION);
      assertThat(fault.text()).contains("name the one that is meant");
    }
  }

  @Test
  void doesNotWaitForSilence() {
    try (FakeS3 s3 =
        new FakeS3((_, _) -> {
          await(new CountDownLatch(1));
          return false;
        })) {
      long start = System.nanoTime();
      Fault fault = fails(() -> s3.store().list(ListRequest.of(BUCKET, "")));
      assertThat(fault.code()).isEqualTo(FaultCode.TIMEOUT);
      assertThat(s3.asked()).hasSizeBetween(2, 3);
      assertThat(Duration.ofNanos(System.nanoTime() - start))
          .isLessThan(FakeS3.SHORT.call().plusSeconds(1));
    }
  }

  @ParameterizedTest
  @CsvSource({"200, <html>it works</html>", "200, ''", "200, <ListBucketResult><Contents>"})
  void doesNotTakeAnythingForAnAnswer(int status, String body) {
    try (FakeS3 s3 = new FakeS3((_, out) -> out.send(status, "text/html", body.getBytes(UTF_8)))) {
      Fault fault = fails(() -> s3.store().list(ListRequest.of(BUCKET, "")));
      assertThat(fault.code()).isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE);
    }
  }

  @Test
  void refusedConnectionIsAFault() {
    FakeS3 gone = new FakeS3((_, out) -> out.reset());
    gone.close();
    assertThat(fails(() -> gone.store().list(ListRequest.of(BUCKET, ""))).code())
        .isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE);
  }

  @Test
  void readsOnWhereABodyBrokeOff() throws IOException {
    byte[] whole = "0123456789".repeat(1_000).getBytes(UTF_8);
    AtomicInteger answers = new AtomicInteger();
    try (FakeS3 s3 =
        new FakeS3((asked, out) -> {
          int from = first(asked);
          int number = answers.incrementAndGet();
          String range =
              "Content-Range: bytes %d-%d/%d\r\n".formatted(from, whole.length - 1, whole.length);
          out.head(from > 0 ? 206 : 200, "text/plain", whole.length - from, ETAG, TIME, range);
          // The first ends early, the second breaks, the third is whole.
          int length = number < 3 ? 3_000 : whole.length - from;
          out.write(new String(whole, from, length, UTF_8));
          return number == 2 ? out.reset() : number > 2;
        })) {
      try (ObjectContent content = s3.store().open(PLACE, ByteRange.ALL)) {
        assertThat(content.stream().readAllBytes()).isEqualTo(whole);
      }
      assertThat(s3.asked()).hasSize(3);
      assertThat(s3.asked().get(2).headers()).containsEntry("if-match", "\"e1\"");
    }
  }

  private static int first(FakeS3.Asked asked) {
    String range = asked.headers().getOrDefault("range", "bytes=0-");
    return Integer.parseInt(range.substring("bytes=".length(), range.indexOf('-')));
  }

  @Test
  void givesUpABodyThatDoesNotGoOn() throws IOException {
    try (FakeS3 s3 =
        new FakeS3((_, out) -> {
          out.head(200, "text/plain", 10, ETAG, TIME);
          await(new CountDownLatch(1));
          return false;
        })) {
      try (ObjectContent content = s3.store().open(PLACE, ByteRange.ALL)) {
        Fault fault = fails(() -> content.stream().readAllBytes());
        assertThat(fault.code()).isEqualTo(FaultCode.TIMEOUT);
      }
      assertThat(s3.asked()).hasSize(3);
    }
  }

  @Test
  void doesNotMixABodyWithThatOfALaterWrite() throws IOException {
    AtomicInteger answers = new AtomicInteger();
    try (FakeS3 s3 =
        new FakeS3((_, out) -> {
          if (answers.incrementAndGet() > 1) {
            return out.refuse(412, "PreconditionFailed");
          }
          out.head(200, "text/plain", 10, ETAG, TIME);
          out.write("01234");
          return false;
        })) {
      try (ObjectContent content = s3.store().open(PLACE, ByteRange.ALL)) {
        assertThat(fails(() -> content.stream().readAllBytes()).code())
            .isEqualTo(FaultCode.CONFLICT);
      }
    }
  }

  @Test
  void asksAgainWhereAnotherWriteIsUnderWay() {
    AtomicInteger puts = new AtomicInteger();
    try (FakeS3 s3 =
        new FakeS3((asked, out) -> {
          if (asked.is("PUT")) {
            return puts.incrementAndGet() < 3
                ? out.refuse(409, "ConditionalRequestConflict")
                : out.send(200, "text/plain", new byte[0], ETAG);
          }
          out.write(HEAD.formatted(1, "e1"));
          return true;
        })) {
      ObjectInfo written = put(s3, Precondition.ABSENT);
      assertThat(written.etag()).isEqualTo("e1");
      assertThat(puts).hasValue(3);
    }
  }

  @Test
  void isAConflictWhereAnotherWriteStaysUnderWay() {
    try (FakeS3 s3 = new FakeS3((_, out) -> out.refuse(409, "ConditionalRequestConflict"))) {
      assertThat(fails(() -> put(s3, Precondition.ABSENT)).code()).isEqualTo(FaultCode.CONFLICT);
      assertThat(s3.asked().stream().filter(asked -> asked.is("PUT"))).hasSize(3);
    }
  }

  private static ObjectInfo put(FakeS3 s3, Precondition condition) {
    return s3.store()
        .put(PLACE, new ByteArrayInputStream(new byte[] {'x'}), PutOptions.NONE.when(condition));
  }

  @ParameterizedTest
  @CsvSource({"9dd4e461268c8034f5c8564e155c67a6, true", "another, false"})
  void winsAgainstItselfAfterALostAnswer(String etag, boolean isOurs) {
    AtomicInteger puts = new AtomicInteger();
    try (FakeS3 s3 =
        new FakeS3((asked, out) -> {
          if (asked.is("PUT")) {
            return puts.incrementAndGet() == 1
                ? out.reset()
                : out.refuse(412, "PreconditionFailed");
          }
          out.write(HEAD.formatted(1, etag));
          return true;
        })) {
      if (isOurs) {
        assertThat(put(s3, Precondition.ABSENT).etag()).isEqualTo(etag);
      } else {
        assertThat(fails(() -> put(s3, Precondition.ABSENT)).code()).isEqualTo(FaultCode.CONFLICT);
      }
    }
  }

  @Test
  void givesUpABodyThatNobodyTakes() {
    byte[] large = new byte[7 << 20];
    try (FakeS3 s3 = FakeS3.deaf()) {
      long start = System.nanoTime();
      Fault fault =
          fails(() -> s3.store().put(PLACE, new ByteArrayInputStream(large), PutOptions.NONE));
      assertThat(fault.code()).isEqualTo(FaultCode.TIMEOUT);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }
  }

  @Test
  void endsWhenItsThreadIsInterrupted() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    try (FakeS3 s3 =
        new FakeS3((_, _) -> {
          asked.countDown();
          await(new CountDownLatch(1));
          return false;
        })) {
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> s3.store().find(PLACE), () -> put(s3, Precondition.NONE))) {
        AtomicReference<Fault> fault = new AtomicReference<>();
        Thread caller = Thread.ofVirtual().start(() -> fault.set(fails(call)));
        asked.await();
        caller.interrupt();
        caller.join(Duration.ofMillis(400));
        assertThat(fault.get()).isNotNull();
        assertThat(fault.get().code()).isEqualTo(FaultCode.CANCELLED);
      }
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
