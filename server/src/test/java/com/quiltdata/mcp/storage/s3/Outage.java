package com.quiltdata.mcp.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.quiltdata.mcp.storage.s3.FakeS3.Answer;
import com.quiltdata.mcp.storage.s3.FakeS3.Connection;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// A way in which a service fails.
///
/// @param name for the report of a test
/// @param answer to every request
record Outage(String name, Answer answer) {
  static final Outage SLOW_DOWN =
      new Outage("503 SlowDown", (_, out) -> out.refuse(503, "SlowDown"));
  static final Outage SILENCE = new Outage("silence", (_, out) -> out.keepSilent());

  /// All of them.
  static Stream<Outage> all() {
    return Stream.of(
        SLOW_DOWN,
        new Outage("500", (_, out) -> out.refuse(500, "InternalError")),
        new Outage("429", (_, out) -> out.refuse(429, "TooManyRequests")),
        new Outage(
            "502 in HTML",
            (_, out) -> out.send(502, "text/html", "<html>502</html>".getBytes(UTF_8))),
        new Outage(
            "500 without XML",
            (_, out) -> out.send(500, "application/xml", "{\"no\": xml".getBytes(UTF_8))),
        new Outage("reset", (_, out) -> out.reset()),
        new Outage("no answer", (_, _) -> false),
        SILENCE,
        new Outage(
            "silence in the head",
            (_, out) -> {
              out.write("HTTP/1.1 200 X\r\nContent-");
              return out.keepSilent();
            }),
        new Outage(
            "byte by byte",
            (_, out) -> out.trickle("HTTP/1.1 200 X\r\nContent-Type: text/plain\r\n\r\n")),
        new Outage(
            "no HTTP",
            (_, out) -> {
              out.write("\u0016\u0003\u0001 no HTTP at all\r\n\r\n");
              return false;
            }),
        new Outage("cut in the body", (_, out) -> cut(out)),
        new Outage(
            "reset in the body",
            (_, out) -> {
              cut(out);
              return out.reset();
            }));
  }

  private static boolean cut(Connection out) throws IOException {
    out.head(500, "application/xml", 1_000);
    out.write("<Error><Code>Int");
    return false;
  }

  @Override
  public String toString() {
    return name;
  }

  /// Nothing more until the other side has gone.
  static boolean silence() {
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return false;
  }

  /// The time between two bytes that come slowly.
  static void pause(Duration time) throws IOException {
    try {
      boolean isOver = new CountDownLatch(1).await(time.toMillis(), TimeUnit.MILLISECONDS);
      if (isOver) {
        throw new IOException("nobody counts down");
      }
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }
}
