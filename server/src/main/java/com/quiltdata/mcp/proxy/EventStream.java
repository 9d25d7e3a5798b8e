package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.concurrent.Heartbeat;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import com.quiltdata.mcp.proxy.Handshake.Agreed;
import java.io.IOException;
import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The stream of what belongs to no request, in revisions with `initialize` (MCP 2025-11-25,
/// basic/transports, "Listening for messages from the server"). One at a time; it is opened again
/// when it ends. Thread-safe.
final class EventStream implements AutoCloseable {
  private static final Duration STEADY = Duration.ofSeconds(10);
  static final String LAST_EVENT = "Last-Event-ID";

  private final EventLog log = EventLog.named("proxy");
  private final Remote remote;
  private final Handshake handshake;
  private final AnswerReader reader;
  private final Inbox inbox;
  private final Heartbeat heartbeat;
  private final ProxyConfig config;
  private Optional<Thread> current = Optional.empty();

  EventStream(
      Remote remote,
      Handshake handshake,
      AnswerReader reader,
      Inbox inbox,
      Heartbeat heartbeat,
      ProxyConfig config) {
    this.remote = remote;
    this.handshake = handshake;
    this.reader = reader;
    this.inbox = inbox;
    this.heartbeat = heartbeat;
    this.config = config;
  }

  /// Opens the stream of what is agreed on now, instead of the one before.
  synchronized void open() {
    close();
    current =
        handshake
            .agreed()
            .map(agreed -> Thread.ofVirtual().name("events").start(() -> follow(agreed)));
  }

  @Override
  public synchronized void close() {
    current.ifPresent(Thread::interrupt);
    current = Optional.empty();
  }

  private void follow(Agreed agreed) {
    Backoff backoff = new Backoff(config.patience());
    Optional<String> lastId = Optional.empty();
    try {
      while (true) {
        long start = System.nanoTime();
        Optional<AnswerReader.End> end = listen(agreed, lastId);
        if (end.isEmpty()) {
          return;
        }
        lastId = end.get().lastId();
        if (System.nanoTime() - start > STEADY.toNanos()) {
          backoff = new Backoff(config.patience());
        }
        backoff.pauseAnyway(end.get().pause());
      }
    } catch (InterruptedException _) {
      // The client has left, or another stream takes over.
    }
  }

  /// Reads one stream.
  ///
  /// @return how it ended, or empty when the server has none
  private Optional<AnswerReader.End> listen(Agreed agreed, Optional<String> lastId)
      throws InterruptedException {
    Map<String, String> headers = new HashMap<>(agreed.headers());
    lastId.ifPresent(id -> headers.put(LAST_EVENT, id));
    AnswerReader.End again = new AnswerReader.End(lastId, Duration.ZERO, Optional.empty());
    try (Watch watch = new Watch(heartbeat, config.silence())) {
      try {
        HttpResponse<InputStream> answer = remote.get(headers);
        try (InputStream body = watch.over(answer.body())) {
          int status = answer.statusCode();
          if (status == 200 && Remote.isStream(answer)) {
            AnswerReader.End end =
                reader.read(
                    answer,
                    body,
                    watch,
                    json -> {
                      inbox.take(json);
                      return true;
                    });
            requireRunning(watch);
            return Optional.of(
                new AnswerReader.End(end.lastId().or(() -> lastId), end.pause(), end.failure()));
          }
          AnswerReader.finish(body, watch);
          boolean isPassing = status == 429 || status >= 500;
          log.event(
              isPassing ? Level.INFO : Level.DEBUG,
              "proxy.no_stream",
              LogFields.of("http.status", status));
          return isPassing ? Optional.of(again) : Optional.empty();
        }
      } catch (IOException e) {
        requireRunning(watch);
        log.event(
            Level.INFO, "proxy.no_stream", LogFields.of("reason", e.getClass().getSimpleName()));
        return Optional.of(again);
      } catch (InterruptedException e) {
        if (watch.hasExpired()) {
          return Optional.of(again);
        }
        throw e;
      }
    }
  }

  private static void requireRunning(Watch watch) throws InterruptedException {
    if (Thread.currentThread().isInterrupted() && !watch.hasExpired()) {
      throw new InterruptedException();
    }
  }
}
