package com.quiltdata.mcp.quilt.push;

import static com.quiltdata.mcp.quilt.push.PushTest.assertFault;
import static com.quiltdata.mcp.quilt.push.TestRegistry.BUCKET;
import static com.quiltdata.mcp.quilt.push.TestRegistry.CLOCK;
import static com.quiltdata.mcp.quilt.push.TestRegistry.DATA;
import static com.quiltdata.mcp.quilt.push.TestRegistry.NAME;
import static com.quiltdata.mcp.quilt.push.TestRegistry.ON_TOP;
import static com.quiltdata.mcp.quilt.push.TestRegistry.creating;
import static com.quiltdata.mcp.quilt.push.TestRegistry.object;
import static com.quiltdata.mcp.quilt.push.TestRegistry.plain;
import static com.quiltdata.mcp.quilt.push.TestRegistry.text;
import static com.quiltdata.mcp.quilt.push.TestRegistry.versioned;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ForwardingObjectStore;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.PutOptions;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody else is there at the same time, or was there before.
final class PushHazardsTest {
  private static final String POINTERS = ".quilt/named_packages/team/set/";

  @TempDir private Path folder;

  /// A store in which something happens just before an object is written.
  private static ObjectStore before(ObjectStore store, String key, Runnable event) {
    return new ForwardingObjectStore(store) {
      private boolean happened;

      @Override
      public ObjectInfo put(ObjectLocation location, InputStream bytes, PutOptions options) {
        if (!happened && location.key().startsWith(key)) {
          happened = true;
          event.run();
        }
        return super.put(location, bytes, options);
      }
    };
  }

  private static PushOutcome push(ObjectStore store, PackageEdit edit, PushOptions options) {
    return new Push(store, BUCKET, _ -> true, CLOCK).push(NAME, edit, options, PushProgress.NONE);
  }

  @ParameterizedTest
  @EnumSource
  void losesToWhoMovesLatestFirst(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    TopHash winner = new TopHash("8".repeat(64));
    ObjectStore store =
        before(
            registry.store(),
            POINTERS + "latest",
            () -> registry.put(BUCKET, POINTERS + "latest", winner.value()));
    assertFault(FaultCode.CONFLICT, () -> push(store, creating("a", text("1")), ON_TOP))
        .withMessageContaining("the latest revision is '%s' now".formatted(winner))
        .withMessageContaining("push again on top of it");
    assertThat(registry.registry().latest(NAME)).isEqualTo(winner);
    // It can still be found.
    assertThat(registry.registry().pointerNames(NAME)).containsExactly("1800000000", "latest");
  }

  @Test
  void losesBeforeItPublishesWhenItCan() {
    TestRegistry registry = plain();
    TopHash winner = new TopHash("8".repeat(64));
    ObjectStore store =
        before(
            registry.store(),
            "team/set/a",
            () -> registry.put(BUCKET, POINTERS + "latest", winner.value()));
    assertFault(FaultCode.CONFLICT, () -> push(store, creating("a", text("1")), ON_TOP))
        .withMessageContaining("Nothing of this push was published")
        .withMessageContaining(winner.value());
    assertThat(registry.keys()).containsExactly(POINTERS + "latest", "team/set/a");
  }

  @Test
  void knowsItsOwnWritesAgain() {
    TestRegistry registry = plain();
    // Each write happens, and the answer is that somebody else was faster.
    ObjectStore store =
        new ForwardingObjectStore(registry.store()) {
          @Override
          public ObjectInfo put(ObjectLocation location, InputStream bytes, PutOptions options) {
            ObjectInfo info = super.put(location, bytes, options);
            if (location.key().startsWith(".quilt/")) {
              throw new Fault(FaultCode.CONFLICT, "late");
            }
            return info;
          }
        };
    PushOutcome outcome = push(store, creating("a", text("1")), ON_TOP);
    assertThat(outcome.pointer()).contains("1800000000");
    assertThat(outcome.warnings()).isEmpty();
    assertThat(registry.registry().pointerNames(NAME)).containsExactly("1800000000", "latest");
    assertThat(registry.problems()).isEmpty();
  }

  @Test
  void leavesSecondsToWhoHasThem() {
    TestRegistry registry = plain();
    registry.put(BUCKET, POINTERS + "1800000000", "7".repeat(64));
    registry.put(BUCKET, POINTERS + "1800000001", "no hash at all");
    assertThat(push(registry.store(), creating("a", text("1")), ON_TOP).pointer())
        .contains("1800000002");
    assertThat(registry.registry().pointer(NAME, "1800000000").orElseThrow().hash().value())
        .isEqualTo("7".repeat(64));
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "VERSIONED")
  void doesNotHashWhatIsBeingChanged(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    ObjectLocation source = registry.put(DATA, "s", "before");
    PackageEdit edit = creating("a", object(source));
    Consumer<ObjectLocation> change = location -> registry.put(DATA, "s", "behind");
    ObjectStore afterHashing = onOpen(registry.store(), source, 1, change);
    assertFault(FaultCode.CONFLICT, () -> push(afterHashing, edit, ON_TOP))
        .withMessageContaining("changed while it was pushed");
    registry.put(DATA, "s", "before");
    ObjectStore whileCopying = onOpen(registry.store(), source, 2, change);
    assertFault(FaultCode.CONFLICT, () -> push(whileCopying, edit, ON_TOP))
        .withMessageContaining("changed while it was pushed");
    assertThat(registry.keys()).isEmpty();
  }

