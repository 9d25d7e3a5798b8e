package com.quiltdata.mcp.quilt.push;

import static com.quiltdata.mcp.quilt.push.PushTest.assertFault;
import static com.quiltdata.mcp.quilt.push.TestRegistry.BUCKET;
import static com.quiltdata.mcp.quilt.push.TestRegistry.CLOCK;
import static com.quiltdata.mcp.quilt.push.TestRegistry.DATA;
import static com.quiltdata.mcp.quilt.push.TestRegistry.NAME;
import static com.quiltdata.mcp.quilt.push.TestRegistry.ON_TOP;
import static com.quiltdata.mcp.quilt.push.TestRegistry.creating;
import static com.quiltdata.mcp.quilt.push.TestRegistry.object;
import static com.quiltdata.mcp.quilt.push.TestRegistry.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.storage.CountingObjectStore;
import com.quiltdata.mcp.storage.ForwardingObjectStore;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.Precondition;
import com.quiltdata.mcp.storage.PutOptions;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What others do while bytes are brought to their places.
final class CopyHazardsTest {
  private static final String PLACE = "team/set/a";

  private final InMemoryObjectStore memory = new InMemoryObjectStore();

  /// So late that everything in the store has been there for long.
  private InstantSource clock = CLOCK;

  private void buckets(boolean versions) {
    if (versions) {
      memory.addVersionedBucket(BUCKET.value());
    } else {
      memory.addBucket(BUCKET.value());
    }
    memory.addBucket(DATA.value());
  }

  private PushOutcome push(ObjectStore store, PackageEdit edit) {
    return push(store, edit, PushProgress.NONE);
  }

  private PushOutcome push(ObjectStore store, PackageEdit edit, PushProgress progress) {
    return new Push(store, BUCKET, _ -> true, clock).push(NAME, edit, ON_TOP, progress);
  }

  private ObjectLocation add(String text) {
    return memory.add(DATA.value(), "s", text).location();
  }

  private static String place(PushOutcome outcome) {
    return outcome.changes().getFirst().entry().orElseThrow().physicalUri();
  }

  /// Somebody puts an object where this push is about to write, a number of times.
  private final class Busy extends ForwardingObjectStore {
    private final int times;
    private final boolean stays;
    private int writes;

    Busy(int times, boolean stays) {
      super(memory);
      this.times = times;
      this.stays = stays;
    }

    @Override
    public ObjectInfo put(ObjectLocation location, InputStream bytes, PutOptions options) {
      if (location.key().equals(PLACE) && ++writes <= times) {
        if (stays) {
          memory.add(BUCKET.value(), PLACE, "theirs");
        } else {
          throw new Fault(FaultCode.CONFLICT, "it was there for a moment");
        }
      }
      return super.put(location, bytes, options);
    }
  }

  @Test
  void whoWasFasterKeepsAVersion() {
    buckets(true);
    PushOutcome outcome = push(new Busy(1, true), creating("a", text("mine")));
    assertThat(place(outcome)).startsWith("s3://registry/team/set/a?versionId=");
    assertThat(memory.bytes("s3://registry/" + PLACE)).asString(UTF_8).isEqualTo("mine");
    assertThat(memory.everything()).filteredOn(uri -> uri.contains("/" + PLACE)).hasSize(2);
  }

  @Test
  void whoWasFasterKeepsItsPlaceWhereThereAreNoVersions() {
    buckets(false);
    PushOutcome outcome = push(new Busy(1, true), creating("a", text("mine")));
    assertThat(place(outcome)).startsWith("s3://registry/.quilt/objects/");
    assertThat(memory.bytes("s3://registry/" + PLACE)).asString(UTF_8).isEqualTo("theirs");
  }

  @Test
  void aPlaceThatIsNeverFreeIsTriedThreeTimes() {
    buckets(true);
    Busy twice = new Busy(2, false);
    assertThat(place(push(twice, creating("a", text("mine"))))).contains("/" + PLACE);
    assertThat(twice.writes).isEqualTo(3);
    memory.delete(ObjectLocation.of(BUCKET, PLACE));
    Busy always = new Busy(Integer.MAX_VALUE, false);
    assertThat(place(push(always, creating("a", text("other"))))).contains(".quilt/objects/");
    assertThat(always.writes).isEqualTo(3);
  }

  @Test
  void aVersionIsNotReadToSeeWhetherItIsTheSame() {
    buckets(true);
    ObjectLocation there = memory.add(BUCKET.value(), PLACE, "same").location();
    CountingObjectStore counting = new CountingObjectStore(memory);
    PushOutcome outcome = push(counting, creating("a", text("same")));
    assertThat(outcome.copiedObjects()).isEqualTo(1);
    assertThat(counting.calls()).noneMatch(call -> call.startsWith("open " + there));
  }

  @Test
  void aVersionThatTheStoreKnowsIsUsedAgain() {
    buckets(true);
    ObjectLocation there = memory.add(BUCKET.value(), PLACE, "same").location();
    ObjectStore knowing = SourceHashesTest.knowing(memory);
    PushOutcome outcome = push(knowing, creating("a", text("same")));
    assertThat(outcome.copiedObjects()).isZero();
    assertThat(place(outcome)).isEqualTo(there.uri());
    PushOutcome other = push(knowing, creating("a", text("diff")));
    assertThat(other.copiedObjects()).isEqualTo(1);
    assertThat(place(other)).isNotEqualTo(there.uri()).contains("/" + PLACE);
  }

