package com.quiltdata.mcp.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// How every kind of storage keeps odd keys, one by one, beside each other and written at once.
public abstract class ObjectKeyContract extends ObjectListContract {
  /// Whether a key can be kept at all; a stand-in for S3 may refuse what S3 takes.
  protected boolean takesKey(String key) {
    return true;
  }

  /// How many random keys of a seed are tried.
  protected int randomKeys() {
    return 150;
  }

  @ParameterizedTest
  @MethodSource("com.quiltdata.mcp.storage.OddKeys#chosen")
  void keepsObjectOfOddKey(String key) throws IOException {
    if (!takesKey(key)) {
      return;
    }
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
    List<String> keys = OddKeys.shallow().stream().filter(this::takesKey).toList();
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
    int count = randomKeys();
    OddKeys.random(seed, count).stream()
        .filter(this::takesKey)
        .forEach(key -> expected.put(key, ""));
    // Not in key order: what comes first takes the plain name.
    List<String> shuffled = new ArrayList<>(expected.keySet());
    Collections.shuffle(shuffled, random);
    for (String key : shuffled) {
      put(key, key);
    }
    for (String key : shuffled.subList(0, count / 3)) {
      store().delete(at(key));
      expected.remove(key);
    }
    for (String key : shuffled.subList(0, count / 6)) {
      put(key, key);
      expected.put(key, "");
    }
    assertKeeps(List.copyOf(expected.keySet()));
  }

  private void assertKeeps(List<String> keys) throws IOException {
    if (has(Weakness.ORDER)) {
      assertThat(keys(list(""))).containsExactlyInAnyOrderElementsOf(keys);
    } else {
      assertThat(keys(list(""))).containsExactlyElementsOf(sorted(keys));
    }
    for (String key : keys) {
      assertThat(read(key)).isEqualTo(key);
    }
  }

  @Test
  void showsWholeContentsWhileTheyAreReplaced() throws Exception {
    if (has(Weakness.TORN_READS)) {
      return;
    }
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

  /// Stores text in the bucket of the test.
  protected final ObjectInfo put(String key, String text) {
    InputStream bytes = new ByteArrayInputStream(text.getBytes(UTF_8));
    return store().put(at(key), bytes, PutOptions.NONE);
  }

  /// The whole text of an object.
  protected final String read(String key) throws IOException {
    return read(key, ByteRange.ALL);
  }

  /// The text of a range of an object.
  protected final String read(String key, ByteRange range) throws IOException {
    try (ObjectContent content = store().open(at(key), range)) {
      return new String(content.stream().readAllBytes(), UTF_8);
    }
  }

  /// Expects a fault of a code and returns it.
  protected static Fault assertFault(FaultCode code, ThrowingCallable call) {
    Fault fault = catchThrowableOfType(Fault.class, call);
    assertThat(fault).isNotNull();
    assertThat(fault.code()).isEqualTo(code);
    assertThat(fault.text()).isNotBlank();
    return fault;
  }
}
