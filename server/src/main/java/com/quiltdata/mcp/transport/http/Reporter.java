package com.quiltdata.mcp.transport.http;

import com.quiltdata.mcp.transport.http.RequestObserver.Observed;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/// Tells the observer, and survives it.
final class Reporter {
  private final Logger log = System.getLogger(Reporter.class.getName());
  private final RequestObserver observer;

  Reporter(RequestObserver observer) {
    this.observer = observer;
  }

  void report(Observed request) {
    try {
      observer.observed(request);
    } catch (RuntimeException e) {
      log.log(Level.WARNING, "the observer failed on request " + request.requestId(), e);
    }
  }
}
