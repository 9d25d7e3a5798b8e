package com.quiltdata.mcp.transport.stdio;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.observe.RequestContext;
import com.quiltdata.mcp.protocol.Conversation;
import com.quiltdata.mcp.protocol.McpEndpoint;
import com.quiltdata.mcp.protocol.Outcome;
import com.quiltdata.mcp.protocol.Reply;
import com.quiltdata.mcp.protocol.RequestId;
import com.quiltdata.mcp.transport.ResultRoom;
import com.quiltdata.mcp.transport.RunningRequest;
import com.quiltdata.mcp.transport.Surface;
import com.quiltdata.mcp.transport.stdio.LineReader.Line;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/// Serves one client, which started this process: a message a line in, a message a line out, logs
/// elsewhere (MCP 2026-07-28, basic/transports, "stdio"). Ends soon after the input ends.
public final class StdioTransport {
  private static final Duration PATIENCE = Duration.ofHours(1);

  /// What still runs when the input ends may finish within this time: a script that pipes requests
  /// in has closed its end long before the answers come.
  private static final Duration GRACE = Duration.ofSeconds(2);

  private final McpEndpoint endpoint;
  private final PrintStream out;
  private final LineReader lines;
  private final int maxLineBytes;
  private final Duration grace;
  private final ResultRoom room;
  private final ReentrantLock writing = new ReentrantLock();
  private final Map<RequestId, RunningRequest> running = new ConcurrentHashMap<>();
  private final Set<Thread> writers = ConcurrentHashMap.newKeySet();
  private final Caller caller = new Caller.Local();
  private final Conversation conversation = new Conversation();
  private long requests;

  /// A transport.
  ///
  /// @param endpoint answers
  /// @param in messages of the client
  /// @param out messages to the client, nothing else
  /// @param maxLineBytes longest message
  /// @param room for large results
  public StdioTransport(
      McpEndpoint endpoint, InputStream in, PrintStream out, int maxLineBytes, ResultRoom room) {
    this(endpoint, in, out, maxLineBytes, room, GRACE);
  }

  StdioTransport(
      McpEndpoint endpoint,
      InputStream in,
      PrintStream out,
      int maxLineBytes,
      ResultRoom room,
      Duration grace) {
    this.endpoint = endpoint;
    this.lines = new LineReader(in, maxLineBytes);
    this.out = out;
    this.grace = grace;
    this.room = room;
    this.maxLineBytes = maxLineBytes;
  }

  /// Serves until the input ends. What still runs then has a moment to finish and is cancelled.
  public void serve() {
    try {
      for (Optional<Line> line = lines.next(); line.isPresent(); line = lines.next()) {
        switch (line.get()) {
          case Line.Whole(byte[] bytes) when bytes.length == 0 -> {
            // an empty line is no message
          }
          case Line.Whole(byte[] bytes) -> take(bytes);
          case Line.TooLong _ -> write(endpoint.tooLong(maxLineBytes, conversation));
        }
      }
      finish();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      running.values().forEach(RunningRequest::cancel);
    }
  }

  private void finish() {
    endpoint.endStreams();
    long end = System.nanoTime() + grace.toNanos();
    try {
      for (Thread writer : writers) {
        writer.join(Duration.ofNanos(Math.max(0, end - System.nanoTime())));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void take(byte[] line) {
    String requestId = "stdio-" + ++requests;
    switch (endpoint.take(line, caller, conversation, requestId)) {
      case Outcome.Answered answered -> write(answered.reply());
      case Outcome.Cancels cancels ->
          Optional.ofNullable(running.remove(cancels.id())).ifPresent(RunningRequest::cancel);
      case Outcome.Work work -> start(work, new RequestContext(requestId, caller.name()));
      case Outcome.NeedsToken _, Outcome.NeedsScope _ ->
          throw new IllegalStateException("stdio has a caller");
    }
  }

  private void start(Outcome.Work work, RequestContext context) {
    RunningRequest request = RunningRequest.of(work, context, room, Surface.OPEN);
    running.put(work.id(), request);
    request.begin();
    Thread writer =
        Thread.ofVirtual()
            .name("writer-" + context.requestId())
            .unstarted(() -> drain(work.id(), request));
    writers.add(writer);
    writer.start();
  }

  private void drain(RequestId id, RunningRequest request) {
    try {
      while (true) {
        Optional<RunningRequest.Event> event = request.next(PATIENCE);
        if (event.isEmpty()) {
          continue;
        }
        switch (event.get()) {
          case RunningRequest.Event.Notification notification -> write(notification.json());
          case RunningRequest.Event.Opened _ -> {
            // here all is one stream
          }
          case RunningRequest.Event.Finished finished -> {
            write(finished.reply());
            return;
          }
          case RunningRequest.Event.Cancelled _, RunningRequest.Event.Failed _ -> {
            return;
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      request.cancel();
    } finally {
      request.close();
      running.remove(id, request);
      writers.remove(Thread.currentThread());
    }
  }

  private void write(Reply reply) {
    switch (reply) {
      case Reply.Json answer -> write(answer.json());
      case Reply.Accepted _ -> {
        // a notification has no answer
      }
    }
  }

  private void write(byte[] json) {
    writing.lock();
    try {
      out.write(json, 0, json.length);
      out.write('\n');
      out.flush();
    } finally {
      writing.unlock();
    }
  }
}
