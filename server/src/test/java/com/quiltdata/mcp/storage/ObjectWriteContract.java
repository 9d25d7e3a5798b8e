package com.quiltdata.mcp.storage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// How every kind of storage writes under conditions, copies, and keeps versions and checksums.
public abstract class ObjectWriteContract extends ObjectKeyContract {
  private static final int WRITERS = 8;
  private static final int PART = 8 << 20;

  /// A bucket that is empty when a test begins and keeps versions; none where no bucket can.
  protected Optional<BucketName> versionedBucket() {
    return Optional.empty();
  }

  /// Whether the store keeps a SHA-256 of what it writes.
  protected boolean keepsChecksums() {
    return false;
  }

  @Test
  void writesUnderAConditionOnly() throws IOException {
    ObjectInfo first = write("a/b", "first", Precondition.ABSENT);
    assertFault(FaultCode.CONFLICT, () -> write("a/b", "again", Precondition.ABSENT));
    assertThat(read("a/b")).isEqualTo("first");

    ObjectInfo second = write("a/b", "second", new Precondition.Unchanged(first.etag()));
    assertFault(
        FaultCode.CONFLICT, () -> write("a/b", "late", new Precondition.Unchanged(first.etag())));
    assertThat(read("a/b")).isEqualTo("second");
    assertThat(store().find(at("a/b")).orElseThrow().etag()).isEqualTo(second.etag());

    store().delete(at("a/b"));
    assertFault(
        FaultCode.CONFLICT, () -> write("a/b", "gone", new Precondition.Unchanged(second.etag())));
    assertThat(keys(list(""))).isEmpty();
  }

  @Test
  void removesUnderAConditionOnly() throws IOException {
    ObjectInfo first = write("a/b", "first", Precondition.NONE);
    ObjectInfo second = write("a/b", "second", Precondition.NONE);
    Precondition old = new Precondition.Unchanged(first.etag());
    assertFault(FaultCode.CONFLICT, () -> store().delete(at("a/b"), old));
    assertFault(FaultCode.CONFLICT, () -> store().delete(at("a/b"), Precondition.ABSENT));
    assertThat(read("a/b")).isEqualTo("second");

    Precondition current = new Precondition.Unchanged(second.etag());
    store().delete(at("a/b"), current);
    assertThat(store().find(at("a/b"))).isEmpty();
    assertFault(FaultCode.CONFLICT, () -> store().delete(at("a/b"), current));
    store().delete(at("a/b"), Precondition.ABSENT);
  }

  @Test
  void copiesUnderAConditionOnly() throws IOException {
    put("from", "copied");
    ObjectInfo copied = store().copy(at("from"), at("to"), Precondition.ABSENT);
    assertThat(read("to")).isEqualTo("copied");
    put("from", "again");
    assertFault(FaultCode.CONFLICT, () -> store().copy(at("from"), at("to"), Precondition.ABSENT));
    assertThat(read("to")).isEqualTo("copied");
    store().copy(at("from"), at("to"), new Precondition.Unchanged(copied.etag()));
    assertThat(read("to")).isEqualTo("again");
  }

  private ObjectInfo write(String key, String text, Precondition precondition) {
    return write(at(key), text, precondition);
  }

  private ObjectInfo write(ObjectLocation location, String text, Precondition precondition) {
    return store()
        .put(
            location,
            new ByteArrayInputStream(text.getBytes(UTF_8)),
            PutOptions.NONE.when(precondition));
  }

