package com.quiltdata.mcp.quilt.push;

import static com.quiltdata.mcp.quilt.push.TestRegistry.DATA;
import static com.quiltdata.mcp.quilt.push.TestRegistry.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.checker.RegistryChecker;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.storage.local.LocalObjectStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real process that pushes into a folder is killed at random moments.
final class KilledProcessTest {
  private static final int ROUNDS = 6;
  private static final long SEED = 4_711;

  /// How long a push takes, more or less; the moment of the kill is somewhere in it.
  private static final long PUSH_NANOS = 60_000_000;

  @TempDir private Path folder;

  @Test
  void latestAlwaysNamesAWholePackageAndTheRepeatEndsInTheSameHash() throws Exception {
    Random random = new Random(SEED);
    TestRegistry registry = TestRegistry.of(StoreKind.FOLDER, folder.resolve("killed"));
    TestRegistry calm = TestRegistry.of(StoreKind.FOLDER, folder.resolve("calm"));
    registry.put(DATA, "stored", "the same for all");
    calm.put(DATA, "stored", "the same for all");
    int number = 1;
    for (int round = 0; round < ROUNDS; round++) {
      int done = pushUntilKilled(folder.resolve("killed"), number, random);
      assertThat(done).as("seed %d, round %d", SEED, round).isGreaterThanOrEqualTo(number);
      // The one that was printed, or one that was finished and not printed any more.
      TopHash latest = registry.registry().latest(NAME);
      TopHash printed = expected(calm, done);
      TopHash next = expected(calm, done + 1);
      assertThat(latest).isIn(printed, next);
      assertThat(problems(registry)).isEmpty();

      number = done + 1;
      PushOutcome again =
          PushingProcess.push(new LocalObjectStore(folder.resolve("killed")), number);
      assertThat(again.topHash()).contains(next);
      assertThat(registry.registry().latest(NAME)).isEqualTo(next);
      assertThat(problems(registry)).isEmpty();
      number++;
    }
  }

  private static TopHash expected(TestRegistry calm, int number) {
    LocalObjectStore store = (LocalObjectStore) calm.store();
    return PushingProcess.push(store, number).topHash().orElseThrow();
  }

  /// Files that were being written may be left behind; no listing shows them.
  private static List<String> problems(TestRegistry registry) {
    assertThat(registry.keys()).noneMatch(key -> key.contains("%~"));
    return RegistryChecker.problems(registry.shelf()).stream()
        .filter(problem -> !problem.contains("%~"))
        .toList();
  }

  /// Lets a process push, reads how far it is, and kills it a moment later.
  ///
  /// @return the last number that it printed
  private static int pushUntilKilled(Path root, int first, Random random) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xmx128m",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                PushingProcess.class.getName(),
                root.toString(),
                Integer.toString(first))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      int last = Integer.parseInt(lines.readLine());
      int more = random.nextInt(3);
      for (int i = 0; i < more; i++) {
        last = Integer.parseInt(lines.readLine());
      }
      // Not to wait for anything: to be killed somewhere.
      LockSupport.parkNanos((long) (random.nextDouble() * PUSH_NANOS));
      // Not of the process itself, which would close what it printed.
      assertThat(process.toHandle().destroyForcibly()).isTrue();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        last = Integer.parseInt(line);
      }
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      return last;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      process.destroyForcibly();
    }
  }
}
