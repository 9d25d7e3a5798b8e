package com.quiltdata.mcp.quilt.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.QuiltFixtures;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ByteRange;
import com.quiltdata.mcp.storage.ForwardingObjectStore;
import com.quiltdata.mcp.storage.InMemoryObjectStore;
import com.quiltdata.mcp.storage.ObjectContent;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.PutOptions;
import com.quiltdata.mcp.storage.StoredChecksum;
import com.quiltdata.mcp.storage.local.LocalObjectStore;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

final class ObjectHashingTest {
  private static final BucketName BUCKET = new BucketName("bucket");

  private final InMemoryObjectStore store = new InMemoryObjectStore();

  @TempDir private Path folder;

  static Stream<JsonNode> bigObjects() {
    return QuiltFixtures.bigObjects().values().stream();
  }

  private static HashRequest<String> request(String key, long size, HashKind kind) {
    return new HashRequest<>(key, ObjectLocation.of(BUCKET, key), size, kind);
  }

  private void put(ObjectStore target, String key, InputStream bytes) {
    target.put(ObjectLocation.of(BUCKET, key), bytes, PutOptions.NONE);
  }

  private ObjectStore local() throws IOException {
    Files.createDirectory(folder.resolve(BUCKET.value()));
    return new LocalObjectStore(folder);
  }

  @ParameterizedTest
  @MethodSource("bigObjects")
  void agreesWithTheOfficialClient(JsonNode object) throws IOException {
    ObjectStore files = local();
    store.addVersionedBucket(BUCKET.value());
    long size = object.get("size").longValue();
    for (ObjectStore one : List.of(files, store)) {
      put(one, "big", QuiltFixtures.generate(object));
      for (HashKind kind : HashKind.values()) {
        assertThat(ObjectHashing.reading(one).hash(request("big", size, kind)))
            .isEqualTo(new ObjectHash(kind.wire(), object.get(kind.wire()).stringValue()));
      }
    }
  }

