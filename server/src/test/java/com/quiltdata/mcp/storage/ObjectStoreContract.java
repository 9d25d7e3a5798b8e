package com.quiltdata.mcp.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What every kind of storage has to do alike; the classes above this one check listings and keys.
public abstract class ObjectStoreContract extends ObjectWriteContract {

  /// Whether metadata given on writing come back; a store that keeps none refuses them.
  protected boolean keepsMetadata() {
    return true;
  }

  @Test
  void namesItsBuckets() {
    assertThat(store().buckets()).contains(bucket()).isSorted();
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
    assertThat(store().find(at("a")).isPresent()).isNotEqualTo(has(Weakness.NO_VERSION));
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
  void namesTheFileOfAnObjectIfItHasOne() {
    put("a b/%?#.txt", "x");
    store()
        .file(at("a b/%?#.txt"))
        .ifPresent(file -> assertThat(store().locate(file)).contains(at("a b/%?#.txt")));
    assertThat(store().file(at("nothing"))).isEmpty();
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
  void linksToObjectsThatNeedNotExist() {
    for (String key : List.of("a b/ü?#%.txt", "../a", "/", "\n")) {
      ObjectLink link = store().link(at(key), Duration.ofMinutes(5));
      assertThat(link.uri().getScheme()).isIn("https", "http", "file");
      assertThat(URI.create(link.uri().toString())).isEqualTo(link.uri());
    }
  }
}
