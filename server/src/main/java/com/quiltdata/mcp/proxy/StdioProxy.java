package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.concurrent.Heartbeat;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import com.quiltdata.mcp.protocol.ErrorCode;
import com.quiltdata.mcp.protocol.RequestId;
import com.quiltdata.mcp.transport.stdio.LineReader;
import com.quiltdata.mcp.transport.stdio.LineReader.Line;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.System.Logger.Level;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import tools.jackson.databind.JsonNode;

/// Serves one client, which started this process, from a server over HTTP: a message a line in, a
/// message a line out. Ends soon after the input ends.
public final class StdioProxy {
  private static final JsonLimits LIMITS = new JsonLimits(512, 1_000_000, 1_000, 4_096);
  private static final Duration GOODBYE = Duration.ofSeconds(2);

  /// Looks at all waits of the process.
  private static final Heartbeat HEARTBEAT =
      new Heartbeat("proxy-heartbeat", Duration.ofMillis(250));

  private final EventLog log = EventLog.named("proxy");
  private final StrictJson json = new StrictJson(LIMITS);
  private final Flights flights = new Flights();
  private final Map<Flight, Thread> threads = new ConcurrentHashMap<>();
  private final Handshake handshake = new Handshake();
  private final ProxyConfig config;
  private final LineReader lines;
  private final ClientOutput output;
  private final Remote remote;
  private final EventStream events;
  private final Parts parts;
  private boolean hasEnded;
  private CountDownLatch opening = new CountDownLatch(0);

  /// A proxy.
  ///
  /// @param config what it is told
  /// @param in messages of the client
  /// @param out messages to the client, nothing else
  public StdioProxy(ProxyConfig config, InputStream in, PrintStream out) {
    this.config = config;
    this.lines = new LineReader(in, config.limits().lineBytes());
    this.output = new ClientOutput(out);
    this.remote = new Remote(config.url(), config.token());
    ToolHeaders tools = new ToolHeaders();
    RequestHeaders headers = new RequestHeaders(handshake, tools);
    AnswerReader reader = new AnswerReader(config.limits().messageBytes());
    Inbox inbox = new Inbox(flights, output);
    OwnRequests own = new OwnRequests(remote, headers, reader, HEARTBEAT, json);
    this.events = new EventStream(remote, handshake, reader, inbox, HEARTBEAT, config);
    this.parts =
        new Parts(
            config,
            remote,
            handshake,
            headers,
            tools,
            new ToolLookup(tools, own),
            new Reopening(handshake, own, events),
            events,
            reader,
            inbox,
            output,
            new Refusals(config.url(), config.token(), json),
            new Results(handshake, tools, json),
            HEARTBEAT,
            new Semaphore(config.limits().exchanges(), true));
  }

