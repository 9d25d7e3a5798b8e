package com.quiltdata.mcp.transport.http;

import java.time.Duration;

/// The one thread that looks at all deadlines.
///
/// The web server has no timer for a whole header or body: its own start anew with each byte.
final class Sweeper {
  private final OpenConnections connections;
  private final Duration pause;
  private final Thread thread;

  Sweeper(OpenConnections connections, Duration pause) {
    this.connections = connections;
    this.pause = pause;
    this.thread = Thread.ofPlatform().name("http-sweeper").daemon(true).unstarted(this::sweep);
  }

  void start() {
    thread.start();
  }

  void stop() {
    thread.interrupt();
  }

  private void sweep() {
    try {
      while (true) {
        Thread.sleep(pause);
        connections.closeOverdue(System.nanoTime());
      }
    } catch (InterruptedException _) {
      // The server has stopped.
    }
  }
}
