package com.quiltdata.mcp.storage.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.Precondition;
import com.quiltdata.mcp.storage.PutOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Two processes count up the same object, each step under the condition that it is still the one
/// that was read: no step is lost. Numbers of three digits, so that size tells nothing.
@Timeout(120)
final class TwoProcessesTest {
  private static final ObjectLocation PLACE =
      ObjectLocation.of(new BucketName("some-bucket"), "count");
  private static final int STEPS = 300;
  private static final int FIRST = 100;

  @TempDir private Path root;

  @Test
  void loseNothingOfEachOther() throws IOException, InterruptedException {
    Files.createDirectory(root.resolve("some-bucket"));
    LocalObjectStore store = new LocalObjectStore(root);
    write(store, FIRST, Precondition.ABSENT);
    List<Process> others = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      others.add(
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-Xmx64m",
                  "-cp",
                  System.getProperty("java.class.path"),
                  Counter.class.getName(),
                  root.toString())
              .inheritIO()
              .start());
    }
    try {
      for (Process other : others) {
        assertThat(other.waitFor(Duration.ofSeconds(90))).isTrue();
        assertThat(other.exitValue()).isZero();
      }
    } finally {
      others.forEach(Process::destroyForcibly);
    }
    try (ObjectContent content = store.open(PLACE, ByteRange.ALL)) {
      assertThat(number(content)).isEqualTo(FIRST + 2 * STEPS);
    }
  }

  private static int number(ObjectContent content) throws IOException {
    return Integer.parseInt(new String(content.stream().readAllBytes(), UTF_8));
  }

  private static ObjectInfo write(ObjectStore store, int number, Precondition condition) {
    return store.put(
        PLACE,
        new ByteArrayInputStream(Integer.toString(number).getBytes(UTF_8)),
        PutOptions.NONE.when(condition));
  }

  /// Counts up by so many steps.
  static final class Counter {
    private Counter() {}

    public static void main(String[] args) throws IOException {
      LocalObjectStore store = new LocalObjectStore(Path.of(args[0]));
      int done = 0;
      while (done < STEPS) {
        try (ObjectContent content = store.open(PLACE, ByteRange.ALL)) {
          write(store, number(content) + 1, new Precondition.Unchanged(content.info().etag()));
          done++;
        } catch (Fault e) {
          if (e.code() != FaultCode.CONFLICT && e.code() != FaultCode.UPSTREAM_UNAVAILABLE) {
            throw e;
          }
        }
      }
    }
  }
}
