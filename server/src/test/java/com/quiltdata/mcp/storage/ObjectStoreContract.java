package com.quiltdata.mcp.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What every kind of storage has to do alike. [ObjectListContract] adds the listing.
public abstract class ObjectStoreContract extends ObjectListContract {

  /// Whether metadata given on writing come back; a store that keeps none refuses them.
  protected boolean keepsMetadata() {
    return true;
  }

  @Test
  void namesItsBuckets() {
    assertThat(store().buckets()).contains(bucket()).isSorted();
  }

  @ParameterizedTest
  @MethodSource("com.quiltdata.mcp.storage.OddKeys#chosen")
  void keepsObjectOfOddKey(String key) throws IOException {
    ObjectInfo stored = put(key, "content of " + key);

    assertThat(stored.location().key()).isEqualTo(key);
    assertThat(read(key)).isEqualTo("content of " + key);
    assertThat(keys(list(""))).containsExactly(key);
    store().delete(at(key));
    assertThat(store().find(at(key))).isEmpty();
    assertThat(list("").objects()).isEmpty();
  }

  @Test
  void keepsAllOddKeysBesideEachOther() throws IOException {
    List<String> keys = OddKeys.chosen();
    for (String key : keys) {
      put(key, key);
    }
    assertKeeps(keys);
    for (String key : keys) {
      store().delete(at(key));
    }
    assertThat(list("").objects()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void keepsRandomKeysOfSeed(long seed) throws IOException {
    Map<String, String> expected = new TreeMap<>(new KeyOrder());
    Random random = new Random(seed);
    for (String key : OddKeys.random(seed, 150)) {
      expected.put(key, "");
    }
    // Not in key order: what comes first takes the plain name.
    List<String> shuffled = new ArrayList<>(expected.keySet());
    Collections.shuffle(shuffled, random);
    for (String key : shuffled) {
      put(key, key);
    }
    for (String key : shuffled.subList(0, 50)) {
      store().delete(at(key));
      expected.remove(key);
    }
    for (String key : shuffled.subList(0, 25)) {
      put(key, key);
      expected.put(key, "");
    }
    assertKeeps(List.copyOf(expected.keySet()));
  }

  private void assertKeeps(List<String> keys) throws IOException {
    assertThat(keys(list(""))).containsExactlyElementsOf(sorted(keys));
    for (String key : keys) {
      assertThat(read(key)).isEqualTo(key);
    }
  }

  @Test
  void tellsTheSameInListAndFind() {
    put("a/b", "12345");
    ObjectInfo listed = list("").objects().getFirst();
    ObjectInfo found = store().find(at("a/b")).orElseThrow();

    assertThat(found.sizeBytes()).isEqualTo(5).isEqualTo(listed.sizeBytes());
    assertThat(found.etag()).isNotEmpty().doesNotContain("\"").isEqualTo(listed.etag());
    assertThat(found.lastModified().getEpochSecond())
        .isEqualTo(listed.lastModified().getEpochSecond());
    assertThat(found.storageClass()).isEqualTo("STANDARD").isEqualTo(listed.storageClass());
    assertThat(found.location().withoutVersion()).isEqualTo(listed.location().withoutVersion());
  }

  @Test
  void changesEtagWithContentOnly() {
    String first = put("a", "one").etag();
    assertThat(store().find(at("a")).orElseThrow().etag()).isEqualTo(first);
    put("b", "other");
    assertThat(store().find(at("a")).orElseThrow().etag()).isEqualTo(first);
    assertThat(put("a", "two").etag()).isNotEqualTo(first);
  }

  @Test
  void readsRanges() throws IOException {
    put("a", "0123456789");
    assertThat(read("a", ByteRange.ALL)).isEqualTo("0123456789");
    assertThat(read("a", ByteRange.first(3))).isEqualTo("012");
    assertThat(read("a", ByteRange.first(0))).isEmpty();
    assertThat(read("a", new ByteRange(4, 2))).isEqualTo("45");
    assertThat(read("a", new ByteRange(8, 100))).isEqualTo("89");
    assertThat(read("a", new ByteRange(10, 1))).isEmpty();
    assertThat(read("a", new ByteRange(Long.MAX_VALUE, Long.MAX_VALUE))).isEmpty();
    try (ObjectContent content = store().open(at("a"), new ByteRange(4, 2))) {
      assertThat(content.info().sizeBytes()).isEqualTo(10);
    }
  }

  @Test
  void keepsEmptyAndBigObjects() throws IOException {
    put("empty", "");
    assertThat(read("empty")).isEmpty();
    byte[] big = new byte[3 * 1024 * 1024 + 17];
    new Random(1).nextBytes(big);
    store().put(at("big"), new ByteArrayInputStream(big), PutOptions.NONE);
    try (ObjectContent content = store().open(at("big"), new ByteRange(17, Long.MAX_VALUE))) {
      assertThat(content.stream().readAllBytes())
          .isEqualTo(Arrays.copyOfRange(big, 17, big.length));
    }
  }

  @Test
  void findsNothingWhereNothingIs() {
    put("a/b", "x");
    for (String key : List.of("b", "a", "a/", "a/b/", "a/b/c", "/a/b", "a//b", "./a/b", "A/b")) {
      assertThat(store().find(at(key))).as(key).isEmpty();
      assertFault(FaultCode.NOT_FOUND, () -> store().open(at(key), ByteRange.ALL));
    }
  }

  @Test
  void findsNoVersionThatIsNone() {
    ObjectLocation version = put("a", "x").location().withVersion("no.such.version");
    assertThat(store().find(version)).isEmpty();
    assertFault(FaultCode.NOT_FOUND, () -> store().open(version, ByteRange.ALL));
    assertFault(
        FaultCode.INVALID_ARGUMENT,
        () -> store().put(version, InputStream.nullInputStream(), PutOptions.NONE));
    store().delete(version);
    assertThat(store().find(at("a"))).isPresent();
  }

  @Test
  void replacesAndDeletes() throws IOException {
    put("a/b", "a long first content");
    put("a/b", "second");
    assertThat(read("a/b")).isEqualTo("second");
    assertThat(keys(list(""))).containsExactly("a/b");

    store().delete(at("a/b"));
    store().delete(at("a/b"));
    assertThat(store().find(at("a/b"))).isEmpty();
    put("a", "a key where a folder may have been");
    assertThat(read("a")).startsWith("a key");
  }

  @Test
  void keepsContentTypeAndMetadata() {
    PutOptions options =
        new PutOptions(Optional.of("text/x-odd"), Map.of("owner", "Zoë & co = 1", "empty", ""));
    InputStream bytes = new ByteArrayInputStream(new byte[1]);
    if (!keepsMetadata()) {
      assertFault(FaultCode.INVALID_ARGUMENT, () -> store().put(at("a"), bytes, options));
      assertThat(list("").objects()).isEmpty();
      return;
    }
    ObjectInfo stored = store().put(at("a"), bytes, options);
    ObjectInfo found = store().find(at("a")).orElseThrow();
    assertThat(found).isEqualTo(stored);
    assertThat(found.contentType()).contains("text/x-odd");
    assertThat(found.metadata()).isEqualTo(options.metadata());
    put("a", "without");
    assertThat(store().find(at("a")).orElseThrow().metadata()).isEmpty();
  }

  @Test
  void refusesUnknownBucket() {
    ObjectLocation nowhere = ObjectLocation.of(new BucketName("no-such-bucket"), "a");
    InputStream bytes = InputStream.nullInputStream();
    assertFault(FaultCode.NOT_FOUND, () -> store().list(ListRequest.of(nowhere.bucket(), "")));
    assertFault(FaultCode.NOT_FOUND, () -> store().open(nowhere, ByteRange.ALL));
    assertFault(FaultCode.NOT_FOUND, () -> store().put(nowhere, bytes, PutOptions.NONE));
    assertFault(FaultCode.NOT_FOUND, () -> store().delete(nowhere));
    // S3 answers a HEAD request without saying what is missing.
    try {
      assertThat(store().find(nowhere)).isEmpty();
    } catch (Fault e) {
      assertThat(e.code()).isEqualTo(FaultCode.NOT_FOUND);
    }
  }

  @Test
  void storesNothingWhenItsSourceFails() {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("secret of the host");
          }

          @Override
          public int read(byte[] bytes, int offset, int length) throws IOException {
            throw new IOException("secret of the host");
          }
        };
    assertThatThrownBy(() -> store().put(at("a/b"), broken, PutOptions.NONE))
        .isInstanceOf(RuntimeException.class);
    assertThat(store().find(at("a/b"))).isEmpty();
    assertThat(list("").objects()).isEmpty();
  }

