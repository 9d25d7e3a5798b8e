package com.quiltdata.mcp.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.quiltdata.mcp.aws.AwsDeadlines;
import com.quiltdata.mcp.aws.AwsLimits;
import com.quiltdata.mcp.aws.AwsServices;
import com.quiltdata.mcp.aws.RetryLimits;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.PutOptions;
import com.quiltdata.mcp.tools.ToolBench;
import com.quiltdata.mcp.upstream.BreakerLimits;
import com.quiltdata.mcp.upstream.Upstream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.regions.Region;

/// S3 that fails in every way, for long: what it is still asked, how soon callers know, and what is
/// left behind. Calls run on virtual threads, as those of the server do.
@Timeout(60)
final class S3OutageTest {
  private static final BucketName BUCKET = new BucketName("some-bucket");
  private static final ObjectLocation PLACE = ObjectLocation.of(BUCKET, "some/key");
  private static final String ETAG = "ETag: \"e1\"\r\n";
  private static final String TIME = "Last-Modified: Thu, 26 Nov 2026 00:00:00 GMT\r\n";
  // For machines that are busy with other tests.
  private static final Duration SLACK = Duration.ofSeconds(5);
  private static final BreakerLimits NONE =
      new BreakerLimits(100, 10_000, Duration.ofSeconds(10), Duration.ofSeconds(5));
  private static final RetryLimits QUICK =
      new RetryLimits(3, Duration.ofMillis(1), Duration.ofMillis(2));

  /// Something that asks S3.
  private interface Call {
    void run(S3ObjectStore store) throws Exception;
  }

  private static final List<Call> CALLS =
      List.of(
          store -> store.list(ListRequest.of(BUCKET, "")),
          store -> store.find(PLACE),
          store -> {
            try (ObjectContent content = store.open(PLACE, ByteRange.ALL)) {
              content.stream().readNBytes(100);
            }
          },
          store -> store.put(PLACE, new ByteArrayInputStream(new byte[] {'x'}), PutOptions.NONE),
          S3ObjectStore::buckets);

  private static AwsLimits limits(BreakerLimits breaker) {
    return new AwsLimits(AwsDeadlines.defaults(), QUICK, 50, 10, breaker);
  }

  private static AwsLimits shortLimits(int connections, BreakerLimits breaker) {
    return new AwsLimits(FakeS3.SHORT, QUICK, connections, 10, breaker);
  }

  private static Upstream upstream(AwsServices services) {
    return services.upstream("Amazon S3", Region.US_EAST_1);
  }

  /// Runs a call to its end on a virtual thread.
  private static Optional<Throwable> run(Call call, S3ObjectStore store)
      throws InterruptedException {
    AtomicReference<Optional<Throwable>> end = new AtomicReference<>(Optional.empty());
    Thread thread =
        Thread.ofVirtual()
            .start(() -> end.set(Optional.ofNullable(catchThrowable(() -> call.run(store)))));
    thread.join();
    return end.get();
  }

  private static Fault fails(Call call, S3ObjectStore store) throws InterruptedException {
    Throwable end = run(call, store).orElseThrow(() -> new AssertionError("it did not fail"));
    assertThat(end).isInstanceOf(Fault.class);
    return (Fault) end;
  }

  @ParameterizedTest
  @MethodSource("com.quiltdata.mcp.storage.s3.Outage#all")
  void everyCallEndsInTimeAndLeavesNothingBehind(Outage outage) throws InterruptedException {
    for (Call call : CALLS) {
      try (FakeS3 s3 = new FakeS3(outage.answer())) {
        AwsServices services = new AwsServices(FakeS3.LIMITS);
        long start = System.nanoTime();
        Fault fault = fails(call, s3.store(services, S3Server.ANY));
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .isLessThan(FakeS3.SHORT.call().plus(SLACK));
        assertThat(fault.code()).isIn(FaultCode.UPSTREAM_UNAVAILABLE, FaultCode.TIMEOUT);
        assertThat(fault.text()).startsWith("Amazon S3 ").contains("try again");
        assertThat(attempts(s3)).isBetween(1, 3);
        assertThat(upstream(services).freeConnections()).isEqualTo(50);
      }
    }
  }

