package com.quiltdata.mcp.app;

import io.helidon.health.HealthCheck;
import io.helidon.health.HealthCheckResponse;
import io.helidon.health.HealthCheckType;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whether the folder that is served is still there. It is asked on this host alone, so that a
/// probe stays quick.
final class StorageCheck implements HealthCheck {
  private final Path root;

  StorageCheck(Path root) {
    this.root = root;
  }

  @Override
  public String name() {
    return "storage";
  }

  @Override
  public HealthCheckType type() {
    return HealthCheckType.READINESS;
  }

  @Override
  public HealthCheckResponse call() {
    return HealthCheckResponse.builder().status(Files.isDirectory(root)).build();
  }
}