  @Test
  void showsWholeContentsWhileTheyAreReplaced() throws Exception {
    String[] contents = {"a".repeat(100_000), "b".repeat(200_000)};
    put("a", contents[0]);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> writer =
          threads.submit(() -> {
            for (int i = 0; i < 200; i++) {
              put("a", contents[i % 2]);
            }
          });
      while (!writer.isDone()) {
        try (ObjectContent content = store().open(at("a"), ByteRange.ALL)) {
          byte[] bytes = content.stream().readAllBytes();
          assertThat(new String(bytes, UTF_8)).isIn((Object[]) contents);
          assertThat(content.info().sizeBytes()).isEqualTo(bytes.length);
        }
      }
      writer.get();
    }
    assertThat(keys(list(""))).containsExactly("a");
  }

  @Test
  void keepsKeysThatAreWrittenAtOnce() throws Exception {
    List<String> keys = List.of("a", "a/b", "a/b/c", "a/", "a//", "x:y", "x:y/z", "a/b/c/d");
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 20; round++) {
        List<Future<ObjectInfo>> puts =
            keys.stream().map(key -> threads.submit(() -> put(key, key))).toList();
        for (Future<ObjectInfo> put : puts) {
          put.get();
        }
        assertKeeps(keys);
        List<Future<?>> deletes = new ArrayList<>();
        keys.forEach(key -> deletes.add(threads.submit(() -> store().delete(at(key)))));
        for (Future<?> delete : deletes) {
          delete.get();
        }
        assertThat(list("").objects()).isEmpty();
      }
    }
  }

  @Test
  void linksToObjectsThatNeedNotExist() {
    for (String key : List.of("a b/ü?#%.txt", "../a", "/", "\n")) {
      ObjectLink link = store().link(at(key), Duration.ofMinutes(5));
      assertThat(link.uri().getScheme()).isIn("https", "http", "file");
      assertThat(URI.create(link.uri().toString())).isEqualTo(link.uri());
    }
  }

  /// Stores text in the bucket of the test.
  protected final ObjectInfo put(String key, String text) {
    InputStream bytes = new ByteArrayInputStream(text.getBytes(UTF_8));
    return store().put(at(key), bytes, PutOptions.NONE);
  }

  /// The whole text of an object.
  protected final String read(String key) throws IOException {
    return read(key, ByteRange.ALL);
  }

  private String read(String key, ByteRange range) throws IOException {
    try (ObjectContent content = store().open(at(key), range)) {
      return new String(content.stream().readAllBytes(), UTF_8);
    }
  }

  /// Expects a fault of a code.
  protected static void assertFault(FaultCode code, ThrowingCallable call) {
    Fault fault = catchThrowableOfType(Fault.class, call);
    assertThat(fault).isNotNull();
    assertThat(fault.code()).isEqualTo(code);
    assertThat(fault.text()).isNotBlank();
  }
}
