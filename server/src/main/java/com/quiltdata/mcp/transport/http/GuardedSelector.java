package com.quiltdata.mcp.transport.http;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/// Makes every accepted socket an HTTP/1.1 connection under guard.
///
/// It is the only selector, so Helidon asks it before a byte has come: a silent connection is known
/// and timed, and whatever is not HTTP/1.1 gets an answer that says so.
final class GuardedSelector implements ServerConnectionSelector {
  private final ServerConnectionSelector selector;
  private final OpenConnections connections;
  private final HttpLimits limits;
  private final HttpTimers timers;

  GuardedSelector(
      ServerConnectionSelector selector,
      OpenConnections connections,
      HttpLimits limits,
      HttpTimers timers) {
    this.selector = selector;
    this.connections = connections;
    this.limits = limits;
    this.timers = timers;
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    ConnectionGuard guard = new ConnectionGuard(context, limits, timers);
    ServerConnection http =
        connections.admit(guard) ? selector.connection(guard) : new RefusedConnection(guard);
    return new GuardedConnection(http, guard, connections);
  }

  @Override
  public int bytesToIdentifyConnection() {
    return 0;
  }

  @Override
  public Support supports(BufferData data) {
    return Support.SUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return selector.supportedApplicationProtocols();
  }
}
