package com.quiltdata.mcp.quilt.push;

import static com.quiltdata.mcp.quilt.push.PushTest.assertFault;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.hash.HashKind;
import com.quiltdata.mcp.quilt.hash.ObjectHash;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.CountingObjectStore;
import com.quiltdata.mcp.storage.ForwardingObjectStore;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.StoredChecksum;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/// Which bytes are read to know their hashes, and what is reported meanwhile.
final class SourceHashesTest {
  private static final LogicalKey KEY = LogicalKey.parse("a");
  private static final ObjectHash OLD = hash(HashKind.SHA256, "bytes");
  private static final ObjectHash NEW = hash(HashKind.SHA2_256_CHUNKED, "bytes");

  private final InMemoryObjectStore memory = new InMemoryObjectStore();
  private final CountingObjectStore store = new CountingObjectStore(memory);
  private final List<Long> reports = new ArrayList<>();

  SourceHashesTest() {
    memory.addBucket("plain");
    memory.addVersionedBucket("versioned");
  }

  private static ObjectHash hash(HashKind kind, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    try {
      return ObjectHash.compute(kind, new ByteArrayInputStream(bytes), bytes.length);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Source stored(ObjectInfo info, Optional<ObjectHash> hash) {
    return new Source.Stored(info, hash, StrictJson.NODES.objectNode());
  }

  private static Source given(String text) {
    return new Source.Given(
        ByteBuffer.wrap(text.getBytes(UTF_8)),
        Optional.empty(),
        Optional.empty(),
        StrictJson.NODES.objectNode());
  }

  private StepProgress progress(int total) {
    return new StepProgress((_, done, _) -> reports.add(done), PushStep.HASH, total);
  }

  private static SortedMap<LogicalKey, Source> one(Source source) {
    return new TreeMap<>(Map.of(KEY, source));
  }

  private ObjectHash all(ObjectStore from, boolean copies, Source source) {
    return new SourceHashes(from, (_, _) -> copies)
        .all(one(source), progress(1))
        .get(KEY)
        .hash()
        .orElseThrow();
  }

  private Optional<ObjectHash> cheap(ObjectStore from, Source source) {
    return new SourceHashes(from, (_, _) -> true).cheap(one(source), progress(1)).get(KEY).hash();
  }

  private List<String> opened() {
    return store.calls().stream().filter(call -> call.startsWith("open")).toList();
  }

  @Test
  void ofWhatIsKnownNothingIsRead() {
    ObjectInfo info = memory.add("versioned", "a", "bytes");
    assertThat(all(store, true, stored(info, Optional.of(NEW)))).isEqualTo(NEW);
    assertThat(all(store, false, stored(info, Optional.of(OLD)))).isEqualTo(OLD);
    assertThat(store.calls()).isEmpty();
    assertThat(reports).containsExactly(0L, 1L, 0L, 1L);
  }

  @Test
  void bytesThatAreCopiedGetTheHashOfToday() {
    ObjectInfo info = memory.add("versioned", "a", "bytes");
    assertThat(all(store, true, stored(info, Optional.of(OLD)))).isEqualTo(NEW);
    // Once to see that they are what the package says.
    assertThat(opened()).hasSize(2);
    assertThat(reports).containsExactly(0L, 1L);
  }

  @Test
  void bytesWithoutAHashAreReadOnce() {
    ObjectInfo info = memory.add("versioned", "a", "bytes");
    assertThat(all(store, false, stored(info, Optional.empty()))).isEqualTo(NEW);
    assertThat(opened()).hasSize(1);
    // A version is the same for ever.
    assertThat(store.calls()).noneMatch(call -> call.startsWith("find"));
    assertThat(all(store, false, given("bytes"))).isEqualTo(NEW);
    assertThat(reports).containsExactly(0L, 1L, 0L, 1L);
  }

  @Test
  void otherBytesThanItsPackageSaysAreNamed() {
    ObjectInfo info = memory.add("versioned", "a", "bytes");
    ObjectHash other = hash(HashKind.SHA256, "other");
    assertFault(FaultCode.CORRUPT_DATA, () -> all(store, true, stored(info, Optional.of(other))))
        .withMessageContaining("'a'")
        .withMessageContaining(info.location().uri());
  }

  /// A hash of a kind that nobody knows cannot be compared.
  @Test
  void unknownKindsAreReplaced() {
    ObjectInfo info = memory.add("versioned", "a", "bytes");
    ObjectHash unknown = new ObjectHash("MD6", "00");
    assertThat(all(store, true, stored(info, Optional.of(unknown)))).isEqualTo(NEW);
    assertThat(opened()).hasSize(1);
  }

  @Test
  void whatHasNoVersionIsLookedAtAgain() {
    ObjectInfo info = memory.add("plain", "a", "bytes");
    assertThat(all(store, false, stored(info, Optional.empty()))).isEqualTo(NEW);
    assertThat(store.calls()).filteredOn(call -> call.startsWith("find")).hasSize(1);
  }

  @Test
  void isAnotherByEtagOrSize() {
    ObjectInfo info = memory.add("plain", "a", "bytes");
    assertThat(SourceHashes.isSame(info, info)).isTrue();
    assertThat(SourceHashes.isSame(info, with(info, 6, info.etag()))).isFalse();
    assertThat(SourceHashes.isSame(info, with(info, 5, "other"))).isFalse();
    SourceHashes.requireUnchanged(memory, info);
    memory.add("plain", "a", "other");
    assertFault(FaultCode.CONFLICT, () -> SourceHashes.requireUnchanged(memory, info))
        .withMessageContaining("s3://plain/a")
        .withMessageContaining("push again");
    memory.delete(info.location());
    assertFault(FaultCode.CONFLICT, () -> SourceHashes.requireUnchanged(memory, info));
  }

  private static ObjectInfo with(ObjectInfo info, long sizeBytes, String etag) {
    return new ObjectInfo(
        info.location(),
        sizeBytes,
        info.lastModified(),
        etag,
        info.contentType(),
        info.storageClass(),
        info.metadata());
  }

  /// A dry run reads what is little, and of much only what the store says.
  @Test
  void cheapIsLittleOrWhatTheStoreKnows() {
    ObjectInfo info = memory.add("versioned", "a", "bytes");
    assertThat(cheap(store, stored(info, Optional.empty()))).contains(NEW);
    ObjectInfo just = with(info, SourceHashes.CHEAP_BYTES, info.etag());
    ObjectInfo more = with(info, SourceHashes.CHEAP_BYTES + 1, info.etag());
    ObjectStore unread =
        new ForwardingObjectStore(memory) {
          @Override
          public ObjectContent open(ObjectLocation location, ByteRange range) {
            throw new UnsupportedOperationException("read");
          }
        };
    assertThatThrownBy(() -> cheap(unread, stored(just, Optional.empty())))
        .hasStackTraceContaining("read");
    assertThat(cheap(unread, stored(more, Optional.empty()))).isEmpty();
    assertThat(cheap(unread, stored(more, Optional.of(NEW)))).contains(NEW);
    reports.clear();
    SortedMap<LogicalKey, Source> mixed = one(stored(more, Optional.empty()));
    mixed.put(LogicalKey.parse("b"), given("bytes"));
    mixed.put(LogicalKey.parse("c"), stored(more, Optional.of(NEW)));
    SortedMap<LogicalKey, Source> hashed =
        new SourceHashes(unread, (_, _) -> true).cheap(mixed, progress(3));
    assertThat(hashed.values())
        .extracting(Source::hash)
        .containsExactly(Optional.empty(), Optional.of(NEW), Optional.of(NEW));
    assertThat(reports).containsExactly(0L, 1L, 2L, 3L);
  }

  @Test
  void aChecksumOfTheStoreIsAHash() {
    ObjectInfo info = memory.add("versioned", "a", "bytes");
    ObjectStore knowing = knowing(memory);
    assertThat(SourceHashes.chunked(knowing, info)).contains(NEW);
    assertThat(all(knowing, true, stored(info, Optional.empty()))).isEqualTo(NEW);
    assertThat(SourceHashes.chunked(memory, info)).isEmpty();
  }

  /// A store that keeps the SHA-256 of each object, as S3 does when it is asked to.
  static ObjectStore knowing(ObjectStore store) {
    return new ForwardingObjectStore(store) {
      @Override
      public List<StoredChecksum> checksums(ObjectLocation location) {
        try (ObjectContent content = super.open(location, ByteRange.ALL)) {
          byte[] digest =
              MessageDigest.getInstance("SHA-256").digest(content.stream().readAllBytes());
          return List.of(
              new StoredChecksum("SHA256", Base64.getEncoder().encodeToString(digest), 0));
        } catch (IOException | NoSuchAlgorithmException e) {
          throw new AssertionError(e);
        }
      }
    };
  }
}
