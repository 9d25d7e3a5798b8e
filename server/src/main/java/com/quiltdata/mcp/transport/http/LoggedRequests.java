package com.quiltdata.mcp.transport.http;

import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import java.lang.System.Logger.Level;

/// Writes one event for every request; probes only show at DEBUG.
public final class LoggedRequests implements RequestObserver {
  private final EventLog log = EventLog.named("http");

  @Override
  public void observed(Observed request) {
    log.event(
        request.isProbe() ? Level.DEBUG : Level.INFO,
        "http.request",
        LogFields.of("request_id", request.requestId())
            .with("http.method", request.method())
            .with("http.path", request.path())
            .with("http.status", request.status())
            .with("duration_ms", request.duration().toMillis())
            .with("bytes_out", request.bytesOut()));
  }
}
