package com.quiltdata.mcp.quilt.push;

import static com.quiltdata.mcp.quilt.push.TestRegistry.BUCKET;
import static com.quiltdata.mcp.quilt.push.TestRegistry.DATA;
import static com.quiltdata.mcp.quilt.push.TestRegistry.NAME;
import static com.quiltdata.mcp.quilt.push.TestRegistry.object;
import static com.quiltdata.mcp.quilt.push.TestRegistry.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.local.LocalObjectStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Two pushers at once on top of the same revision, many times over.
final class RaceTest {
  static final int ROUNDS = 100;

  @TempDir private Path folder;

  /// What became of one pusher.
  record Ended(Optional<TopHash> won, Optional<Fault> fault) {}

  @ParameterizedTest
  @EnumSource
  void oneWinsAndTheOtherIsTold(StoreKind kind) throws Exception {
    TestRegistry registry = TestRegistry.of(kind, folder);
    ObjectStore other = kind == StoreKind.FOLDER ? new LocalObjectStore(folder) : registry.store();
    registry.put(DATA, "shared", "both push this");
    race(registry, other, ROUNDS);
    assertThat(registry.problems()).isEmpty();
  }

  /// Runs the rounds.
  ///
  /// @param other reaches the same registry as the registry's own store
  static void race(TestRegistry registry, ObjectStore other, int rounds) throws Exception {
    TopHash latest =
        registry
            .push(TestRegistry.creating("start", text("0")), PushOptions.DEFAULT)
            .topHash()
            .orElseThrow();
    for (int round = 1; round <= rounds; round++) {
      List<Ended> ended = race(registry.store(), other, latest, round);
      List<TopHash> won = ended.stream().flatMap(one -> one.won().stream()).toList();
      List<Fault> lost = ended.stream().flatMap(one -> one.fault().stream()).toList();
      assertThat(won).as("round %d: %s", round, lost).hasSize(1);
      assertThat(lost)
          .singleElement()
          .satisfies(fault -> {
            assertThat(fault.code()).isEqualTo(FaultCode.CONFLICT);
            assertThat(fault.text()).contains(won.getFirst().value());
          });
      latest = won.getFirst();
      assertThat(registry.registry().latest(NAME)).isEqualTo(latest);
    }
    // Every revision that won is still listed.
    assertThat(registry.registry().revisions(NAME).size()).isGreaterThanOrEqualTo(rounds + 1);
  }

  private static List<Ended> race(ObjectStore one, ObjectStore two, TopHash base, int round)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
      Future<Ended> left = executor.submit(pusher(one, base, round, "left", start));
      Future<Ended> right = executor.submit(pusher(two, base, round, "right", start));
      return List.of(left.get(), right.get());
    }
  }

  private static Callable<Ended> pusher(
      ObjectStore store, TopHash base, int round, String side, CyclicBarrier start) {
    PackageEdit edit =
        TestRegistry.updating(
            base,
            "file",
            text(side + " " + round),
            "shared",
            object(com.quiltdata.mcp.storage.ObjectLocation.of(DATA, "shared")));
    PushOptions options = PushOptions.DEFAULT.expecting(new Expected.Revision(base));
    return () -> {
      start.await();
      try {
        PushOutcome outcome =
            new Push(store, BUCKET, _ -> true, TestRegistry.clock(round))
                .push(NAME, edit, options, PushProgress.NONE);
        return new Ended(outcome.topHash(), Optional.empty());
      } catch (Fault e) {
        return new Ended(Optional.empty(), Optional.of(e));
      }
    };
  }
}