  /// Where a plain connection ends without an answer, the JDK itself sends what it may a second
  /// time.
  private static int attempts(FakeS3 s3) {
    return (int)
        s3.asked().stream().map(asked -> asked.headers().get("amz-sdk-request")).distinct().count();
  }

  @Test
  void aBodyThatTricklesEndsWithItsCall() throws Exception {
    CountDownLatch isReading = new CountDownLatch(1);
    try (FakeS3 s3 =
        new FakeS3((_, out) -> {
          out.head(200, "text/plain", 1_000, ETAG, TIME);
          isReading.countDown();
          return out.trickle("");
        })) {
      AwsServices services = new AwsServices(FakeS3.LIMITS);
      S3ObjectStore store = s3.store(services, S3Server.ANY);
      AtomicReference<Throwable> end = new AtomicReference<>();
      Thread reader =
          Thread.ofVirtual().start(() -> end.set(catchThrowable(() -> CALLS.get(2).run(store))));
      isReading.await();
      reader.interrupt();
      reader.join(SLACK);
      assertThat(end.get())
          .isInstanceOfSatisfying(
              Fault.class, fault -> assertThat(fault.code()).isEqualTo(FaultCode.CANCELLED));
      assertThat(s3.asked()).hasSize(1);
      assertThat(upstream(services).freeConnections()).isEqualTo(50);
    }
  }

  @Test
  void aListThatTricklesIsGivenUp() throws InterruptedException {
    try (FakeS3 s3 =
        new FakeS3((_, out) -> {
          out.head(200, "application/xml", 1_000);
          return out.trickle("<ListBucketResult>");
        })) {
      AwsServices services = new AwsServices(FakeS3.LIMITS);
      Fault fault = fails(CALLS.getFirst(), s3.store(services, S3Server.ANY));
      assertThat(fault.code()).isEqualTo(FaultCode.TIMEOUT);
      assertThat(s3.asked()).hasSizeBetween(1, 3);
      assertThat(upstream(services).freeConnections()).isEqualTo(50);
    }
  }

