package com.quiltdata.mcp.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.helidon.health.HealthCheckResponse.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StorageCheckTest {
  @Test
  void isDownWhileTheServedFolderIsGone(@TempDir Path parent) throws IOException {
    Path root = parent.resolve("root");
    StorageCheck check = new StorageCheck(root);
    assertThat(check.call().status()).isEqualTo(Status.DOWN);
    Files.createDirectory(root);
    assertThat(check.call().status()).isEqualTo(Status.UP);
  }
}