  @Test
  void hashesManyObjectsInTheOrderOfTheRequests() throws IOException {
    store.addBucket(BUCKET.value());
    List<HashKind> kinds = List.of(HashKind.values());
    List<HashRequest<String>> requests = new ArrayList<>();
    List<ObjectHash> expected = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      byte[] bytes = new byte[i % 50];
      store.add(BUCKET.value(), "k" + i, bytes);
      HashKind kind = kinds.get(i % kinds.size());
      requests.add(request("k" + i, bytes.length, kind));
      expected.add(ObjectHash.compute(kind, new ByteArrayInputStream(bytes), bytes.length));
    }
    List<Long> progress = new ArrayList<>();
    assertThat(ObjectHashing.reading(store).hashAll(requests, progress::add)).isEqualTo(expected);
    assertThat(progress.getLast())
        .isEqualTo(requests.stream().mapToLong(HashRequest::sizeBytes).sum());
  }

  @Test
  void tellsOfProgressWhileAnObjectIsRead() {
    store.addBucket(BUCKET.value());
    store.add(BUCKET.value(), "k", new byte[100_000]);
    CountDownLatch heard = new CountDownLatch(1);
    ObjectStore waiting =
        opening((location, range) -> {
          ObjectContent content = store.open(location, range);
          InputStream stream =
              new FilterInputStream(content.stream()) {
                @Override
                public int read(byte[] bytes, int offset, int length) throws IOException {
                  if (in.available() < 100_000) {
                    await(heard);
                  }
                  return super.read(bytes, offset, length);
                }
              };
          return new ObjectContent(content.info(), stream);
        });
    List<Long> progress = new ArrayList<>();
    ObjectHashing.reading(waiting)
        .hashAll(
            List.of(request("k", 100_000, HashKind.SHA256)),
            bytes -> {
              progress.add(bytes);
              heard.countDown();
            });
    assertThat(progress).hasSizeGreaterThanOrEqualTo(2).endsWith(100_000L);
    assertThat(progress.getFirst()).isEqualTo(65_536);
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void asksForRequestsAsItNeedsThem() {
    store.addBucket(BUCKET.value());
    store.add(BUCKET.value(), "k", new byte[10]);
    AtomicInteger given = new AtomicInteger();
    AtomicInteger hashed = new AtomicInteger();
    Iterator<HashRequest<String>> requests =
        IntStream.range(0, 1_000)
            .mapToObj(_ -> {
              assertThat(given.incrementAndGet() - hashed.get()).isLessThanOrEqualTo(32);
              return request("k", 10, HashKind.SHA256);
            })
            .iterator();
    ObjectHashing.reading(store).hashAll(requests, (_, _) -> hashed.incrementAndGet());
    assertThat(hashed.get()).isEqualTo(1_000);
  }

  @Test
  void tellsOfEachObjectThatFails() {
    store.addBucket(BUCKET.value());
    store.add(BUCKET.value(), "good", new byte[10]);
    store.add(BUCKET.value(), "short", new byte[9]);
    Map<String, String> heard = new LinkedHashMap<>();
    ObjectHashing.reading(store)
        .hashAll(
            Stream.of("good", "short", "missing", "good")
                .map(key -> request(key, 10, HashKind.SHA2_256_CHUNKED))
                .iterator(),
            new HashListener<>() {
              @Override
              public void hashed(HashRequest<String> request, ObjectHash hash) {
                heard.merge(request.subject(), "hashed", String::concat);
              }

              @Override
              public void failed(HashRequest<String> request, Fault fault) {
                heard.put(request.subject(), fault.code() + " " + fault.text());
              }
            });
    assertThat(heard)
        .containsOnly(
            Map.entry("good", "hashedhashed"),
            Map.entry(
                "short", "CORRUPT_DATA Object 's3://bucket/short': expected 10 bytes, found 9"),
            Map.entry("missing", "NOT_FOUND Object s3://bucket/missing not found"));
  }

  @Test
  void endsAtTheFirstFailureUnlessSomebodyListens() {
    store.addBucket(BUCKET.value());
    List<HashRequest<String>> requests =
        IntStream.range(0, 100).mapToObj(i -> request("k" + i, 1, HashKind.SHA256)).toList();
    assertThatThrownBy(() -> ObjectHashing.reading(store).hashAll(requests, _ -> {}))
        .isInstanceOfSatisfying(
            Fault.class, e -> assertThat(e.code()).isEqualTo(FaultCode.NOT_FOUND));
  }

  /// A store that does something of its own when an object is opened.
  private ObjectStore opening(Opening opening) {
    return new ForwardingObjectStore(store) {
      @Override
      public ObjectContent open(ObjectLocation location, ByteRange range) {
        return opening.open(location, range);
      }
    };
  }

  private interface Opening {
    ObjectContent open(ObjectLocation location, ByteRange range);
  }

  @Test
  void noticesAnObjectThatIsReplacedBetweenTwoChunks() {
    store.addBucket(BUCKET.value());
    int size = 20_000_000;
    store.add(BUCKET.value(), "k", new byte[size]);
    ObjectStore replaced =
        opening((location, range) -> {
          ObjectContent content = store.open(location, range);
          return new ObjectContent(
              withEtag(content.info(), "from byte " + range.offset()), content.stream());
        });
    HashRequest<String> request = request("k", size, HashKind.SHA2_256_CHUNKED);
    assertThatThrownBy(() -> ObjectHashing.reading(replaced).hash(request))
        .isInstanceOfSatisfying(
            Fault.class, e -> assertThat(e.code()).isEqualTo(FaultCode.CONFLICT))
        .hasMessage("Object 's3://bucket/k' was replaced while it was hashed");
  }

  private static ObjectInfo withEtag(ObjectInfo info, String etag) {
    return new ObjectInfo(
        info.location(),
        info.sizeBytes(),
        info.lastModified(),
        etag,
        info.contentType(),
        info.storageClass(),
        info.metadata());
  }

  @Test
  void saysSoWhenTheStorageBreaksOff() {
    store.addBucket(BUCKET.value());
    store.add(BUCKET.value(), "k", new byte[10]);
    ObjectStore broken =
        opening((location, range) -> {
          InputStream closed = InputStream.nullInputStream();
          try {
            closed.close();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
          return new ObjectContent(store.open(location, range).info(), closed);
        });
    assertThatThrownBy(() -> ObjectHashing.reading(broken).hash(request("k", 10, HashKind.SHA256)))
        .hasMessage("Object 's3://bucket/k' could not be read to its end");
    ObjectStore cut =
        opening((location, range) ->
            new ObjectContent(
                store.open(location, range).info(), new ByteArrayInputStream(new byte[4])));
    assertThatThrownBy(() -> ObjectHashing.reading(cut).hash(request("k", 10, HashKind.SHA256)))
        .hasMessage("Object 's3://bucket/k': expected 10 bytes, found 4");
  }

  @Test
  void endsWhenItsThreadIsInterrupted() throws InterruptedException {
    store.addBucket(BUCKET.value());
    store.add(BUCKET.value(), "k", new byte[10]);
    CountDownLatch opened = new CountDownLatch(1);
    CountDownLatch ended = new CountDownLatch(1);
    ObjectStore endless =
        opening((location, range) -> {
          opened.countDown();
          try {
            new CountDownLatch(1).await();
            throw new AssertionError("nobody counts this down");
          } catch (InterruptedException e) {
            ended.countDown();
            throw new Fault(FaultCode.CANCELLED, "interrupted", e);
          }
        });
    AtomicReference<Fault> fault = new AtomicReference<>();
    Thread caller =
        Thread.ofVirtual()
            .start(() -> {
              try {
                ObjectHashing.reading(endless).hash(request("k", 10, HashKind.SHA256));
              } catch (Fault e) {
                fault.set(e);
              }
            });
    opened.await();
    caller.interrupt();
    caller.join();
    assertThat(fault.get().code()).isEqualTo(FaultCode.CANCELLED);
    assertThat(ended.getCount()).isZero();
  }

  @Test
  void readsNothingWhereAStoredChecksumSaysEnough() {
    ObjectHash empty =
        new ObjectHash("sha2-256-chunked", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=");
    store.addBucket(BUCKET.value());
    store.add(BUCKET.value(), "known", new byte[0]);
    store.add(BUCKET.value(), "unknown", new byte[10]);
    List<String> opened = new ArrayList<>();
    ObjectStore keeping =
        new ForwardingObjectStore(store) {
          @Override
          public List<StoredChecksum> checksums(ObjectLocation location) {
            return location.key().equals("known")
                ? List.of(
                    new StoredChecksum("CRC32", "AAAAAA==", 0),
                    new StoredChecksum("SHA256", empty.value(), 0))
                : List.of();
          }

          @Override
          public ObjectContent open(ObjectLocation location, ByteRange range) {
            opened.add(location.key());
            return super.open(location, range);
          }
        };
    List<HashRequest<String>> requests =
        List.of(
            request("known", 0, HashKind.SHA2_256_CHUNKED),
            request("unknown", 10, HashKind.SHA2_256_CHUNKED));
    List<ObjectHash> hashes = ObjectHashing.reusingChecksums(keeping).hashAll(requests, _ -> {});
    assertThat(hashes)
        .isEqualTo(ObjectHashing.reading(store).hashAll(requests, _ -> {}))
        .startsWith(empty);
    assertThat(opened).containsExactly("unknown");
  }
}