  @Test
  void aListOfAnotherLengthIsNotTaken() throws InterruptedException {
    byte[] xml = "<ListBucketResult></ListBucketResult>".getBytes(UTF_8);
    for (int off : new int[] {-1, 7}) {
      try (FakeS3 s3 =
          new FakeS3((_, out) -> {
            out.head(200, "application/xml", xml.length + off);
            out.write(new String(xml, UTF_8));
            return false;
          })) {
        Fault fault = fails(CALLS.getFirst(), s3.store());
        assertThat(fault.code()).isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE);
        assertThat(s3.asked()).hasSizeBetween(1, 3);
      }
    }
  }

  @Test
  void aPageThatLeadsToItselfIsNoPage() throws InterruptedException {
    try (FakeS3 s3 =
        new FakeS3((_, out) ->
            out.send(
                200,
                "application/xml",
                "<ListBucketResult><NextContinuationToken>t1</NextContinuationToken></ListBucketResult>"
                    .getBytes(UTF_8)))) {
      S3ObjectStore store = s3.store();
      ListRequest first = ListRequest.of(BUCKET, "");
      String next = store.list(first).nextToken().orElseThrow();
      Fault fault = fails(asked -> asked.list(first.from(next)), store);
      assertThat(fault.code()).isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE);
      assertThat(fault.text()).contains("Amazon S3", "some-bucket");
    }
  }

  @Test
  void furtherAttemptsAreATenthOfTheCalls() throws InterruptedException {
    try (FakeS3 s3 = new FakeS3(Outage.SLOW_DOWN.answer())) {
      S3ObjectStore store = s3.store(new AwsServices(limits(NONE)), S3Server.ANY);
      for (int i = 0; i < 100; i++) {
        fails(CALLS.getFirst(), store);
      }
      int before = s3.asked().size();
      assertThat(before).isLessThanOrEqualTo(100 + 10 + 10);
      for (int i = 0; i < 100; i++) {
        fails(CALLS.getFirst(), store);
      }
      assertThat(s3.asked().size() - before).isBetween(100, 110);
    }
  }

  @Test
  void bodiesThatBreakOffAreAskedForOutOfTheSameBudget() throws InterruptedException {
    try (FakeS3 s3 =
        new FakeS3((_, out) -> {
          out.head(200, "text/plain", 10, ETAG, TIME);
          return out.reset();
        })) {
      S3ObjectStore store = s3.store(new AwsServices(limits(NONE)), S3Server.ANY);
      assertThat(fails(CALLS.get(2), store).text()).startsWith("Amazon S3 failed at ");
      assertThat(s3.asked()).hasSizeBetween(1, 3);
      for (int i = 0; i < 99; i++) {
        fails(CALLS.get(2), store);
      }
      assertThat(s3.asked().size()).isLessThanOrEqualTo(100 + 10 + 10);
    }
  }

  @Test
  void isLeftAloneWhileItFailsAndBackWithinTenSeconds() throws InterruptedException {
    AtomicBoolean isBroken = new AtomicBoolean(true);
    AtomicLong now = new AtomicLong();
    try (FakeS3 s3 =
        new FakeS3((_, out) ->
            isBroken.get()
                ? out.refuse(503, "SlowDown")
                : out.send(
                    200,
                    "application/xml",
                    "<ListBucketResult></ListBucketResult>".getBytes(UTF_8)))) {
      AwsServices services = new AwsServices(limits(BreakerLimits.defaults()), now::get);
      S3ObjectStore store = s3.store(services, S3Server.ANY);
      for (int i = 0; i < 100; i++) {
        fails(CALLS.getFirst(), store);
      }
      assertThat(s3.asked()).hasSize(20);
      assertThat(fails(CALLS.get(1), store))
          .satisfies(fault -> assertThat(fault.code()).isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE))
          .hasMessage(
              "Amazon S3 failed too often just now and is left alone for a while: try again in 5"
                  + " seconds");
      isBroken.set(false);
      now.addAndGet(Duration.ofMillis(5_001).toNanos());
      for (int i = 0; i < 10; i++) {
        assertThat(run(CALLS.getFirst(), store)).isEmpty();
      }
      assertThat(s3.asked()).hasSize(30);
      assertThat(upstream(services).freeConnections()).isEqualTo(50);
    }
  }

  @Test
  void silenceCountsAsFailure() throws InterruptedException {
    try (FakeS3 s3 = new FakeS3(Outage.SILENCE.answer())) {
      AwsServices services =
          new AwsServices(
              shortLimits(
                  50, new BreakerLimits(50, 3, Duration.ofSeconds(60), Duration.ofSeconds(60))));
      S3ObjectStore store = s3.store(services, S3Server.ANY);
      fails(CALLS.getFirst(), store);
      fails(CALLS.getFirst(), store);
      assertThat(fails(CALLS.getFirst(), store).text()).contains("left alone");
    }
  }

  @Test
  void whatTheCallerMayNotDoCountsForNothing() throws InterruptedException {
    try (FakeS3 s3 = new FakeS3((_, out) -> out.refuse(403, "AccessDenied"))) {
      S3ObjectStore store =
          s3.store(new AwsServices(limits(BreakerLimits.defaults())), S3Server.ANY);
      for (int i = 0; i < 40; i++) {
        assertThat(fails(CALLS.getFirst(), store).code()).isEqualTo(FaultCode.FORBIDDEN_ACTION);
      }
      assertThat(s3.asked()).hasSize(40);
    }
  }

  @Test
  void holdsItsConnectionsToANumber() throws Exception {
    try (FakeS3 s3 =
        new FakeS3((_, out) -> out.send(200, "text/plain", new byte[100_000], ETAG, TIME))) {
      AwsServices services = new AwsServices(shortLimits(2, NONE));
      S3ObjectStore store = s3.store(services, S3Server.ANY);
      Deque<ObjectContent> open = new ArrayDeque<>();
      open.add(store.open(PLACE, ByteRange.ALL));
      open.add(store.open(PLACE, ByteRange.ALL));
      Fault fault = fails(CALLS.get(2), store);
      assertThat(fault.code()).isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE);
      assertThat(fault.text())
          .isEqualTo(
              "All 2 connections of this server to Amazon S3 are in use: try again, with less at"
                  + " once");
      assertThat(s3.asked()).hasSize(2);
      open.removeFirst().close();
      assertThat(run(CALLS.get(2), store)).isEmpty();
      open.removeFirst().close();
      assertThat(upstream(services).freeConnections()).isEqualTo(2);
    }
  }

  @Test
  void manyCallsShareFewConnections() throws InterruptedException {
    AtomicInteger open = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    try (FakeS3 s3 =
        new FakeS3((_, out) -> {
          most.accumulateAndGet(open.incrementAndGet(), Math::max);
          Outage.pause(Duration.ofMillis(5));
          open.decrementAndGet();
          return out.send(200, "text/plain", new byte[100], ETAG, TIME);
        })) {
      AwsServices services =
          new AwsServices(new AwsLimits(AwsDeadlines.defaults(), QUICK, 4, 10, NONE));
      S3ObjectStore store = s3.store(services, S3Server.ANY);
      AtomicInteger failed = new AtomicInteger();
      List<Thread> callers =
          IntStream.range(0, 64)
              .mapToObj(_ ->
                  Thread.ofVirtual()
                      .start(() -> {
                        if (catchThrowable(() -> CALLS.get(2).run(store)) != null) {
                          failed.incrementAndGet();
                        }
                      }))
              .toList();
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(failed).hasValue(0);
      assertThat(most.get()).isLessThanOrEqualTo(4);
      assertThat(upstream(services).freeConnections()).isEqualTo(4);
    }
  }

  private static S3ObjectStore storeAt(URI endpoint, AwsServices services) {
    S3Clients clients =
        new S3Clients(
            new S3Config(Optional.of(endpoint), Optional.of("us-east-1"), Optional.empty()),
            services);
    return new S3ObjectStore(new Conversation(clients, S3Server.ANY), Clock.systemUTC());
  }

  @Test
  void aNameWithoutAddressIsAFault() throws InterruptedException {
    AwsServices services = new AwsServices(FakeS3.LIMITS);
    for (Call call : CALLS) {
      Fault fault = fails(call, storeAt(URI.create("http://s3.nowhere.invalid"), services));
      assertThat(fault.code()).isIn(FaultCode.UPSTREAM_UNAVAILABLE, FaultCode.TIMEOUT);
      assertThat(fault.text()).startsWith("Amazon S3 ").doesNotContain("nowhere.invalid");
    }
    assertThat(upstream(services).freeConnections()).isEqualTo(50);
  }

  @Test
  void aServerThatSpeaksNoTlsIsAFault() throws Exception {
    AtomicInteger accepted = new AtomicInteger();
    try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual()
          .start(() -> {
            try {
              while (true) {
                try (Socket socket = server.accept()) {
                  accepted.incrementAndGet();
                  socket.getOutputStream().write("HTTP/1.1 400 X\r\n\r\n".getBytes(UTF_8));
                }
              }
            } catch (IOException _) {
              // The test is over.
            }
          });
      AwsServices services = new AwsServices(FakeS3.LIMITS);
      URI endpoint = URI.create("https://127.0.0.1:" + server.getLocalPort());
      Fault fault = fails(CALLS.getFirst(), storeAt(endpoint, services));
      assertThat(fault.code()).isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE);
      assertThat(fault.text()).startsWith("Amazon S3 ");
      assertThat(accepted).hasValueBetween(1, 3);
      assertThat(upstream(services).freeConnections()).isEqualTo(50);
    }
  }

  @Test
  void toolsTellWhichServiceFails() {
    try (FakeS3 s3 = new FakeS3(Outage.SLOW_DOWN.answer())) {
      ToolBench bench =
          new ToolBench(s3.store(new AwsServices(limits(BreakerLimits.defaults())), S3Server.ANY));
      for (List<Object> call :
          List.<List<Object>>of(
              List.of("bucket_list"),
              List.of("bucket_objects_list", "bucket", "some-bucket"),
              List.of("bucket_object_info", "s3_uri", "s3://some-bucket/a"),
              List.of("bucket_object_text", "s3_uri", "s3://some-bucket/a"),
              List.of("packages_list", "registry", "s3://some-bucket"),
              List.of("package_browse", "registry", "s3://some-bucket", "package_name", "a/b"))) {
        Object[] arguments = call.subList(1, call.size()).toArray();
        ToolBench.Answer answer = bench.local(call.getFirst().toString(), arguments);
        assertThat(answer.isSuccess()).isFalse();
        assertThat(answer.text("code")).isEqualTo("upstream_unavailable");
        assertThat(answer.fields().toString()).contains("Amazon S3 failed", "try again");
      }
    }
  }
}