  /// Serves until the input ends. What is under way then has a moment to finish.
  public void serve() {
    log.event(
        Level.INFO,
        "proxy.start",
        LogFields.of("url", config.url().toString()).with("token", config.token().isSent()));
    try {
      for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
        switch (line.get()) {
          case Line.Whole(byte[] bytes) when bytes.length == 0 -> {
            // an empty line is no message
          }
          case Line.Whole(byte[] bytes) -> take(bytes);
          case Line.TooLong _ ->
              output.error(
                  Optional.empty(),
                  ErrorCode.PARSE_ERROR,
                  "Parse error: the message is over %d bytes"
                      .formatted(config.limits().lineBytes()));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      end();
    }
  }

  private void take(byte[] line) {
    JsonNode node;
    try {
      node = json.read(line);
    } catch (MalformedJsonException e) {
      output.error(Optional.empty(), ErrorCode.PARSE_ERROR, "Parse error: " + e.getMessage());
      return;
    }
    try {
      Outgoing outgoing = Outgoing.of(line, node);
      if (outgoing.isA("notifications/cancelled")) {
        cancel(outgoing);
      } else {
        start(outgoing, () -> {});
      }
    } catch (MalformedJsonException e) {
      output.error(
          Optional.ofNullable(node.get("id")).flatMap(RequestId::of),
          ErrorCode.INVALID_REQUEST,
          "Invalid request: " + e.getMessage());
    }
  }

  /// In a revision without `initialize` the closed exchange tells the server; earlier ones have a
  /// message for it.
  private void cancel(Outgoing outgoing) {
    Optional<RequestId> id =
        outgoing
            .single()
            .map(message -> message.parameters().path("requestId"))
            .flatMap(RequestId::of);
    Optional<Flight> flight = id.flatMap(flights::of);
    if (id.isEmpty() || flight.isEmpty() || flight.get().outgoing().isA(Outgoing.INITIALIZE)) {
      return;
    }
    flight.get().cancel(id.get());
    Runnable close =
        () -> {
          if (flight.get().isCancelled()) {
            Optional.ofNullable(threads.get(flight.get())).ifPresent(Thread::interrupt);
          }
        };
    if (flight.get().outgoing().statelessVersion().isPresent()) {
      close.run();
    } else {
      start(outgoing, close);
    }
  }

  private void start(Outgoing outgoing, Runnable then) {
    Flight flight = new Flight(outgoing);
    if (threads.size() >= config.limits().messages()) {
      refuse(flight, "%d messages are under way already".formatted(threads.size()));
      return;
    }
    long bytes = threads.keySet().stream().mapToLong(other -> other.outgoing().line().length).sum();
    if (bytes > 2L * config.limits().lineBytes()) {
      refuse(flight, "messages of %d bytes are under way already".formatted(bytes));
      return;
    }
    CountDownLatch before = opening;
    CountDownLatch done = new CountDownLatch(1);
    if (outgoing.isOpening()) {
      opening = done;
    }
    flights.add(flight);
    Thread thread =
        Thread.ofVirtual().name("delivery").unstarted(() -> deliver(flight, before, done, then));
    threads.put(flight, thread);
    thread.start();
  }

  private void deliver(Flight flight, CountDownLatch before, CountDownLatch done, Runnable then) {
    try {
      if (flight.outgoing().statelessVersion().isEmpty()) {
        before.await();
      }
      new Delivery(parts, flight).run();
    } catch (InterruptedException _) {
      // Cancelled, or the proxy ends.
    } catch (RuntimeException e) {
      log.defect("delivery", e);
      refuse(flight, "a defect of the proxy; its log on standard error knows more");
    } finally {
      flights.remove(flight);
      threads.remove(flight);
      done.countDown();
      then.run();
    }
  }

  private void refuse(Flight flight, String reason) {
    flight
        .claimAll()
        .forEach(id ->
            output.error(
                Optional.of(id),
                ErrorCode.INTERNAL_ERROR,
                "The proxy did not carry this out: %s.".formatted(reason)));
  }

  private void end() {
    try {
      long end = System.nanoTime() + config.grace().toNanos();
      for (Thread thread : threads.values()) {
        thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())));
      }
      threads.forEach((flight, thread) -> {
        refuse(flight, "its input has ended");
        thread.interrupt();
      });
      stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      remote.close();
    }
  }

  /// Ends at once, or waits for the end if it has begun; for a process that is told to end.
  public synchronized void stop() {
    if (!hasEnded) {
      hasEnded = true;
      events.close();
      leave();
    }
  }

  /// Gives a session back, if there is one. The server may refuse.
  private void leave() {
    Optional<Handshake.Agreed> session =
        handshake.agreed().filter(agreed -> agreed.sessionId().isPresent());
    if (session.isEmpty()) {
      return;
    }
    try (Watch watch = new Watch(HEARTBEAT, GOODBYE)) {
      HttpResponse<InputStream> answer = remote.delete(session.get().headers());
      try (InputStream body = watch.over(answer.body())) {
        AnswerReader.finish(body, watch);
      }
      log.event(Level.DEBUG, "proxy.left", LogFields.of("http.status", answer.statusCode()));
    } catch (IOException | InterruptedException e) {
      log.event(Level.DEBUG, "proxy.left", LogFields.of("reason", e.getClass().getSimpleName()));
    }
  }
}
