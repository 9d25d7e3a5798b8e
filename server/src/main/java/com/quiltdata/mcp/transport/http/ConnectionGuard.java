package com.quiltdata.mcp.transport.http;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.buffers.DataWriter;
import io.helidon.http.DirectHandler.EventType;
import io.helidon.http.HttpPrologue;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.ConnectionContext;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/// One connection, with the timers that Helidon lacks and an eye on the client while a call runs.
///
/// The connection's own thread moves it from phase to phase; the [Sweeper] reads the deadlines and
/// closes the socket behind one that has passed, which ends whatever read or write is pending.
final class ConnectionGuard extends ForwardedContext {
  /// What the connection is waiting for.
  enum Phase {
    IDLE,
    HEAD,
    BODY,
    WORK
  }

  /// The guard of the connection whose thread is running.
  static final ScopedValue<ConnectionGuard> CURRENT = ScopedValue.newInstance();

  private static final long NEVER = Long.MAX_VALUE / 2;
  private static final int SLACK_BYTES = 16 << 10;
  private static final int LINGER_BYTES = 1 << 20;

  private final HttpLimits limits;
  private final HttpTimers timers;
  private final WatchedSocket socket;
  private final StrictReader reader = new StrictReader(this::next);
  private final TimedWriter writer;
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();

  private volatile Phase phase = Phase.IDLE;
  private volatile long since;
  private volatile long deadline;
  private volatile long writeDeadline;
  private volatile long windowStart;
  private volatile long windowReceived;

  // Touched by the connection's thread alone.
  private long receivable;
  private long declared;
  private @Nullable HttpPrologue prologue;

  ConnectionGuard(ConnectionContext connection, HttpLimits limits, HttpTimers timers) {
    super(connection);
    this.socket = new WatchedSocket(connection.serverSocket());
    this.limits = limits;
    this.timers = timers;
    this.writer = new TimedWriter(connection.dataWriter(), this);
    this.writeDeadline = System.nanoTime() + NEVER;
    enter(Phase.IDLE, timers.idle());
  }

  // The phases, as the connection's thread goes through them.

  void prologueRead(HttpPrologue line) {
    prologue = line;
  }

  /// The header is complete.
  ///
  /// @param bodyBytes the declared length, -1 for chunks
  void headerRead(long bodyBytes) {
    declared = bodyBytes;
    if (bodyBytes == 0) {
      bodyRead();
    } else {
      received.set(0);
      limitBody(limits.bodyBytes());
      enter(Phase.BODY, timers.body());
      windowReceived = 0;
      windowStart = since;
    }
  }

  /// From now on the body may have so many bytes. What surrounds its chunks is allowed for.
  void limitBody(int bytes) {
    receivable = 2L * bytes + SLACK_BYTES;
  }

  void bodyRead() {
    phase = Phase.WORK;
    since = System.nanoTime();
    deadline = since + NEVER;
  }

  void requestDone() {
    socket.unwatch();
    prologue = null;
    if (reader.available() > 0) {
      enterHead();
    } else {
      enter(Phase.IDLE, timers.idle());
    }
  }

  /// The client is sent away whatever it sends.
  void refused() {
    enterHead();
  }

  private void enterHead() {
    received.set(0);
    receivable = 2L * limits.headerBytes() + limits.requestLineBytes() + SLACK_BYTES;
    enter(Phase.HEAD, timers.header());
  }

  private void enter(Phase next, Duration time) {
    since = System.nanoTime();
    deadline = since + time.toNanos();
    phase = next;
  }

  // What others look at.

  Phase phase() {
    return phase;
  }

  /// When the present phase began, by [System#nanoTime()].
  long since() {
    return since;
  }

  boolean hasUnreadBody() {
    return phase == Phase.BODY;
  }

  long sentBytes() {
    return sent.get();
  }

  Optional<HttpPrologue> prologue() {
    return Optional.ofNullable(prologue);
  }

  /// Whether a deadline has passed. Called by the sweeper alone.
  boolean isOverdue(long now) {
    return now - deadline > 0 || now - writeDeadline > 0 || trickles(now);
  }

  private boolean trickles(long now) {
    Duration window = timers.bodyWindow();
    if (phase != Phase.BODY || now - windowStart < window.toNanos()) {
      return false;
    }
    long bytes = received.get();
    boolean slow = bytes - windowReceived < timers.bodyBytesPerSecond() * window.toMillis() / 1000;
    windowReceived = bytes;
    windowStart = now;
    return slow;
  }

  void close() {
    try {
      serverSocket().close();
    } catch (RuntimeException _) {
      // It was closed already.
    }
  }

  void writeStarted() {
    writeDeadline = System.nanoTime() + timers.write().toNanos();
  }

  void writeEnded(int bytes) {
    writeDeadline = System.nanoTime() + NEVER;
    sent.addAndGet(bytes);
  }

  // Reading.

  private byte[] next() {
    byte[] bytes = socket.next();
    if (phase == Phase.IDLE) {
      enterHead();
    }
    if (received.addAndGet(bytes.length) > receivable) {
      throw overrun();
    }
    return bytes;
  }

  private RequestException overrun() {
    Status status =
        phase == Phase.HEAD ? RequestScreen.HEADER_TOO_LARGE : Status.REQUEST_ENTITY_TOO_LARGE_413;
    return RequestException.builder()
        .type(EventType.BAD_REQUEST)
        .status(status)
        .setKeepAlive(false)
        .message("over the limit of this phase")
        .build();
  }

  /// Runs something as soon as the client leaves, at most once, on another thread.
  ///
  /// @param reaction what to run; it may also run when the server closes the connection
  void watch(Runnable reaction) {
    if (phase != Phase.WORK) {
      throw new IllegalStateException("the body has to be read before the client can be watched");
    }
    socket.watch(reaction);
  }

  /// Reads on for a moment after the last answer when the client is still sending: closing a socket
  /// with unread bytes resets the connection, and the reset may overtake the answer.
  void linger() {
    if (socket.isEnded() || !expectsMore()) {
      return;
    }
    deadline = System.nanoTime() + timers.linger().toNanos();
    try {
      byte[] rest = serverSocket().get();
      for (int read = 0; rest != null && read < LINGER_BYTES; read += rest.length) {
        rest = serverSocket().get();
      }
    } catch (RuntimeException _) {
      // The time is over, or the client is gone.
    }
  }

  private boolean expectsMore() {
    return switch (phase) {
      case IDLE, WORK -> false;
      case HEAD -> true;
      case BODY -> declared < 0 || reader.available() + received.get() < declared;
    };
  }

  @Override
  public DataReader dataReader() {
    return reader;
  }

  @Override
  public DataWriter dataWriter() {
    return writer;
  }
}
