package com.quiltdata.mcp.transport.http;

import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/// Runs one connection with its guard in reach of handlers, and clears up behind it.
///
/// It has to be an [InterruptableTask]: otherwise a stop cannot wake connections that wait.
final class GuardedConnection implements ServerConnection, InterruptableTask<Void> {
  private final ServerConnection connection;
  private final ConnectionGuard guard;
  private final OpenConnections connections;

  GuardedConnection(
      ServerConnection connection, ConnectionGuard guard, OpenConnections connections) {
    this.connection = connection;
    this.guard = guard;
    this.connections = connections;
  }

  @Override
  public void handle(Limit limit) throws InterruptedException {
    try {
      ScopedValue.where(ConnectionGuard.CURRENT, guard)
          .call(() -> {
            connection.handle(limit);
            return true;
          });
    } finally {
      guard.linger();
      connections.remove(guard);
    }
  }

  @Override
  public boolean canInterrupt() {
    return connection instanceof InterruptableTask<?> task && task.canInterrupt();
  }

  /// Always zero: Helidon's idle timer counts from a request's start and would cut long calls and
  /// streams. The [Sweeper] counts from a request's end.
  @Override
  public Duration idleTime() {
    return Duration.ZERO;
  }

  @Override
  public void close(boolean interrupt) {
    connection.close(interrupt);
  }
}
