package com.quiltdata.mcp.storage.s3;

import static com.quiltdata.mcp.storage.s3.OutageBench.BUCKET;
import static com.quiltdata.mcp.storage.s3.OutageBench.CALLS;
import static com.quiltdata.mcp.storage.s3.OutageBench.EMPTY_LIST;
import static com.quiltdata.mcp.storage.s3.OutageBench.ETAG;
import static com.quiltdata.mcp.storage.s3.OutageBench.LIST;
import static com.quiltdata.mcp.storage.s3.OutageBench.READ;
import static com.quiltdata.mcp.storage.s3.OutageBench.TIME;
import static com.quiltdata.mcp.storage.s3.OutageBench.assertFreeConnections;
import static com.quiltdata.mcp.storage.s3.OutageBench.fails;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.quiltdata.mcp.aws.AwsLimits;
import com.quiltdata.mcp.aws.AwsServices;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.tools.ToolBench;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// S3 that fails in every way: how soon callers know, how often it is asked, and what is left
/// behind.
@Timeout(60)
final class S3OutageTest {
  // For machines that are busy with other tests.
  private static final Duration SLACK = Duration.ofSeconds(5);

  @ParameterizedTest
  @MethodSource("com.quiltdata.mcp.storage.s3.Outage#all")
  void everyCallEndsInTimeAndLeavesNothingBehind(Outage outage) throws InterruptedException {
    for (OutageBench.Call call : CALLS) {
      try (FakeS3 s3 = new FakeS3(outage.answer())) {
        AwsServices services = new AwsServices(FakeS3.LIMITS);
        long start = System.nanoTime();
        Fault fault = fails(call, s3.store(services, S3Server.ANY));
        assertThat(Duration.ofNanos(System.nanoTime() - start))
            .isLessThan(FakeS3.SHORT.call().plus(SLACK));
        assertThat(fault.code()).isIn(FaultCode.UPSTREAM_UNAVAILABLE, FaultCode.TIMEOUT);
        assertThat(fault.text()).startsWith("Amazon S3 ").contains("try again");
        assertThat(attempts(s3)).isBetween(1, 3);
        assertFreeConnections(services, 50);
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
          Thread.ofVirtual().start(() -> end.set(catchThrowable(() -> READ.run(store))));
      isReading.await();
      reader.interrupt();
      reader.join(SLACK);
      assertThat(end.get())
          .isInstanceOfSatisfying(
              Fault.class, fault -> assertThat(fault.code()).isEqualTo(FaultCode.CANCELLED));
      assertThat(s3.asked()).hasSize(1);
      assertFreeConnections(services, 50);
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
      Fault fault = fails(LIST, s3.store(services, S3Server.ANY));
      assertThat(fault.code()).isEqualTo(FaultCode.TIMEOUT);
      assertThat(s3.asked()).hasSizeBetween(1, 3);
      assertFreeConnections(services, 50);
    }
  }

  @Test
  void aListOfAnotherLengthIsNotTaken() throws InterruptedException {
    for (int off : new int[] {-1, 7}) {
      try (FakeS3 s3 =
          new FakeS3((_, out) -> {
            out.head(200, "application/xml", EMPTY_LIST.length + off);
            out.write(new String(EMPTY_LIST, UTF_8));
            return false;
          })) {
        Fault fault = fails(LIST, s3.store());
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
    for (OutageBench.Call call : CALLS) {
      Fault fault = fails(call, storeAt(URI.create("http://s3.nowhere.invalid"), services));
      assertThat(fault.code()).isIn(FaultCode.UPSTREAM_UNAVAILABLE, FaultCode.TIMEOUT);
      assertThat(fault.text()).startsWith("Amazon S3 ").doesNotContain("nowhere.invalid");
    }
    assertFreeConnections(services, 50);
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
      Fault fault = fails(LIST, storeAt(endpoint, services));
      assertThat(fault.code()).isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE);
      assertThat(fault.text()).startsWith("Amazon S3 ");
      assertThat(accepted).hasValueBetween(1, 3);
      assertFreeConnections(services, 50);
    }
  }

  @Test
  void toolsTellWhichServiceFails() {
    try (FakeS3 s3 = new FakeS3(Outage.SLOW_DOWN.answer())) {
      ToolBench bench =
          new ToolBench(s3.store(new AwsServices(AwsLimits.defaults()), S3Server.ANY));
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
