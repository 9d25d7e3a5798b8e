package com.quiltdata.mcp.transport.http;

import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs health checks so that a probe is answered whatever they do.
final class BoundedChecks {
  private static final long LIMIT_MILLIS = 40;

  private final Logger log = System.getLogger(BoundedChecks.class.getName());
  private final List<HealthCheck> checks;

  BoundedChecks(List<HealthCheck> checks) {
    this.checks = List.copyOf(checks);
  }

  /// What is wrong, in words for the public; empty when nothing is.
  Optional<String> failed() {
    if (checks.isEmpty()) {
      return Optional.empty();
    }
    FutureTask<List<String>> running = new FutureTask<>(this::runAll);
    Thread.ofVirtual().name("http-health").start(running);
    try {
      List<String> names = running.get(LIMIT_MILLIS, TimeUnit.MILLISECONDS);
      return names.isEmpty()
          ? Optional.empty()
          : Optional.of("failed checks: " + String.join(", ", names));
    } catch (TimeoutException _) {
      running.cancel(true);
      return Optional.of("a check did not answer in time");
    } catch (ExecutionException e) {
      log.log(Level.WARNING, "the health checks failed", e);
      return Optional.of("the checks could not be run");
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return Optional.of("interrupted");
    }
  }

  private List<String> runAll() {
    List<String> failed = new ArrayList<>();
    for (HealthCheck check : checks) {
      try {
        if (check.call().status() != HealthCheckResponse.Status.UP) {
          failed.add(check.name());
        }
      } catch (RuntimeException e) {
        log.log(Level.WARNING, "health check " + check.name() + " failed", e);
        failed.add(check.name());
      }
    }
    return failed;
  }
}
