package com.quiltdata.mcp.quilt.push;

import static com.quiltdata.mcp.quilt.push.PushTest.assertFault;
import static com.quiltdata.mcp.quilt.push.TestRegistry.BUCKET;
import static com.quiltdata.mcp.quilt.push.TestRegistry.DATA;
import static com.quiltdata.mcp.quilt.push.TestRegistry.NAME;
import static com.quiltdata.mcp.quilt.push.TestRegistry.ON_TOP;
import static com.quiltdata.mcp.quilt.push.TestRegistry.creating;
import static com.quiltdata.mcp.quilt.push.TestRegistry.object;
import static com.quiltdata.mcp.quilt.push.TestRegistry.text;
import static com.quiltdata.mcp.quilt.push.TestRegistry.versioned;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.ForwardingObjectStore;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.StoredChecksum;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/// A push that is given up, or fails, at any of its storage calls leaves everything as it was; and
/// nobody else loses what it has pushed.
final class GivenUpTest {
  private static final InstantSource NOW = InstantSource.system();
  private static final PushOptions COPIES = ON_TOP.copying(true);

  @TempDir private Path folder;

  /// What happens at the call.
  enum Event {
    /// The caller gives up before it.
    INTERRUPT_BEFORE,
    /// The caller gives up behind it.
    INTERRUPT_AFTER,
    /// The store refuses it.
    FAULT
  }

  static Stream<Arguments> ways() {
    List<Arguments> ways = new ArrayList<>();
    for (StoreKind kind : StoreKind.values()) {
      for (Event event : Event.values()) {
        ways.add(Arguments.of(kind, event));
      }
    }
    return ways.stream();
  }

  private TestRegistry registry(StoreKind kind, int round) {
    return TestRegistry.of(kind, folder.resolve("r" + round));
  }

  /// A store with versions knows them by their checksums, as S3 does.
  private static TestRegistry withChecksums(TestRegistry registry) {
    if (registry.kind() != StoreKind.VERSIONED) {
      return registry;
    }
    InMemoryObjectStore memory = (InMemoryObjectStore) registry.store();
    ObjectStore store =
        new ForwardingObjectStore(memory) {
          @Override
          public List<StoredChecksum> checksums(ObjectLocation location) {
            return List.of(new StoredChecksum("SHA256", sha256(memory.bytes(location.uri())), 0));
          }
        };
    return new TestRegistry(registry.kind(), store, registry.shelf());
  }

  private static String sha256(byte[] bytes) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static PackageEdit edit(TestRegistry registry) {
    return creating(
        "a", object(registry.put(BUCKET, "raw/a", "in the bucket")),
        "b", object(registry.put(DATA, "b", "elsewhere")),
        "c", text("with the push"));
  }

  /// Every object and version, and every delete marker.
  private static List<String> everything(TestRegistry registry) {
    return registry.store() instanceof InMemoryObjectStore memory
        ? memory.everything()
        : registry.keys();
  }

  /// How many a whole push takes.
  private int calls(StoreKind kind) {
    TestRegistry registry = registry(kind, 0);
    TroubledStore store =
        new TroubledStore(registry.store(), Integer.MAX_VALUE, Event.INTERRUPT_BEFORE);
    push(store, edit(registry));
    assertThat(store.calls()).isGreaterThan(15);
    return store.calls();
  }

  private static PushOutcome push(ObjectStore store, PackageEdit edit) {
    return push(store, edit, NOW);
  }

  private static PushOutcome push(ObjectStore store, PackageEdit edit, InstantSource clock) {
    return new Push(store, BUCKET, _ -> true, clock).push(NAME, edit, COPIES, PushProgress.NONE);
  }