  @Test
  void letsOneOfManyWritersWin() throws Exception {
    if (has(Weakness.RACES)) {
      return;
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int round = 0; round < 10; round++) {
        String key = "race/" + round;
        ObjectInfo first = onlyWinner(threads, key, Precondition.ABSENT);
        ObjectInfo second = onlyWinner(threads, key, new Precondition.Unchanged(first.etag()));
        assertThat(store().find(at(key)).orElseThrow().etag()).isEqualTo(second.etag());
      }
    }
  }

  private ObjectInfo onlyWinner(ExecutorService threads, String key, Precondition condition)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    List<Future<Optional<ObjectInfo>>> writes = new ArrayList<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      String text = "by %d under %s".formatted(writer, condition);
      writes.add(
          threads.submit(() -> {
            start.await();
            try {
              return Optional.of(write(key, text, condition));
            } catch (Fault e) {
              assertThat(e.code()).isEqualTo(FaultCode.CONFLICT);
              return Optional.empty();
            }
          }));
    }
    List<ObjectInfo> winners = new ArrayList<>();
    int last = -1;
    for (int writer = 0; writer < WRITERS; writer++) {
      Optional<ObjectInfo> written = writes.get(writer).get();
      if (written.isPresent()) {
        winners.add(written.get());
        last = writer;
      }
    }
    assertThat(winners).hasSize(1);
    assertThat(read(key)).isEqualTo("by %d under %s".formatted(last, condition));
    return winners.getFirst();
  }

  @Test
  void copiesWhatASourceHolds() throws IOException {
    PutOptions options = PutOptions.ofType("text/x-odd");
    store().put(at("from +%?#"), new ByteArrayInputStream("bytes".getBytes(UTF_8)), options);
    put("to/here", "something else");
    ObjectInfo copied = store().copy(at("from +%?#"), at("to/here"));

    assertThat(copied.sizeBytes()).isEqualTo(5);
    assertThat(read("to/here")).isEqualTo("bytes");
    assertThat(store().find(at("to/here")).orElseThrow()).isEqualTo(copied);
    assertThat(copied.contentType()).contains("text/x-odd");
    assertFault(FaultCode.NOT_FOUND, () -> store().copy(at("nothing"), at("to/there")));
    assertThat(store().find(at("to/there"))).isEmpty();
  }

  @Test
  void keepsBytesOfSeveralParts() throws IOException {
    byte[] bytes = new byte[2 * PART + 17];
    new Random(2).nextBytes(bytes);
    ObjectInfo written =
        store()
            .put(
                at("parts"),
                new ByteArrayInputStream(bytes),
                PutOptions.ofType("text/x-odd").when(Precondition.ABSENT));
    assertThat(written.sizeBytes()).isEqualTo(bytes.length);
    assertThat(written.contentType()).contains("text/x-odd");
    try (ObjectContent content = store().open(at("parts"), new ByteRange(5, Long.MAX_VALUE))) {
      assertThat(
              Arrays.equals(
                  content.stream().readAllBytes(), Arrays.copyOfRange(bytes, 5, bytes.length)))
          .isTrue();
    }
    assertFault(
        FaultCode.CONFLICT,
        () ->
            store()
                .put(
                    at("parts"),
                    new ByteArrayInputStream(bytes),
                    PutOptions.NONE.when(Precondition.ABSENT)));
    if (!has(Weakness.REFUSED_PARTS)) {
      assertThat(store().find(at("parts"))).contains(written);
    }
  }

  @Test
  void keepsChecksumsOfWhatItWrote() throws NoSuchAlgorithmException {
    assertThat(store().checksums(at("nothing"))).isEmpty();
    byte[] bytes = new byte[PART + 17];
    new Random(3).nextBytes(bytes);
    store().put(at("parts"), new ByteArrayInputStream(bytes), PutOptions.NONE);
    store().put(at("whole"), new ByteArrayInputStream(bytes, 0, 100), PutOptions.NONE);
    if (!keepsChecksums()) {
      return;
    }
    assertThat(store().checksums(at("whole")))
        .contains(new StoredChecksum("SHA256", base64(sha256(bytes, 0, 100)), 0));
    MessageDigest all = MessageDigest.getInstance("SHA-256");
    all.update(sha256(bytes, 0, PART));
    all.update(sha256(bytes, PART, 17));
    assertThat(store().checksums(at("parts")))
        .contains(new StoredChecksum("SHA256", base64(all.digest()), PART));
  }

  private static byte[] sha256(byte[] bytes, int offset, int length)
      throws NoSuchAlgorithmException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update(bytes, offset, length);
    return digest.digest();
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  @Test
  void keepsVersions() throws IOException {
    Optional<BucketName> versioned = versionedBucket();
    if (versioned.isEmpty()) {
      return;
    }
    ObjectLocation place = ObjectLocation.of(versioned.get(), "a b/%?#+ü");
    ObjectInfo first = write(place, "first", Precondition.ABSENT);
    ObjectInfo second = write(place, "second!", new Precondition.Unchanged(first.etag()));

    assertThat(store().keepsVersions()).isTrue();
    assertThat(first.location()).isNotEqualTo(second.location());
    assertThat(first.location().withoutVersion()).isEqualTo(place);
    assertThat(store().find(place)).contains(second);
    assertThat(store().find(first.location())).contains(first);
    assertThat(text(first.location())).isEqualTo("first");
    assertThat(text(place)).isEqualTo("second!");

    ObjectLocation copy = ObjectLocation.of(place.bucket(), "copy");
    store().copy(first.location(), copy);
    assertThat(text(copy)).isEqualTo("first");

    store().delete(place);
    assertThat(store().find(place)).isEmpty();
    assertFault(FaultCode.NOT_FOUND, () -> store().open(place, ByteRange.ALL));
    assertThat(text(second.location())).isEqualTo("second!");
    if (has(Weakness.REMOVED_VERSIONS)) {
      return;
    }
    store().delete(second.location());
    assertThat(store().find(second.location())).isEmpty();
    assertThat(text(first.location())).isEqualTo("first");
    write(place, "third", Precondition.ABSENT);
    assertThat(text(place)).isEqualTo("third");
  }

  private String text(ObjectLocation location) throws IOException {
    try (ObjectContent content = store().open(location, ByteRange.ALL)) {
      return new String(content.stream().readAllBytes(), UTF_8);
    }
  }
}
