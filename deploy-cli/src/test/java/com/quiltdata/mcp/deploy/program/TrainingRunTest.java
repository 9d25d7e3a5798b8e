package com.quiltdata.mcp.deploy.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Trainings with servers that do not do as they should.
@Timeout(value = 90, unit = TimeUnit.SECONDS)
final class TrainingRunTest {
  private static final Path HOME = Path.of(System.getProperty("java.home"));

  @TempDir private Path folder;

  private Failure failure(String kind, int seconds) throws IOException {
    Path jar = folder.resolve("quilt-mcp-server.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, StubbornServer.class.getName());
    try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar), manifest);
        InputStream content =
            Objects.requireNonNull(
                StubbornServer.class.getResourceAsStream("StubbornServer.class"))) {
      out.putNextEntry(new ZipEntry(StubbornServer.class.getName().replace('.', '/') + ".class"));
      content.transferTo(out);
    }
    JavaRuntime runtime = new JavaRuntime(HOME, "runtime");
    TrainingRun run =
        new TrainingRun(
            List.of(
                runtime.java().toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                jar.toString(),
                StubbornServer.class.getName(),
                kind),
            runtime,
            new ServerProgram(folder, "program"),
            folder,
            Duration.ofSeconds(seconds));
    Failure[] failures = new Failure[1];
    assertThatThrownBy(run::run)
        .isInstanceOfSatisfying(Failure.class, failure -> failures[0] = failure);
    assertThat(failures[0].code()).isEqualTo(ExitCode.BUILD_FAILED);
    return failures[0];
  }

  @Test
  void aServerThatIsNeverHealthyEndsIt() throws IOException {
    assertThat(failure("unhealthy", 5).cause()).contains("HTTP 503 to /healthz");
  }

  @Test
  void aServerThatFailsAtItsEndEndsIt() throws IOException {
    assertThat(failure("failing", 30).cause()).contains("The server ended with 3");
  }

  @Test
  void whatTheServerHasStartedEndsWithIt() throws IOException {
    assertThat(failure("lingering", 8).cause()).contains("did not end within");
    long child = Long.parseLong(Files.readString(folder.resolve(StubbornServer.CHILD)));
    assertThat(ProcessHandle.of(child).filter(ProcessHandle::isAlive)).isEmpty();
  }
}
