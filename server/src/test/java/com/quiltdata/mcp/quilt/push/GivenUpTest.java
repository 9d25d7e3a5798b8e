package com.quiltdata.mcp.quilt.push;

import static com.quiltdata.mcp.quilt.push.TestRegistry.BUCKET;
import static com.quiltdata.mcp.quilt.push.TestRegistry.DATA;
import static com.quiltdata.mcp.quilt.push.TestRegistry.NAME;
import static com.quiltdata.mcp.quilt.push.TestRegistry.creating;
import static com.quiltdata.mcp.quilt.push.TestRegistry.object;
import static com.quiltdata.mcp.quilt.push.TestRegistry.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.TopHash;
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
  private static final PushOptions COPIES =
      PushOptions.DEFAULT.expecting(Expected.ANYTHING).copying(true);

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

  private static Optional<TopHash> push(ObjectStore store, PackageEdit edit) {
    return new Push(store, BUCKET, _ -> true, NOW)
        .push(NAME, edit, COPIES, PushProgress.NONE)
        .topHash();
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
      boolean isWritten = false;
      try {
        push(store, edit);
        isWritten = true;
      } catch (Fault e) {
        assertThat(e.code()).isIn(FaultCode.CANCELLED, FaultCode.UPSTREAM_UNAVAILABLE);
      } finally {
        assertThat(Thread.interrupted()).isEqualTo(store.hasInterrupted());
      }
      if (isWritten) {
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
      try {
        push(store, edit);
      } catch (Fault e) {
        assertThat(e.code()).isIn(FaultCode.CANCELLED, FaultCode.CONFLICT);
      } finally {
        assertThat(Thread.interrupted()).isEqualTo(store.hasInterrupted());
      }
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
    PushOutcome outcome =
        new Push(registry.store(), BUCKET, _ -> true, NOW)
            .push(NAME, more, COPIES, PushProgress.NONE);
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
    PushOutcome outcome =
        new Push(registry.store(), BUCKET, _ -> true, later)
            .push(NAME, edit, COPIES, PushProgress.NONE);
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
    PushOutcome outcome =
        new Push(registry.store(), BUCKET, _ -> true, NOW)
            .push(NAME, edit, COPIES, PushProgress.NONE);
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
    try {
      push(store, edit);
      throw new AssertionError("the process did not end");
    } catch (MortalStore.Killed _) {
      // it has
    }
  }

  @Test
  void saysWhatCannotBeRemoved() {
    TestRegistry registry = registry(StoreKind.VERSIONED, 0);
    PackageEdit edit = edit(registry);
    TroubledStore store =
        new TroubledStore(registry.store(), 1_000, Event.FAULT) {
          @Override
          void beforeLook(String key) {
            if (key.endsWith("latest") && calls() > 15) {
              throw new Fault(FaultCode.UPSTREAM_UNAVAILABLE, "S3 did not answer");
            }
          }

          @Override
          void beforeRemoval() {
            throw new Fault(FaultCode.FORBIDDEN_ACTION, "no right to remove");
          }
        };
    try {
      push(store, edit);
      throw new AssertionError("the push did not fail");
    } catch (Fault e) {
      assertThat(e.code()).isEqualTo(FaultCode.UPSTREAM_UNAVAILABLE);
      assertThat(e.text())
          .startsWith(
              "S3 did not answer. Objects that the push had written could not be removed: 3")
          .contains("s3://registry/team/set/");
    }
  }

  @Test
  void leavesWhatIsTooOldToBeItsOwn() {
    TestRegistry registry = registry(StoreKind.VERSIONED, 0);
    PackageEdit edit = edit(registry);
    List<String> before = everything(registry);
    InstantSource late = () -> NOW.instant().plus(Duration.ofMinutes(31));
    TroubledStore store =
        new TroubledStore(registry.store(), 1_000, Event.FAULT) {
          @Override
          void beforeLook(String key) {
            if (key.endsWith("latest") && calls() > 15) {
              throw new Fault(FaultCode.UPSTREAM_UNAVAILABLE, "S3 did not answer");
            }
          }
        };
    try {
      new Push(store, BUCKET, _ -> true, late).push(NAME, edit, COPIES, PushProgress.NONE);
      throw new AssertionError("the push did not fail");
    } catch (Fault e) {
      assertThat(e.text()).contains("could not be removed: 3");
    }
    assertThat(everything(registry)).hasSize(before.size() + 3);
  }
}
