package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/// Reads the messages of answers, one or a stream of them. Thread-safe.
final class AnswerReader {
  private static final int PIECE = 16 << 10;
  private static final int MAX_REST = 4 << 10;
  private static final Duration REST_TIME = Duration.ofSeconds(1);

  private final EventLog log = EventLog.named("proxy");
  private final ReentrantLock turn = new ReentrantLock();
  private final int maxBytes;

  /// Takes messages.
  @FunctionalInterface
  interface Sink {
    /// Takes one.
    ///
    /// @return whether more are wanted
    /// @throws MalformedJsonException when it is no message
    boolean take(byte[] json);
  }

  /// How reading ended.
  ///
  /// @param lastId of the events, where the server goes on from when it is asked to
  /// @param pause before it is asked
  /// @param failure what broke the stream
  record End(Optional<String> lastId, Duration pause, Optional<IOException> failure) {
    static End whole() {
      return new End(Optional.empty(), Duration.ZERO, Optional.empty());
    }
  }

  AnswerReader(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /// Reads until the sink wants no more, or there is no more.
  ///
  /// @throws MalformedJsonException when an answer that is no stream is no message
  End read(HttpResponse<?> answer, InputStream body, Watch watch, Sink sink)
      throws IOException, InterruptedException {
    try (MessageBuffer buffer = new MessageBuffer(maxBytes, turn)) {
      if (!Remote.isStream(answer)) {
        sink.take(whole(body, buffer));
        return End.whole();
      }
      return events(new SseReader(body, buffer), body, watch, sink);
    }
  }

  private End events(SseReader events, InputStream body, Watch watch, Sink sink)
      throws InterruptedException {
    Optional<IOException> failure = Optional.empty();
    try {
      boolean isMoreWanted = true;
      while (isMoreWanted) {
        Optional<byte[]> event = events.next();
        if (event.isEmpty()) {
          break;
        }
        isMoreWanted = take(event.get(), sink);
      }
      if (!isMoreWanted) {
        finish(body, watch);
      }
    } catch (IOException e) {
      failure = Optional.of(e);
    }
    return new End(events.lastId(), events.pause().orElse(Duration.ZERO), failure);
  }

  private boolean take(byte[] event, Sink sink) {
    try {
      return sink.take(event);
    } catch (MalformedJsonException e) {
      log.event(
          Level.WARNING,
          "proxy.dropped",
          LogFields.of("reason", "an event of the server is no message: " + e.getMessage()));
      return true;
    }
  }

  /// A body that is read to its end leaves the connection for the next request.
  static void finish(InputStream body, Watch watch) {
    watch.shorten(REST_TIME);
    try {
      body.skipNBytes(MAX_REST);
    } catch (IOException _) {
      // There was less, as it should be, or it took too long.
    }
  }

  private static byte[] whole(InputStream body, MessageBuffer buffer)
      throws IOException, InterruptedException {
    byte[] piece = new byte[PIECE];
    for (int count = body.read(piece); count >= 0; count = body.read(piece)) {
      buffer.add(piece, 0, count);
    }
    return buffer.bytes();
  }
}
