package com.quiltdata.mcp.app;

import com.quiltdata.mcp.config.InvalidSettingsException;
import com.quiltdata.mcp.replica.Alone;
import com.quiltdata.mcp.replica.PeerReplicas;
import com.quiltdata.mcp.replica.PeerTimers;
import com.quiltdata.mcp.replica.ReplicaId;
import com.quiltdata.mcp.replica.Replicas;
import com.quiltdata.mcp.replica.SealingKeys;
import com.quiltdata.mcp.transport.http.DrainTimers;
import com.quiltdata.mcp.transport.http.HttpConfig;
import com.quiltdata.mcp.transport.http.HttpLimits;
import com.quiltdata.mcp.transport.http.HttpServer;
import com.quiltdata.mcp.transport.http.LoggedRequests;
import com.quiltdata.mcp.transport.http.PeerRoute;
import com.quiltdata.mcp.transport.http.Readiness;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// This replica among the others, with the port on which they reach it if there are any.
sealed interface Peering extends AutoCloseable {
  /// Who they are and how they are spoken to.
  Replicas replicas();

  /// Opens the port and greets the others.
  ///
  /// @throws InvalidSettingsException when the port cannot be had
  void start();

  /// For the log: whom this replica reaches.
  String inWords();

  /// Takes leave, then closes the port.
  @Override
  void close();

  static Peering of(ServerConfig config) {
    ReplicaSetup setup = config.replicas();
    ReplicaId self = ReplicaId.random(new SecureRandom());
    return setup.peers().isEmpty()
        ? new Unconnected(new Alone(self, setup.isAlone()))
        : new Connected(self, setup, config.http().host());
  }

  /// Without a port.
  record Unconnected(Alone replicas) implements Peering {
    @Override
    public void start() {}

    @Override
    public String inWords() {
      return replicas.reachesAll() ? "none" : "unknown";
    }

    @Override
    public void close() {}
  }

  /// With a port of its own, which no balancer reaches.
  final class Connected implements Peering {
    private static final HttpLimits LIMITS =
        new HttpLimits(
            1 << 10,
            8 << 10,
            32,
            PeerReplicas.MAX_REQUEST_BYTES,
            16 * PeerReplicas.MAX_REQUEST_BYTES,
            256,
            256,
            64,
            32);

    private final PeerReplicas replicas;
    private final HttpServer server;
    private final int port;

    private Connected(ReplicaId self, ReplicaSetup setup, String host) {
      this.port = setup.port();
      this.replicas =
          new PeerReplicas(
              self,
              setup.peers(),
              port,
              SealingKeys.of(setup.secrets()),
              PeerTimers.defaults(),
              InstantSource.system());
      this.server =
          new HttpServer(
              HttpConfig.defaults()
                  .withAddress(host, port)
                  .withLimits(LIMITS)
                  .withDrain(DrainTimers.immediate()),
              new Readiness(),
              Map.of(PeerRoute.PATH, new PeerRoute(replicas)),
              new LoggedRequests());
    }

    @Override
    public Replicas replicas() {
      return replicas;
    }

    @Override
    public void start() {
      try {
        server.start();
      } catch (IllegalStateException e) {
        throw new InvalidSettingsException(
            List.of(
                "MCP_PEER_PORT: %s. Choose another port, and name it in MCP_PEERS of the others."
                    .formatted(e.getMessage())));
      }
      replicas.start(server.port());
    }

    @Override
    public String inWords() {
      return "%d on port %d".formatted(replicas.others().size(), server.port());
    }

    @Override
    public void close() {
      replicas.close();
      server.stop();
    }
  }
}
