package com.quiltdata.mcp.transport.http;

/// Where the process is in its life: starting, ready, draining. Thread-safe.
///
/// The program marks it; probes, answers and streams look at it.
public final class Readiness {
  private volatile boolean ready;
  private volatile boolean draining;

  /// All parts are loaded.
  public void markReady() {
    ready = true;
  }

  /// The end has begun; there is no way back.
  public void markDraining() {
    draining = true;
  }

  /// New work is welcome.
  public boolean isReady() {
    return ready && !draining;
  }

  /// The end has begun: streams end, connections close with their next answer.
  public boolean isDraining() {
    return draining;
  }
}
