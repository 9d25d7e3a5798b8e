package com.quiltdata.mcp.transport.http;

import io.helidon.webserver.CloseConnectionException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;

/// Sees to it that every request is answered and that no answer tells how the server is made.
final class LastResort {
  private final Logger log = System.getLogger(LastResort.class.getName());

  /// Part of serving a request.
  @FunctionalInterface
  interface Step {
    void run() throws Exception;
  }

  /// Runs a step, and answers for it if it fails.
  void run(ServedExchange exchange, Step step) {
    try {
      step.run();
      if (!exchange.isAnswered()) {
        throw new IllegalStateException("the route gave no answer");
      }
    } catch (CloseConnectionException e) {
      throw e;
    } catch (Refusal refusal) {
      if (exchange.isAnswered()) {
        unforeseen(exchange, refusal);
      }
      exchange.answer(
          refusal.status(),
          ErrorBody.TYPE,
          ErrorBody.of(refusal.code(), refusal.detail()),
          refusal.headers());
    } catch (Throwable failure) {
      unforeseen(exchange, failure);
    }
  }

  private void unforeseen(ServedExchange exchange, Throwable failure) {
    log.log(Level.ERROR, "request " + exchange.requestId() + " failed", failure);
    if (exchange.isAnswered()) {
      throw new CloseConnectionException("failed behind the first byte of the answer");
    }
    exchange.answer(500, ErrorBody.TYPE, ErrorBody.internal(exchange.requestId()));
  }
}