  /// Something happens when an object is opened for a certain time.
  private static ObjectStore onOpen(
      ObjectStore store, ObjectLocation location, int time, Consumer<ObjectLocation> event) {
    return new ForwardingObjectStore(store) {
      private int times;

      @Override
      public ObjectContent open(ObjectLocation opened, ByteRange range) {
        if (opened.withoutVersion().equals(location) && ++times == time) {
          event.accept(opened);
        }
        return super.open(opened, range);
      }
    };
  }

  @Test
  void looksOnceMoreAtWhatItReferences() {
    TestRegistry registry = plain();
    ObjectLocation raw = registry.put(BUCKET, "raw", "before");
    ObjectStore store =
        before(registry.store(), "team/set/b", () -> registry.put(BUCKET, "raw", "behind"));
    assertFault(
        FaultCode.CONFLICT, () -> push(store, creating("a", object(raw), "b", text("1")), ON_TOP));
    assertThat(registry.registry().pointerNames(NAME)).isEmpty();
  }

  @Test
  void keepsAManifestOfTheSameRevisionThatNamesOtherPlaces() {
    TestRegistry registry = versioned();
    ObjectLocation raw = registry.put(BUCKET, "raw", "bytes");
    ObjectLocation twin = registry.put(BUCKET, "twin", "bytes");
    TopHash hash =
        push(registry.store(), creating("a", object(raw)), ON_TOP).topHash().orElseThrow();
    PushOutcome other =
        registry
            .push()
            .push(
                PackageName.parse("team/twin"),
                creating("a", object(twin)),
                PushOptions.DEFAULT,
                PushProgress.NONE);
    assertThat(other.topHash()).contains(hash);
    assertThat(other.warnings()).singleElement().asString().contains("stays as it is");
    assertThat(registry.entries(hash).getFirst().physicalUri()).contains("/raw?");
    // The place that it names is gone: now this one is right.
    registry
        .store()
        .delete(
            registry.entries(hash).getFirst().physicalKey().locate(registry.store()).orElseThrow());
    PushOutcome repaired = push(registry.store(), creating("a", object(twin)), ON_TOP);
    assertThat(repaired.warnings()).singleElement().asString().contains("was replaced");
    assertThat(registry.entries(hash).getFirst().physicalUri()).contains("/twin?");
    assertThat(registry.problems()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void replacesADamagedManifest(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    PackageEdit edit = creating("a", text("1"));
    TopHash hash = push(registry.store(), edit, ON_TOP).topHash().orElseThrow();
    for (String damaged :
        List.of("", "no manifest\n", "{\"version\": \"v0\", \"message\": \"another\"}\n")) {
      registry.put(BUCKET, ".quilt/packages/" + hash, damaged);
      PushOutcome again = push(registry.store(), edit, ON_TOP);
      assertThat(again.topHash()).contains(hash);
      assertThat(again.warnings()).singleElement().asString().contains("damaged");
      assertThat(registry.problems()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "VERSIONED")
  void copiesAreNotForgottenWhereTheRevisionIsThereAlready(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    ObjectLocation raw = registry.put(BUCKET, "raw", "1");
    TopHash hash =
        push(registry.store(), creating("a", object(raw)), ON_TOP).topHash().orElseThrow();
    PushOutcome copied = push(registry.store(), creating("a", object(raw)), ON_TOP.copying(true));
    assertThat(copied.topHash()).contains(hash);
    assertThat(registry.entries(hash).getFirst().physicalUri()).doesNotContain("/raw");
    registry.put(BUCKET, "raw", "2");
    assertThat(registry.problems()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void isGivenUpByAnInterrupt(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    ObjectLocation source = registry.put(DATA, "s", "bytes");
    PackageEdit edit = creating("a", object(source), "b", text("2"));
    Thread pusher = Thread.currentThread();
    ObjectStore store = onOpen(registry.store(), source, 1, _ -> pusher.interrupt());
    try {
      assertFault(FaultCode.CANCELLED, () -> push(store, edit, ON_TOP));
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(registry.keys()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void isNotGivenUpWhileItPublishes(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    Thread pusher = Thread.currentThread();
    ObjectStore store = before(registry.store(), POINTERS, pusher::interrupt);
    PushOutcome outcome;
    try {
      outcome = push(store, creating("a", text("1")), ON_TOP);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(registry.registry().latest(NAME)).isEqualTo(outcome.topHash().orElseThrow());
    assertThat(registry.problems()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"cut off", "2"})
  void doesNotTakeOtherBytesForThoseOfAPlaceNamedByTheirHash(String other) {
    TestRegistry registry = TestRegistry.of(StoreKind.FOLDER, folder);
    PushOutcome outcome = push(registry.store(), creating("a", text("1")), ON_TOP);
    ObjectLocation place =
        outcome
            .changes()
            .getFirst()
            .entry()
            .orElseThrow()
            .physicalKey()
            .locate(registry.store())
            .orElseThrow();
    registry.put(BUCKET, place.key(), other);
    assertFault(
            FaultCode.CORRUPT_DATA,
            () -> push(registry.store(), creating("b/a", text("1")), ON_TOP))
        .withMessageContaining(place.key());
  }
}
