package com.quiltdata.mcp.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.deploy.fake.FakeAws;
import com.quiltdata.mcp.deploy.fake.FakeService.FakeDeployment;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Ctrl-C, to the real program.
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class CtrlCTest {
  @TempDir private Path folder;

  private final FakeAws fake = new FakeAws();
  private final CountDownLatch answers = new CountDownLatch(1);
  private final FakeDeployment underWay =
      fake.service.deploy(fake.service.taskDefinition, fake.pace.instant());
  private Process program;
  private Path out;

  /// Waits for a deployment that does not end. A shell that runs things in the background lets them
  /// ignore Ctrl-C, which is undone here.
  @BeforeEach
  void start() throws IOException {
    out = folder.resolve("out");
    ProcessBuilder builder =
        new ProcessBuilder(
            "/usr/bin/env",
            "--default-signal=INT",
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "com.quiltdata.mcp.deploy.Main",
            "wait",
            "--endpoint-url",
            fake.uri().toString());
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().put("AWS_ACCESS_KEY_ID", "story");
    builder.environment().put("AWS_SECRET_ACCESS_KEY", "story-story-story");
    builder.redirectOutput(out.toFile());
    program = builder.start();
  }

  @AfterEach
  void close() {
    answers.countDown();
    program.destroyForcibly();
    fake.close();
  }

  @Test
  void theFirstStopsWatchingAndSaysHowToGoOn() throws Exception {
    try (BufferedReader err = err()) {
      until(err, "running");
      press();
      until(err, "Ctrl-C again leaves at once");
      assertThat(program.waitFor()).isEqualTo(130);
    }
    assertThat(Files.readAllLines(out))
        .contains("Next: deploy-cli wait --deployment " + underWay.id)
        .anyMatch(line -> line.contains("deploy-cli rollback"));
    assertThat(fake.changes()).isEmpty();
  }

  @Test
  void theSecondLeavesAtOnce() throws Exception {
    try (BufferedReader err = err()) {
      until(err, "running");
      // AWS does not answer, so the program cannot end by itself.
      CountDownLatch asked = new CountDownLatch(1);
      fake.whenWaiting(_ -> {
        asked.countDown();
        awaited(answers);
      });
      assertThat(asked.await(60, TimeUnit.SECONDS)).isTrue();
      press();
      until(err, "Ctrl-C again leaves at once");
      long pressed = System.nanoTime();
      press();
      assertThat(program.waitFor()).isEqualTo(130);
      assertThat(Duration.ofNanos(System.nanoTime() - pressed)).isLessThan(Duration.ofSeconds(4));
      assertThat(err.lines()).isEmpty();
    }
    assertThat(out).isEmptyFile();
  }

  private static void awaited(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private BufferedReader err() {
    return new BufferedReader(
        new InputStreamReader(program.getErrorStream(), StandardCharsets.UTF_8));
  }

  private void press() throws IOException, InterruptedException {
    Process kill = new ProcessBuilder("kill", "-INT", String.valueOf(program.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  private static List<String> until(BufferedReader lines, String text) throws IOException {
    List<String> read = new ArrayList<>();
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      read.add(line);
      if (line.contains(text)) {
        return read;
      }
    }
    throw new AssertionError("no line has '%s': %s".formatted(text, read));
  }
}