  /// Pushes to a store in trouble.
  ///
  /// @return the code of its fault, if it fails
  private static Optional<FaultCode> givesUp(TroubledStore store, PackageEdit edit) {
    try {
      push(store, edit);
      return Optional.empty();
    } catch (Fault e) {
      return Optional.of(e.code());
    } finally {
      assertThat(Thread.interrupted()).isEqualTo(store.hasInterrupted());
    }
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("ways")
  void leavesEverythingAsItWas(StoreKind kind, Event event) {
    int published = 0;
    int givenUp = 0;
    int calls = calls(kind);
    for (int at = 1; at <= calls; at++) {
      TestRegistry registry = registry(kind, at);
      PackageEdit edit = edit(registry);
      List<String> before = everything(registry);
      TroubledStore store = new TroubledStore(registry.store(), at, event);
      Optional<FaultCode> fault = givesUp(store, edit);
      assertThat(fault)
          .isIn(
              Optional.empty(),
              Optional.of(FaultCode.CANCELLED),
              Optional.of(FaultCode.UPSTREAM_UNAVAILABLE));
      if (fault.isEmpty()) {
        published++;
        assertThat(registry.problems()).isEmpty();
      } else if (store.wroteManifest()) {
        // A manifest may name the bytes: they stay, and the next push finishes the work.
        assertThat(event).isEqualTo(Event.FAULT);
      } else {
        givenUp++;
        assertThat(everything(registry)).as("call %d", at).isEqualTo(before);
      }
      push(registry.store(), edit);
      assertThat(registry.problems()).isEmpty();
    }
    assertThat(givenUp).isGreaterThan(8);
    assertThat(published > 0).isEqualTo(event != Event.FAULT);
  }

  /// Two push the same bytes; one gives up at any of its calls, the other begins just before.
  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void takesNothingFromAnotherPush(StoreKind kind) {
    int calls = calls(kind);
    for (int at = 1; at <= calls; at++) {
      TestRegistry registry = registry(kind, at);
      PackageEdit edit = edit(registry);
      TroubledStore store =
          new TroubledStore(registry.store(), at, Event.INTERRUPT_BEFORE) {
            @Override
            void trouble() {
              push(registry.store(), edit);
              super.trouble();
            }
          };
      assertThat(givesUp(store, edit))
          .isIn(
              Optional.empty(), Optional.of(FaultCode.CANCELLED), Optional.of(FaultCode.CONFLICT));
      assertThat(registry.registry().findLatest(NAME)).isPresent();
      assertThat(registry.problems()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void usesAgainWhatIsAPartOfThePackage(StoreKind kind) {
    TestRegistry registry = withChecksums(registry(kind, 0));
    PackageEdit first = edit(registry);
    push(registry.store(), first);
    List<String> before = registry.keys();
    PackageEdit more =
        creating(
            "a", object(registry.put(BUCKET, "raw/a", "in the bucket")),
            "b", object(registry.put(DATA, "b", "elsewhere")),
            "c", text("with the push"),
            "d", text("new"));
    PushOutcome outcome = push(registry.store(), more);
    assertThat(outcome.copiedObjects()).isEqualTo(1);
    assertThat(registry.keys().size() - before.size())
        .as("an object, manifest, pointer")
        .isLessThanOrEqualTo(3);
    assertThat(registry.problems()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void usesWhatHasBeenThereForAnHour(StoreKind kind) {
    TestRegistry registry = withChecksums(registry(kind, 0));
    PackageEdit edit = edit(registry);
    crash(registry, edit);
    int left = everything(registry).size();
    InstantSource later = () -> NOW.instant().plus(Duration.ofMinutes(61));
    PushOutcome outcome = push(registry.store(), edit, later);
    assertThat(outcome.copiedObjects()).isZero();
    assertThat(everything(registry).size() - left).as("manifest and pointers").isEqualTo(3);
    assertThat(registry.problems()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void usesNothingThatAnotherPushMayTakeBack(StoreKind kind) {
    TestRegistry registry = withChecksums(registry(kind, 0));
    PackageEdit edit = edit(registry);
    crash(registry, edit);
    PushOutcome outcome = push(registry.store(), edit);
    assertThat(outcome.copiedObjects()).isEqualTo(3);
    assertThat(registry.problems()).isEmpty();
  }

  /// A process ends when all bytes are in their places and nothing names them.
  private static void crash(TestRegistry registry, PackageEdit edit) {
    TroubledStore store =
        new TroubledStore(registry.store(), Integer.MAX_VALUE, Event.FAULT) {
          @Override
          void beforeManifest() {
            throw new MortalStore.Killed();
          }
        };
    assertThatExceptionOfType(MortalStore.Killed.class).isThrownBy(() -> push(store, edit));
  }

  /// A store that is gone once all bytes are in their places; what was written can be removed.
  private static class GoneStore extends TroubledStore {
    GoneStore(ObjectStore store) {
      super(store, Integer.MAX_VALUE, Event.FAULT);
    }

    @Override
    void beforeLook(String key) {
      if (key.endsWith("latest") && calls() > 15) {
        trouble();
      }
    }
  }

  @Test
  void saysWhatCannotBeRemoved() {
    TestRegistry registry = versioned();
    PackageEdit edit = edit(registry);
    ObjectStore store =
        new GoneStore(registry.store()) {
          @Override
          void beforeRemoval() {
            throw new Fault(FaultCode.FORBIDDEN_ACTION, "no right to remove");
          }
        };
    assertFault(FaultCode.UPSTREAM_UNAVAILABLE, () -> push(store, edit))
        .withMessageStartingWith(
            "S3 did not answer. Objects that the push had written could not be removed: 3")
        .withMessageContaining("s3://registry/team/set/");
  }

  @Test
  void leavesWhatIsTooOldToBeItsOwn() {
    TestRegistry registry = versioned();
    PackageEdit edit = edit(registry);
    List<String> before = everything(registry);
    InstantSource late = () -> NOW.instant().plus(Duration.ofMinutes(31));
    ObjectStore store = new GoneStore(registry.store());
    assertFault(FaultCode.UPSTREAM_UNAVAILABLE, () -> push(store, edit, late))
        .withMessageContaining("could not be removed: 3");
    assertThat(everything(registry)).hasSize(before.size() + 3);
  }
}
