package com.quiltdata.mcp.storage.s3;

import static com.quiltdata.mcp.storage.s3.OutageBench.EMPTY_LIST;
import static com.quiltdata.mcp.storage.s3.OutageBench.ETAG;
import static com.quiltdata.mcp.storage.s3.OutageBench.FIND;
import static com.quiltdata.mcp.storage.s3.OutageBench.LIST;
import static com.quiltdata.mcp.storage.s3.OutageBench.PLACE;
import static com.quiltdata.mcp.storage.s3.OutageBench.READ;
import static com.quiltdata.mcp.storage.s3.OutageBench.TIME;
import static com.quiltdata.mcp.storage.s3.OutageBench.assertFreeConnections;
import static com.quiltdata.mcp.storage.s3.OutageBench.fails;
import static com.quiltdata.mcp.storage.s3.OutageBench.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.quiltdata.mcp.aws.AwsDeadlines;
import com.quiltdata.mcp.aws.AwsLimits;
import com.quiltdata.mcp.aws.AwsServices;
import com.quiltdata.mcp.aws.RetryLimits;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.upstream.BreakerLimits;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// S3 that fails for long, or is slow: what it is still asked, and over how many connections.
@Timeout(60)
final class S3BudgetTest {
  private static final BreakerLimits NONE =
      new BreakerLimits(100, 10_000, Duration.ofSeconds(10), Duration.ofSeconds(5));
  private static final RetryLimits QUICK =
      new RetryLimits(3, Duration.ofMillis(1), Duration.ofMillis(2));

  private static AwsLimits limits(BreakerLimits breaker) {
    return new AwsLimits(AwsDeadlines.defaults(), QUICK, 50, 10, breaker);
  }

  private static AwsLimits shortLimits(int connections, BreakerLimits breaker) {
    return new AwsLimits(FakeS3.SHORT, QUICK, connections, 10, breaker);
  }

  @Test
  void furtherAttemptsAreATenthOfTheCalls() throws InterruptedException {
    try (FakeS3 s3 = new FakeS3(Outage.SLOW_DOWN.answer())) {
      S3ObjectStore store = s3.store(new AwsServices(limits(NONE)), S3Server.ANY);
      for (int i = 0; i < 100; i++) {
        fails(LIST, store);
      }
      int before = s3.asked().size();
      assertThat(before).isLessThanOrEqualTo(100 + 10 + 10);
      for (int i = 0; i < 100; i++) {
        fails(LIST, store);
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
      assertThat(fails(READ, store).text()).startsWith("Amazon S3 failed at ");
      assertThat(s3.asked()).hasSizeBetween(1, 3);
      for (int i = 0; i < 99; i++) {
        fails(READ, store);
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
                : out.send(200, "application/xml", EMPTY_LIST))) {
      AwsServices services = new AwsServices(limits(BreakerLimits.defaults()), now::get);
      S3ObjectStore store = s3.store(services, S3Server.ANY);
      for (int i = 0; i < 100; i++) {
        fails(LIST, store);
      }
      assertThat(s3.asked()).hasSize(20);
      assertThat(fails(FIND, store))
          .satisfies(fault -> assertThat(fault.code()).isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE))
          .hasMessage(
              "Amazon S3 failed too often just now and is left alone for a while: try again in 5"
                  + " seconds");
      isBroken.set(false);
      now.addAndGet(Duration.ofMillis(5_001).toNanos());
      for (int i = 0; i < 10; i++) {
        assertThat(run(LIST, store)).isEmpty();
      }
      assertThat(s3.asked()).hasSize(30);
      assertFreeConnections(services, 50);
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
      fails(LIST, store);
      fails(LIST, store);
      assertThat(fails(LIST, store).text()).contains("left alone");
    }
  }

  @Test
  void whatTheCallerMayNotDoCountsForNothing() throws InterruptedException {
    try (FakeS3 s3 = new FakeS3((_, out) -> out.refuse(403, "AccessDenied"))) {
      S3ObjectStore store =
          s3.store(new AwsServices(limits(BreakerLimits.defaults())), S3Server.ANY);
      for (int i = 0; i < 40; i++) {
        assertThat(fails(LIST, store).code()).isEqualTo(FaultCode.FORBIDDEN_ACTION);
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
      Fault fault = fails(READ, store);
      assertThat(fault.code()).isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE);
      assertThat(fault.text())
          .isEqualTo(
              "All 2 connections of this server to Amazon S3 are in use: try again, with less at"
                  + " once");
      assertThat(s3.asked()).hasSize(2);
      open.removeFirst().close();
      assertThat(run(READ, store)).isEmpty();
      open.removeFirst().close();
      assertFreeConnections(services, 2);
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
                        if (catchThrowable(() -> READ.run(store)) != null) {
                          failed.incrementAndGet();
                        }
                      }))
              .toList();
      for (Thread caller : callers) {
        caller.join();
      }
      assertThat(failed).hasValue(0);
      assertThat(most.get()).isLessThanOrEqualTo(4);
      assertFreeConnections(services, 4);
    }
  }
}