  @Test
  void whatIsNotItsHashIsNamedByChecksumsToo() {
    buckets(false);
    memory.add(BUCKET.value(), PLACE, "else");
    String place = place(push(memory, creating("a", text("same"))));
    assertThat(place).contains(".quilt/objects/");
    String key = ObjectLocation.parse(place).key();
    ObjectStore knowing = SourceHashesTest.knowing(memory);
    assertThat(push(knowing, creating("a", text("same"), "b", text("b"))).copiedObjects())
        .isEqualTo(1);
    memory.add(BUCKET.value(), key, "evil");
    assertFault(
            FaultCode.CORRUPT_DATA,
            () -> push(knowing, creating("a", text("same"), "c", text("c"))))
        .withMessageContaining(key)
        .withMessageContaining("remove it and push again");
  }

  /// Something happens to an object just before it is copied, or behind that.
  private ObjectStore copying(Runnable before, Runnable behind) {
    return new ForwardingObjectStore(memory) {
      @Override
      public ObjectInfo copy(ObjectLocation source, ObjectLocation target, Precondition condition) {
        before.run();
        ObjectInfo copied = super.copy(source, target, condition);
        behind.run();
        return copied;
      }
    };
  }

  /// Copies are made by the store once a version of the bucket was seen.
  private PackageEdit copyOf(ObjectLocation source) {
    memory.add(BUCKET.value(), "seen", "s");
    return creating(
        "seen", object(memory.find(ObjectLocation.of(BUCKET, "seen")).orElseThrow().location()),
        "set/a", object(source));
  }

  @Test
  void aSourceThatIsLongerThanItWasIsNotPublished() {
    buckets(true);
    clock = InstantSource.system();
    PackageEdit edit = copyOf(add("before"));
    assertFault(
            FaultCode.CONFLICT,
            () -> push(copying(() -> add("longer than before"), () -> {}), edit))
        .withMessageContaining("s3://other-data/s")
        .withMessageContaining("changed while it was pushed");
    assertThat(memory.everything()).noneMatch(uri -> uri.contains("team/set"));
  }

  @Test
  void aSourceThatChangesBehindItsCopyIsNotPublished() {
    buckets(true);
    clock = InstantSource.system();
    PackageEdit edit = copyOf(add("before"));
    assertFault(FaultCode.CONFLICT, () -> push(copying(() -> {}, () -> add("behind")), edit))
        .withMessageContaining("changed while it was pushed");
    assertThat(memory.everything()).noneMatch(uri -> uri.contains("team/set"));
  }

  @Test
  void aCopyOfOtherBytesIsNotPublished() {
    buckets(true);
    PackageEdit edit = copyOf(add("before"));
    // The source is as it was when somebody looks at it again.
    ObjectStore swapped = copying(() -> add("behind"), () -> add("before"));
    assertFault(FaultCode.CONFLICT, () -> push(SourceHashesTest.knowing(swapped), edit))
        .withMessageContaining("changed while it was pushed");
    assertThat(push(SourceHashesTest.knowing(copying(() -> {}, () -> {})), edit).copiedObjects())
        .isEqualTo(1);
  }

  @Test
  void aCopyThatIsGoneIsNotPublished() {
    buckets(true);
    ObjectStore store =
        new ForwardingObjectStore(memory) {
          @Override
          public ObjectInfo put(ObjectLocation location, InputStream bytes, PutOptions options) {
            ObjectInfo info = super.put(location, bytes, options);
            if (location.key().equals(PLACE)) {
              memory.delete(info.location());
            }
            return info;
          }
        };
    assertFault(FaultCode.CONFLICT, () -> push(store, creating("a", text("mine"))))
        .withMessageContaining("changed while it was pushed");
    assertThat(memory.everything()).isEmpty();
  }

  @Test
  void aVersionThatIsReferencedIsNotLookedAtAgain() {
    buckets(true);
    ObjectLocation raw = memory.add(BUCKET.value(), "raw", "bytes").location();
    CountingObjectStore counting = new CountingObjectStore(memory);
    push(counting, creating("a", object(raw)));
    assertThat(counting.calls()).filteredOn(call -> call.equals("find " + raw)).hasSize(1);
  }

  @Test
  void isGivenUpJustBeforeItPublishes() {
    buckets(true);
    ObjectLocation raw = memory.add(BUCKET.value(), "raw", "bytes").location();
    List<String> before = memory.everything();
    PushProgress giveUp =
        (step, _, _) -> {
          if (step == PushStep.COPY) {
            Thread.currentThread().interrupt();
          }
        };
    PackageEdit nothing = PackageEdit.create(Map.of(), MetadataEdit.KEEP, Optional.of("empty"));
    for (PackageEdit edit : List.of(nothing, creating("a", object(raw)))) {
      try {
        assertFault(FaultCode.CANCELLED, () -> push(memory, edit, giveUp));
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
    }
    assertThat(memory.everything()).isEqualTo(before);
  }

  @Test
  void tellsHowFarItIs() {
    buckets(true);
    List<String> told = new ArrayList<>();
    push(
        memory,
        creating("a", text("1"), "b", object(add("22"))),
        (step, done, total) -> told.add("%s %d/%d".formatted(step, done, total)));
    assertThat(told)
        .containsExactly(
            "LOOK 0/2",
            "LOOK 1/2",
            "LOOK 2/2",
            "HASH 0/2",
            "HASH 1/2",
            "HASH 2/2",
            "COPY 0/2",
            "COPY 1/2",
            "COPY 2/2",
            "MANIFEST 0/2",
            "MANIFEST 2/2");
  }
}
