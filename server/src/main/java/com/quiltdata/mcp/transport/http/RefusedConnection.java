package com.quiltdata.mcp.transport.http;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.concurrency.limits.Limit;
import io.helidon.common.task.InterruptableTask;
import io.helidon.webserver.spi.ServerConnection;
import java.time.Duration;

/// A connection over the limit: it is told so at once, whatever it was going to ask.
final class RefusedConnection implements ServerConnection, InterruptableTask<Void> {
  private final ConnectionGuard guard;

  RefusedConnection(ConnectionGuard guard) {
    this.guard = guard;
  }

  @Override
  public void handle(Limit limit) {
    byte[] body = ErrorBody.of("busy", "all connections are taken, try again");
    String head =
        """
        HTTP/1.1 503 Service Unavailable\r
        Connection: close\r
        Content-Type: application/json\r
        Retry-After: 1\r
        Content-Length: %d\r
        \r
        """
            .formatted(body.length);
    guard.refused();
    guard.dataWriter().writeNow(BufferData.create(head.getBytes(US_ASCII)));
    guard.dataWriter().writeNow(BufferData.create(body));
  }

  @Override
  public boolean canInterrupt() {
    return true;
  }

  @Override
  public Duration idleTime() {
    return Duration.ZERO;
  }

  @Override
  public void close(boolean interrupt) {
    guard.close();
  }
}
