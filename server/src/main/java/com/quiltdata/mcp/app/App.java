package com.quiltdata.mcp.app;

import com.quiltdata.mcp.config.InvalidSettingsException;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import com.quiltdata.mcp.transport.http.HttpServer;
import com.quiltdata.mcp.transport.http.Readiness;
import com.quiltdata.mcp.transport.stdio.StdioTransport;
import java.io.InputStream;
import java.io.PrintStream;
import java.lang.System.Logger.Level;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/// The server as a whole: starts, drains, stops.
public final class App {
  private final EventLog log = EventLog.named("app");
  private final ServerConfig config;
  private final BuildInfo build;
  private final Readiness readiness = new Readiness();
  private final Peering peering;
  private final Wiring wiring;
  private volatile Optional<HttpServer> server = Optional.empty();

  /// Puts the parts together; nothing is open yet.
  ///
  /// @param config what to be
  /// @param build which build this is
  public App(ServerConfig config, BuildInfo build) {
    this.config = config;
    this.build = build;
    this.peering = Peering.of(config);
    this.wiring = new Wiring(config, build, readiness, peering.replicas());
  }

  /// Opens the port and serves in the background.
  ///
  /// @throws IllegalStateException when the port cannot be had
  /// @throws InvalidSettingsException when that for the other replicas cannot be had, or the
  ///   signing keys cannot be read
  public void start() {
    announce();
    wiring.loadKeys();
    // The others are to know this replica before a client does.
    peering.start();
    HttpServer http = wiring.httpServer();
    try {
      http.start();
    } catch (IllegalStateException e) {
      peering.close();
      throw e;
    }
    server = Optional.of(http);
    readiness.markReady();
    log.event(
        Level.INFO,
        "startup",
        LogFields.of("mode", config.mode().name())
            .with("url", url())
            .with("replica", peering.replicas().self().text())
            .with("peers", peering.inWords())
            .with("storage", contents())
            .with("tools", wiring.toolCount())
            .with("build", build.toString())
            .with("uptime_ms", ManagementFactory.getRuntimeMXBean().getUptime()));
  }

  /// Serves one client until the input ends.
  ///
  /// @param in messages of the client
  /// @param out messages to the client
  public void serveStdio(InputStream in, PrintStream out) {
    announce();
    new StdioTransport(
            wiring.endpoint(), in, out, config.http().limits().bodyBytes(), wiring.resultRoom())
        .serve();
  }

  private void announce() {
    config
        .warnings()
        .forEach(text -> log.event(Level.WARNING, "config.warning", LogFields.of("warning", text)));
  }

  /// Finishes what runs, then closes the port.
  public void stop() {
    server.ifPresent(http -> {
      log.event(Level.INFO, "shutdown", LogFields.none());
      wiring.endpoint().endStreams();
      try {
        http.drain();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        http.stop();
      }
    });
    server = Optional.empty();
    wiring.endpoint().end();
    // Not before: what runs here to the end may need the others.
    peering.close();
  }

  /// The address of the MCP endpoint.
  public String url() {
    String host =
        config.http().host().contains(":") && !config.http().host().startsWith("[")
            ? "[" + config.http().host() + "]"
            : config.http().host();
    return "http://%s:%d/mcp"
        .formatted(host, server.map(HttpServer::port).orElse(config.http().port()));
  }

  /// What is served, in words.
  public String contents() {
    return wiring.contents();
  }

  /// A bucket for examples.
  public Optional<String> firstBucket() {
    return wiring.firstBucket();
  }
}
