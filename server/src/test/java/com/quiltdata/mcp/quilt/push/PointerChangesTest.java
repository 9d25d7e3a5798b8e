package com.quiltdata.mcp.quilt.push;

import static com.quiltdata.mcp.quilt.push.PushTest.assertFault;
import static com.quiltdata.mcp.quilt.push.TestRegistry.BUCKET;
import static com.quiltdata.mcp.quilt.push.TestRegistry.NAME;
import static com.quiltdata.mcp.quilt.push.TestRegistry.ON_TOP;
import static com.quiltdata.mcp.quilt.push.TestRegistry.plain;
import static com.quiltdata.mcp.quilt.push.TestRegistry.text;
import static com.quiltdata.mcp.quilt.push.TestRegistry.versioned;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.PackageName;
import com.quiltdata.mcp.quilt.QuiltFixtures;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.storage.ForwardingObjectStore;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.PutOptions;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Deletion and rollback.
final class PointerChangesTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource
  void deletesAllPointersAndNothingElse(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    List<TopHash> revisions = registry.revisions(2);
    PackageName other = PackageName.parse("team/set2");
    registry
        .push()
        .push(
            other,
            TestRegistry.creating("a", text("revision 0")),
            PushOptions.DEFAULT,
            PushProgress.NONE);
    List<String> before = registry.keys();
    Deletion deletion = new Deletion(registry.store(), BUCKET);
    List<String> pointers = List.of("1800000000", "1800000001", "latest");
    assertThat(deletion.all(NAME, true).pointers()).isEqualTo(pointers);
    assertThat(registry.keys()).isEqualTo(before);

    assertThat(deletion.all(NAME, false))
        .isEqualTo(new Deletion.Outcome(pointers, Optional.empty()));
    assertThat(registry.registry().findLatest(NAME)).isEmpty();
    assertThat(registry.registry().packages("", 10, Optional.empty()).names())
        .containsExactly(other);
    List<String> kept = new ArrayList<>(before);
    kept.removeIf(key -> key.startsWith(".quilt/named_packages/team/set/"));
    assertThat(registry.keys()).isEqualTo(kept);
    assertThat(registry.entries(revisions.getFirst())).hasSize(1);
    assertThat(registry.problems()).isEmpty();
    // Once more is no error.
    assertThat(deletion.all(NAME, false).pointers()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void deletesTheLatestRevision(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    List<TopHash> revisions = registry.revisions(3);
    new Tagging(registry.store(), BUCKET).put(NAME, "zz-first", revisions.getFirst());
    Deletion deletion = new Deletion(registry.store(), BUCKET);
    Deletion.Outcome plan = deletion.revision(NAME, revisions.get(2), true);
    assertThat(registry.registry().latest(NAME)).isEqualTo(revisions.get(2));
    assertThat(plan.pointers()).containsExactly("1800000002");
    // The newest push counts, not the tag with the greatest name.
    assertThat(plan.latest()).contains(revisions.get(1));
    assertThat(deletion.revision(NAME, revisions.get(2), false)).isEqualTo(plan);
    assertThat(registry.registry().latest(NAME)).isEqualTo(revisions.get(1));
    assertThat(registry.registry().revisions(NAME)).hasSize(2);
    assertThat(registry.problems()).isEmpty();
    assertFault(FaultCode.NOT_FOUND, () -> deletion.revision(NAME, revisions.get(2), false))
        .withMessageContaining("No such package version");
  }

  @ParameterizedTest
  @EnumSource
  void deletesAnOlderRevisionAndTheLastOne(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    List<TopHash> revisions = registry.revisions(2);
    Deletion deletion = new Deletion(registry.store(), BUCKET);
    assertThat(deletion.revision(NAME, revisions.getFirst(), false).latest())
        .contains(revisions.getLast());
    assertThat(registry.registry().latest(NAME)).isEqualTo(revisions.getLast());
    Deletion.Outcome outcome = deletion.revision(NAME, revisions.getLast(), false);
    assertThat(outcome.pointers()).containsExactly("1800000001", "latest");
    assertThat(outcome.latest()).isEmpty();
    assertThat(registry.registry().pointerNames(NAME)).isEmpty();
  }

  @Test
  void deletesAsTheOfficialClientDoes() {
    JsonNode expected = QuiltFixtures.expected().get("deletion").get("revision");
    PackageName name = PackageName.parse(expected.get("name").stringValue());
    TestRegistry registry = plain();
    expected
        .get("before")
        .forEach(pointer ->
            registry.put(
                BUCKET,
                ".quilt/named_packages/%s/%s".formatted(name, pointer.get(0).stringValue()),
                pointer.get(1).stringValue()));
    new Deletion(registry.store(), BUCKET)
        .revision(name, new TopHash(expected.get("deleted").stringValue()), false);
    assertThat(registry.registry().pointers(name))
        .extracting(pointer -> pointer.name() + " " + pointer.hash())
        .containsExactlyElementsOf(
            expected
                .get("after")
                .valueStream()
                .map(pointer -> pointer.get(0).stringValue() + " " + pointer.get(1).stringValue())
                .toList());
  }

  @Test
  void deletesPointersThatHoldNothing() {
    TestRegistry registry = plain();
    TopHash hash = registry.revisions(1).getFirst();
    registry.put(BUCKET, ".quilt/named_packages/team/set/1700000000", "no hash");
    Deletion deletion = new Deletion(registry.store(), BUCKET);
    assertThat(deletion.revision(NAME, hash, false).pointers())
        .containsExactly("1800000000", "latest");
    assertThat(deletion.all(NAME, false).pointers()).containsExactly("1700000000");
  }

  @Test
  void tellsWhenSomebodyPushesMeanwhile() {
    TestRegistry registry = plain();
    registry.revisions(1);
    ObjectStore busy =
        new ForwardingObjectStore(registry.store()) {
          @Override
          public void delete(ObjectLocation location) {
            registry.put(BUCKET, ".quilt/named_packages/team/set/1900000000", "1".repeat(64));
            super.delete(location);
          }
        };
    assertFault(FaultCode.CONFLICT, () -> new Deletion(busy, BUCKET).all(NAME, false))
        .withMessageContaining("team/set");
  }

  /// Pushes a revision while the first pointer is removed.
  private static ObjectStore pushingMeanwhile(TestRegistry registry) {
    return new ForwardingObjectStore(registry.store()) {
      private boolean pushed;

      @Override
      public void delete(ObjectLocation location) {
        if (!pushed) {
          pushed = true;
          registry.push(TestRegistry.creating("a", text("meanwhile")), ON_TOP);
        }
        super.delete(location);
      }
    };
  }

  private static void assertOnlyThePushIsLeft(TestRegistry registry, TopHash before) {
    assertThat(registry.registry().latest(NAME)).isNotEqualTo(before);
    assertThat(registry.registry().pointerNames(NAME)).containsExactly("1800000001", "latest");
    assertThat(registry.problems()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void leavesARevisionThatIsPushedWhileAllAreDeleted(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    TopHash before = registry.revisions(1).getFirst();
    ObjectStore busy = pushingMeanwhile(registry);
    assertFault(FaultCode.CONFLICT, () -> new Deletion(busy, BUCKET).all(NAME, false))
        .withMessageContaining("is still there");
    assertOnlyThePushIsLeft(registry, before);
  }

  @ParameterizedTest
  @EnumSource
  void leavesARevisionThatIsPushedWhileTheOnlyOneIsDeleted(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    TopHash before = registry.revisions(1).getFirst();
    ObjectStore busy = pushingMeanwhile(registry);
    Deletion.Outcome outcome = new Deletion(busy, BUCKET).revision(NAME, before, false);
    assertThat(outcome.latest()).contains(registry.registry().latest(NAME));
    assertOnlyThePushIsLeft(registry, before);
  }

  @ParameterizedTest
  @EnumSource
  void rollsBack(StoreKind kind) {
    TestRegistry registry = TestRegistry.of(kind, folder);
    List<TopHash> revisions = registry.revisions(2);
    Rollback rollback = new Rollback(registry.store(), BUCKET);
    List<String> keys = registry.keys();
    assertThat(rollback.to(NAME, revisions.getFirst())).isEqualTo(revisions.getLast());
    assertThat(registry.registry().latest(NAME)).isEqualTo(revisions.getFirst());
    assertThat(rollback.to(NAME, revisions.getFirst())).isEqualTo(revisions.getFirst());
    assertThat(registry.keys()).isEqualTo(keys);
    assertThat(registry.problems()).isEmpty();
    assertFault(FaultCode.NOT_FOUND, () -> rollback.to(NAME, new TopHash("3".repeat(64))));
    assertFault(
            FaultCode.NOT_FOUND,
            () -> rollback.to(PackageName.parse("no/package"), revisions.getFirst()))
        .withMessageContaining("no/package");
    assertThat(registry.registry().latest(NAME)).isEqualTo(revisions.getFirst());
  }

  @Test
  void doesNotRollBackOverAPushOfSomebodyElse() {
    TestRegistry registry = versioned();
    List<TopHash> revisions = registry.revisions(2);
    TopHash winner = new TopHash("9".repeat(64));
    ObjectStore busy =
        new ForwardingObjectStore(registry.store()) {
          @Override
          public ObjectInfo put(ObjectLocation location, InputStream bytes, PutOptions options) {
            registry.put(BUCKET, ".quilt/named_packages/team/set/latest", winner.value());
            return super.put(location, bytes, options);
          }
        };
    assertFault(FaultCode.CONFLICT, () -> new Rollback(busy, BUCKET).to(NAME, revisions.getFirst()))
        .withMessageContaining(winner.value());
    registry.put(BUCKET, ".quilt/named_packages/team/set/latest", revisions.getLast().value());
    assertFault(
            FaultCode.CONFLICT,
            () -> new Deletion(busy, BUCKET).revision(NAME, revisions.getLast(), false))
        .withMessageContaining("Nothing was changed");
    assertThat(registry.registry().latest(NAME)).isEqualTo(winner);
  }
}
