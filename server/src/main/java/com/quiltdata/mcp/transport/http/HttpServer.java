package com.quiltdata.mcp.transport.http;

import com.quiltdata.mcp.admission.ClientLimits;
import com.quiltdata.mcp.admission.Shares;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The HTTP server: one port, one virtual thread a connection. Can be started once.
public final class HttpServer implements AutoCloseable {
  private static final int BACKSTOP_CONNECTIONS = 64;
  private static final long DRAIN_STEP_MILLIS = 50;

  /// For the last words of what is cut, behind the grace.
  private static final long FAREWELL_MILLIS = 2_000;

  private static final long FAREWELL_STEP_MILLIS = 5;

  private final HttpConfig config;
  private final Readiness readiness;
  private final OpenConnections connections;
  private final Sweeper sweeper;
  private final WorkGate gate;
  private final Optional<Shares> shares;
  private final ByteRoom bodies;
  private final Traffic traffic = new Traffic();
  private final CountDownLatch stopped = new CountDownLatch(1);
  private final WebServer server;

  /// Prepares a server; no port is open yet.
  ///
  /// @param config the settings
  /// @param readiness what the program marks and probes show
  /// @param routes what is served, by literal path
  /// @param observer is told of every request
  /// @throws IllegalArgumentException when the host has no address
  public HttpServer(
      HttpConfig config, Readiness readiness, Map<String, Route> routes, RequestObserver observer) {
    this.config = config;
    this.readiness = readiness;
    HttpLimits limits = config.limits();
    HttpTimers timers = config.timers();
    this.connections = new OpenConnections(limits.connections());
    this.sweeper = new Sweeper(connections, timers.sweep());
    this.gate = new WorkGate(limits.inWork(), limits.waiting(), timers.gate());
    this.shares = config.clients().map(ClientLimits::userInWork).map(Shares::new);
    this.bodies = new ByteRoom(limits.bodiesBytes());
    Cors cors = new Cors(config.origins());
    Reporter reporter = new Reporter(observer);
    LastResort lastResort = new LastResort();
    Dispatch dispatch = new Dispatch(routes, traffic, lastResort);
    InetAddress address = address(config.host());
    OuterFilter filter =
        new OuterFilter(
            new Surroundings(config, readiness, gate, shares, bodies),
            cors,
            address.isLoopbackAddress(),
            lastResort,
            reporter,
            dispatch);
    this.server =
        WebServer.builder()
            .address(address)
            .port(config.port())
            .backlog(limits.backlog())
            .shutdownHook(false)
            .shutdownGracePeriod(config.drain().grace())
            .featuresDiscoverServices(false)
            .protocolsDiscoverServices(false)
            .contentEncoding(encoding -> encoding.contentEncodingsDiscoverServices(false))
            .addConnectionSelector(
                new GuardedSelector(selector(limits), connections, limits, timers))
            .directHandlers(new DirectAnswers(cors, reporter).forAllEvents())
            .maxPayloadSize(limits.bodyBytes())
            .maxTcpConnections(limits.connections() + BACKSTOP_CONNECTIONS)
            .connectionOptions(SocketOptions.builder().tcpNoDelay(true).build())
            .routing(HttpRouting.builder().addFilter(filter).any(dispatch))
            .build();
  }

  private static Http1ConnectionSelector selector(HttpLimits limits) {
    // Twice and four times the wish: what lies between is refused by the screen, with CORS headers.
    return Http1ConnectionSelector.builder()
        .config(
            Http1Config.builder()
                .maxPrologueLength(2 * limits.requestLineBytes())
                .maxHeadersSize(4 * limits.headerBytes())
                .addReceiveListener(new RequestScreen(limits))
                .receiveLog(false)
                .sendLog(false)
                .build())
        .build();
  }

  private static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException _) {
      throw new IllegalArgumentException("the host to listen on has no address: " + host);
    }
  }

  /// Opens the port.
  ///
  /// @throws IllegalStateException when the port cannot be had
  public void start() {
    server.start();
    if (!server.isRunning()) {
      throw new IllegalStateException(
          "cannot listen on %s:%d: the port is in use or not allowed, or the address is not of this machine"
              .formatted(config.host(), config.port()));
    }
    sweeper.start();
  }

  /// The port that is open, -1 when none is.
  public int port() {
    return server.port();
  }

  /// How many connections are open.
  public int openConnections() {
    return connections.size();
  }

  /// How many requests hold a place in work.
  public int requestsInWork() {
    return gate.inWork();
  }

  /// How many callers have requests in work.
  int callersInWork() {
    return shares.map(Shares::clients).orElse(0);
  }

  /// How many bytes of bodies are kept.
  long bodyBytesKept() {
    return bodies.taken();
  }

  /// Ends gently, and returns when all is done: probes say so and every answer closes its
  /// connection at once, but requests are taken until none but probes come; then [#stop()].
  ///
  /// @throws InterruptedException when interrupted; the server then still runs
  public void drain() throws InterruptedException {
    DrainTimers times = config.drain();
    readiness.markDraining();
    long started = System.nanoTime();
    while (true) {
      long passed = System.nanoTime() - started;
      boolean late = passed >= times.atMost().toNanos();
      boolean quiet = passed >= times.atLeast().toNanos() && traffic.hasBeenQuietFor(times.quiet());
      if (late || quiet || stopped.await(DRAIN_STEP_MILLIS, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    stop();
  }

  /// Closes the port, lets requests in work finish within the grace, then ends them. Safe to call
  /// twice and during a drain.
  public void stop() {
    readiness.markDraining();
    stopped.countDown();
    server.stop();
    sayFarewell();
    sweeper.stop();
  }

  /// The web server does not wait for those whom it interrupts at the end of the grace. Without
  /// this the process would be gone before they have told their clients.
  private void sayFarewell() {
    long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(FAREWELL_MILLIS);
    try {
      while (connections.size() > 0 && System.nanoTime() - end < 0) {
        TimeUnit.MILLISECONDS.sleep(FAREWELL_STEP_MILLIS);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    stop();
  }
}
