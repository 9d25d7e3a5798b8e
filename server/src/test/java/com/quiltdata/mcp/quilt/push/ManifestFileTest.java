package com.quiltdata.mcp.quilt.push;

import static com.quiltdata.mcp.quilt.push.PushTest.assertFault;
import static com.quiltdata.mcp.quilt.push.TestRegistry.BUCKET;
import static com.quiltdata.mcp.quilt.push.TestRegistry.DATA;
import static com.quiltdata.mcp.quilt.push.TestRegistry.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.PhysicalKey;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import com.quiltdata.mcp.quilt.manifest.ManifestEntry;
import com.quiltdata.mcp.quilt.manifest.ManifestHeader;
import com.quiltdata.mcp.quilt.manifest.ManifestStream;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.quilt.registry.RegistryLayout;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.CountingObjectStore;
import com.quiltdata.mcp.storage.ForwardingObjectStore;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.Precondition;
import com.quiltdata.mcp.storage.PutOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What a push does with a file that has the name of its manifest already.
final class ManifestFileTest {
  private static final ObjectHash HASH =
      new ObjectHash("sha2-256-chunked", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");

  /// More than is compared at a time.
  private static final String LONG = "x".repeat(70_000);

  private final InMemoryObjectStore store = new InMemoryObjectStore();

  ManifestFileTest() {
    store.addVersionedBucket(BUCKET.value());
    store.addVersionedBucket(DATA.value());
  }

  /// A revision of empty files.
  private static Draft draft(int files, IntFunction<String> place) {
    SortedMap<LogicalKey, Optional<ManifestEntry>> entries = new TreeMap<>();
    for (int i = 0; i < files; i++) {
      LogicalKey key = LogicalKey.parse("f%05d".formatted(i));
      entries.put(
          key,
          Optional.of(
              new ManifestEntry(
                  key,
                  place.apply(i),
                  StrictJson.NODES.numberNode(0),
                  Optional.of(HASH),
                  StrictJson.NODES.objectNode())));
    }
    ManifestHeader header =
        new ManifestHeader(StrictJson.NODES.objectNode().put("version", "v0").put("message", LONG));
    return new Draft(header, EmptyPackage::new, entries);
  }

  private static TopHash hash(Draft draft) {
    return draft.measure().topHash();
  }

  private static Optional<String> write(ObjectStore store, Draft draft, boolean copy) {
    Placement placement = new Placement(store, BUCKET, NAME, copy);
    return new ManifestFile(store, new Registry(store, BUCKET), placement, draft, hash(draft))
        .write();
  }

  private Optional<String> write(Draft draft) {
    return write(store, draft, false);
  }

  private static byte[] bytes(Draft draft) {
    try (InputStream bytes = ManifestStream.of(draft.open())) {
      return bytes.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static ObjectLocation location(Draft draft) {
    return RegistryLayout.manifest(BUCKET, hash(draft));
  }

  private byte[] stored(Draft draft) {
    return store.bytes(location(draft).uri());
  }

  private void store(Draft draft, byte[] bytes) {
    store.add(BUCKET.value(), location(draft).key(), bytes);
  }

  private String file(String bucket, String key) {
    return PhysicalKey.of(store.add(bucket, key, new byte[0]).location()).format();
  }

  @Test
  void isWritten() {
    Draft draft = draft(2, i -> "s3://registry/a?versionId=" + i);
    assertThat(write(draft)).isEmpty();
    assertThat(stored(draft)).isEqualTo(bytes(draft));
  }

  @Test
  void staysWhenItIsTheSame() {
    Draft draft = draft(2, i -> "s3://registry/a?versionId=" + i);
    store(draft, bytes(draft));
    List<String> before = store.everything();
    assertThat(write(draft)).isEmpty();
    assertThat(store.everything()).isEqualTo(before);
  }

  @Test
  void isReplacedWhenAnyByteDiffers() {
    Draft draft = draft(1, i -> "s3://registry/a?versionId=" + i);
    byte[] right = bytes(draft);
    for (int at : new int[] {0, 65_535, 65_536, right.length - 1}) {
      byte[] wrong = right.clone();
      wrong[at] ^= 1;
      store(draft, wrong);
      assertThat(write(draft)).as("byte %d", at).get().asString().contains("it was replaced");
      assertThat(stored(draft)).isEqualTo(right);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-2, 1, -70_000})
  void isReplacedWhenItsLengthDiffers(int more) {
    Draft draft = draft(1, i -> "s3://registry/a?versionId=" + i);
    byte[] right = bytes(draft);
    store(draft, Arrays.copyOf(right, right.length + more));
    assertThat(write(draft)).get().asString().contains("it was replaced");
    assertThat(stored(draft)).isEqualTo(right);
  }

  /// Whole batches are looked at, and the rest.
  @ParameterizedTest
  @ValueSource(ints = {1, 1_000, 1_001})
  void staysWhenItNamesOtherPlacesThatAreThere(int files) {
    Draft theirs = draft(files, i -> file("registry", "theirs/" + i));
    Draft mine = draft(files, i -> file("registry", "mine/" + i));
    store(mine, bytes(theirs));
    assertThat(write(mine)).get().asString().contains("stays as it is");
    assertThat(stored(mine)).isEqualTo(bytes(theirs));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 500, 999, 1_000})
  void isReplacedWhenOneOfItsObjectsIsGone(int gone) {
    Draft theirs =
        draft(
            1_001,
            i -> i == gone ? "s3://registry/gone?versionId=v" : file("registry", "theirs/" + i));
    Draft mine = draft(1_001, i -> file("registry", "mine/" + i));
    store(mine, bytes(theirs));
    assertThat(write(mine)).get().asString().contains("it was replaced");
    assertThat(stored(mine)).isEqualTo(bytes(mine));
  }

  @Test
  void isReplacedWhenOneOfItsObjectsHasAnotherSize() {
    String longer = PhysicalKey.of(store.add("registry", "long", "1").location()).format();
    Draft mine = draft(1, _ -> file("registry", "mine"));
    store(mine, bytes(draft(1, _ -> longer)));
    assertThat(write(mine)).get().asString().contains("it was replaced");
  }

  @Test
  void isReplacedWhenItNamesAWorsePlace() {
    Draft mine = draft(1, _ -> file("registry", "mine"));
    file("registry", "raw");
    List<String> worse =
        List.of("s3://registry/raw", file(DATA.value(), "raw"), "file:///nowhere/raw");
    for (String place : worse) {
      store(mine, bytes(draft(1, _ -> place)));
      assertThat(write(mine)).as(place).get().asString().contains("it was replaced");
      assertThat(stored(mine)).isEqualTo(bytes(mine));
    }
  }

  @Test
  void isReplacedByAPushThatCopiesWhenItNamesWhatWasNotCopied() {
    Draft mine = draft(1, i -> file("registry", "team/set/f%05d".formatted(i)));
    store(mine, bytes(draft(1, _ -> file("registry", "raw"))));
    assertThat(write(store, mine, true)).get().asString().contains("it was replaced");
    store(mine, bytes(draft(1, i -> file("registry", "team/set/f%05d".formatted(i)))));
    assertThat(write(store, mine, true)).get().asString().contains("stays as it is");
  }

  /// What this push has placed itself was looked at already.
  @Test
  void doesNotLookAtPlacesThatItNamesItself() {
    String same = file("registry", "same");
    Draft theirs = draft(2, i -> i == 0 ? same : file("registry", "theirs"));
    Draft mine = draft(2, i -> i == 0 ? same : file("registry", "mine"));
    store(mine, bytes(theirs));
    CountingObjectStore counting = new CountingObjectStore(store);
    assertThat(write(counting, mine, false)).get().asString().contains("stays as it is");
    assertThat(counting.calls())
        .filteredOn(call -> call.startsWith("find"))
        .hasSize(2)
        .noneMatch(call -> call.contains("/same"));
  }

  @Test
  void isReplacedWhenAnotherRevisionHasItsName() {
    Draft mine = draft(1, _ -> file("registry", "mine"));
    Draft other = draft(2, i -> file("registry", "other/" + i));
    store(mine, bytes(other));
    assertThat(write(mine)).get().asString().contains("it was replaced");
    assertThat(stored(mine)).isEqualTo(bytes(mine));
  }

  @Test
  void givesUpWhenSomebodyKeepsWriting() {
    Draft mine = draft(1, _ -> file("registry", "mine"));
    int[] puts = {0};
    ObjectStore busy =
        new ForwardingObjectStore(store) {
          @Override
          public ObjectInfo put(ObjectLocation location, InputStream bytes, PutOptions options) {
            puts[0]++;
            store(mine, ("no manifest " + puts[0]).getBytes(StandardCharsets.UTF_8));
            return super.put(location, bytes, options);
          }
        };
    assertFault(FaultCode.CONFLICT, () -> write(busy, mine, false))
        .withMessageContaining("Somebody else keeps writing the manifest " + hash(mine))
        .withMessageContaining("push again");
    // Three times where there should be nothing, and in place of what was there.
    assertThat(puts[0]).isEqualTo(6);
  }

  @Test
  void isWrittenOnceMoreWhenItIsRemovedMeanwhile() {
    Draft mine = draft(1, _ -> file("registry", "mine"));
    boolean[] refused = {false};
    ObjectStore once =
        new ForwardingObjectStore(store) {
          @Override
          public ObjectInfo put(ObjectLocation location, InputStream bytes, PutOptions options) {
            if (!refused[0] && options.precondition().equals(Precondition.ABSENT)) {
              refused[0] = true;
              throw new Fault(FaultCode.CONFLICT, "it was there");
            }
            return super.put(location, bytes, options);
          }
        };
    assertThat(write(once, mine, false)).isEmpty();
    assertThat(stored(mine)).isEqualTo(bytes(mine));
  }

  @Test
  void tellsWhatTheStoreTells() {
    Draft mine = draft(1, _ -> file("registry", "mine"));
    ObjectStore silent =
        new ForwardingObjectStore(store) {
          @Override
          public ObjectInfo put(ObjectLocation location, InputStream bytes, PutOptions options) {
            throw new Fault(FaultCode.UPSTREAM_UNAVAILABLE, "silent");
          }
        };
    assertFault(FaultCode.UPSTREAM_UNAVAILABLE, () -> write(silent, mine, false))
        .withMessageContaining("silent");
  }

  /// Reading it is an error.
  private static InputStream closed() {
    InputStream stream = InputStream.nullInputStream();
    try {
      stream.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    return stream;
  }

  @Test
  void doesNotReplaceWhatItCannotRead() {
    Draft mine = draft(1, _ -> file("registry", "mine"));
    Draft theirs = draft(1, _ -> file("registry", "theirs"));
    store(mine, bytes(theirs));
    ObjectStore cut =
        new ForwardingObjectStore(store) {
          @Override
          public ObjectContent open(ObjectLocation location, ByteRange range) {
            ObjectContent content = super.open(location, range);
            return new ObjectContent(content.info(), closed());
          }
        };
    assertFault(FaultCode.UPSTREAM_UNAVAILABLE, () -> write(cut, mine, false))
        .withMessageContaining("Manifest " + hash(mine))
        .withMessageContaining("could not be read");
    ObjectStore silent =
        new ForwardingObjectStore(store) {
          private int times;

          @Override
          public ObjectContent open(ObjectLocation location, ByteRange range) {
            if (++times == 2) {
              throw new Fault(FaultCode.UPSTREAM_UNAVAILABLE, "silent");
            }
            return super.open(location, range);
          }
        };
    assertFault(FaultCode.UPSTREAM_UNAVAILABLE, () -> write(silent, mine, false))
        .withMessageContaining("silent");
    assertThat(stored(mine)).isEqualTo(bytes(theirs));
  }
}
