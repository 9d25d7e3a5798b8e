package com.quiltdata.mcp.quilt.push;

import static com.quiltdata.mcp.quilt.push.TestRegistry.BUCKET;
import static com.quiltdata.mcp.quilt.push.TestRegistry.CLOCK;
import static com.quiltdata.mcp.quilt.push.TestRegistry.DATA;
import static com.quiltdata.mcp.quilt.push.TestRegistry.NAME;
import static com.quiltdata.mcp.quilt.push.TestRegistry.object;
import static com.quiltdata.mcp.quilt.push.TestRegistry.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.checker.RegistryChecker;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.storage.ObjectLocation;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The process ends at every single storage call of a push, starts again and pushes again.
final class CrashTest {
  @TempDir private Path folder;

  static Stream<Arguments> ways() {
    List<Arguments> ways = new ArrayList<>();
    for (StoreKind kind : StoreKind.values()) {
      for (boolean done : List.of(false, true)) {
        for (boolean copy : List.of(false, true)) {
          ways.add(Arguments.of(kind, done, copy));
        }
      }
    }
    return ways.stream();
  }

  @ParameterizedTest(name = "{0}, the last call has its effect: {1}, copies: {2}")
  @MethodSource("ways")
  void aFirstRevision(StoreKind kind, boolean done, boolean copy) {
    int calls = 1;
    for (int last = 1; last <= calls; last++) {
      TestRegistry registry = TestRegistry.of(kind, folder.resolve("r" + last));
      PackageEdit edit =
          TestRegistry.creating(
              "a", object(registry.put(BUCKET, "raw/a", "in the bucket")),
              "b", object(registry.put(DATA, "b", "elsewhere")),
              "c", text("with the push"));
      calls =
          crash(registry, edit, PushOptions.DEFAULT.copying(copy), last, done, Optional.empty());
    }
    assertThat(calls).isGreaterThan(20);
  }

  @ParameterizedTest(name = "{0}, the last call has its effect: {1}, copies: {2}")
  @MethodSource("ways")
  void aLaterRevision(StoreKind kind, boolean done, boolean copy) {
    int calls = 1;
    for (int last = 1; last <= calls; last++) {
      TestRegistry registry = TestRegistry.of(kind, folder.resolve("r" + last));
      ObjectLocation source = registry.put(DATA, "b", "elsewhere");
      PushOptions options = PushOptions.DEFAULT.copying(copy);
      TopHash first =
          registry
              .push(TestRegistry.creating("b", object(source), "c", text("old")), options)
              .topHash()
              .orElseThrow();
      registry.put(DATA, "b", "elsewhere, and changed");
      PackageEdit edit =
          TestRegistry.updating(
              first,
              "b",
              object(source),
              "c",
              text("new"),
              "d",
              object(registry.put(BUCKET, "raw/d", "in the bucket")));
      calls =
          crash(
              registry,
              edit,
              options.expecting(new Expected.Revision(first)),
              last,
              done,
              Optional.of(first));
    }
    assertThat(calls).isGreaterThan(20);
  }

  static Stream<Arguments> kinds() {
    return Stream.of(StoreKind.values())
        .flatMap(kind -> Stream.of(Arguments.of(kind, false), Arguments.of(kind, true)));
  }

  @ParameterizedTest(name = "{0}, the last call has its effect: {1}")
  @MethodSource("kinds")
  void aDeletionOfTheLatestRevision(StoreKind kind, boolean done) {
    boolean ended = true;
    for (int last = 1; ended; last++) {
      TestRegistry registry = TestRegistry.of(kind, folder.resolve("r" + last));
      List<TopHash> revisions = registry.revisions(3);
      MortalStore store = new MortalStore(registry.store(), last, done);
      ended = !ends(() -> new Deletion(store, BUCKET).revision(NAME, revisions.get(2), false));
      // What latest names is listed, too, at any moment.
      assertThat(registry.problems()).isEmpty();
      assertThat(registry.registry().latest(NAME)).isIn(revisions.get(1), revisions.get(2));
      Deletion again = new Deletion(registry.store(), BUCKET);
      if (registry.registry().revisions(NAME).size() == 3) {
        again.revision(NAME, revisions.get(2), false);
      }
      assertThat(registry.registry().latest(NAME)).isEqualTo(revisions.get(1));
      assertThat(registry.registry().revisions(NAME)).hasSize(2);
      assertThat(registry.problems()).isEmpty();
    }
  }

  @ParameterizedTest(name = "{0}, the last call has its effect: {1}")
  @MethodSource("kinds")
  void aDeletionOfAPackage(StoreKind kind, boolean done) {
    boolean ended = true;
    for (int last = 1; ended; last++) {
      TestRegistry registry = TestRegistry.of(kind, folder.resolve("r" + last));
      TopHash hash = registry.revisions(1).getFirst();
      MortalStore store = new MortalStore(registry.store(), last, done);
      ended = !ends(() -> new Deletion(store, BUCKET).all(NAME, false));
      // As long as anything is left, the package can be read.
      assertThat(registry.registry().findLatest(NAME))
          .isEqualTo(
              registry.registry().pointerNames(NAME).isEmpty()
                  ? Optional.empty()
                  : Optional.of(hash));
      new Deletion(registry.store(), BUCKET).all(NAME, false);
      assertThat(registry.registry().pointerNames(NAME)).isEmpty();
      assertThat(registry.problems()).isEmpty();
    }
  }

  /// Whether work comes to its end.
  private static boolean ends(Runnable work) {
    try {
      work.run();
      return true;
    } catch (MortalStore.Killed killed) {
      return false;
    } catch (Fault e) {
      assertThat(e).hasRootCauseInstanceOf(MortalStore.Killed.class);
      return false;
    }
  }

  /// Ends one push at one call and does it again.
  ///
  /// @return how many calls the push has when nothing ends it; a large number while it is ended
  private static int crash(
      TestRegistry registry,
      PackageEdit edit,
      PushOptions options,
      int last,
      boolean done,
      Optional<TopHash> before) {
    TopHash planned = registry.push(edit, options.dryRun(true)).topHash().orElseThrow();
    MortalStore store = new MortalStore(registry.store(), last, done);
    boolean ended =
        !ends(() ->
            new Push(store, BUCKET, _ -> true, CLOCK).push(NAME, edit, options, PushProgress.NONE));
    assertThat(ended).isEqualTo(store.calls() >= last);
    Optional<TopHash> latest = registry.registry().findLatest(NAME);
    assertThat(latest).isIn(before, Optional.of(planned));
    assertThat(problems(registry, latest.isPresent())).isEmpty();

    PushOutcome again = registry.push(edit, options);
    assertThat(again.topHash()).contains(planned);
    assertThat(registry.registry().latest(NAME)).isEqualTo(planned);
    assertThat(registry.problems()).isEmpty();
    Map<String, String> pointers = RegistryChecker.packages(registry.shelf()).get(NAME.value());
    before.ifPresent(hash -> assertThat(pointers.values()).contains(hash.value()));
    return ended ? Integer.MAX_VALUE : store.calls();
  }

  /// A pointer with a time is there before the first `latest`; all else is whole at any moment.
  private static List<String> problems(TestRegistry registry, boolean hasLatest) {
    return registry.problems().stream()
        .filter(problem -> hasLatest || !problem.endsWith("has no latest"))
        .toList();
  }
}
