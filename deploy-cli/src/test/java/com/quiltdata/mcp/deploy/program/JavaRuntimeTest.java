package com.quiltdata.mcp.deploy.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The Java of an image is that of the machine that builds it.
final class JavaRuntimeTest {
  @TempDir private Path folder;

  @Test
  void anotherArchitectureIsRefusedWithTheHostThatCan() throws IOException {
    String here = System.getProperty("os.arch");
    String other = here.equals("aarch64") ? "amd64" : "arm64";
    Path program = Files.writeString(folder.resolve("quilt-mcp-server.jar"), "not even looked at");
    ServerFiles files = new ServerFiles(program, List.of(), Optional.empty());
    assertThatThrownBy(() -> JavaRuntime.link(files, other, folder.resolve("cache"), _ -> {}))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo(ExitCode.BUILD_FAILED);
              assertThat(failure.cause())
                  .contains("linux/" + other, "is built on Linux of that architecture")
                  .contains("for it brings its Java", "this is Linux on");
              assertThat(failure.next())
                  .contains(
                      "deploy-cli build --architecture %1$s, on Linux on %1$s".formatted(other));
            });
    assertThat(folder.resolve("cache")).doesNotExist();
  }
}
