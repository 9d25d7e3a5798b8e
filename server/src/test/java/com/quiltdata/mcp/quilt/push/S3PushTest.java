package com.quiltdata.mcp.quilt.push;

import static com.quiltdata.mcp.quilt.push.TestRegistry.CLOCK;
import static com.quiltdata.mcp.quilt.push.TestRegistry.NAME;
import static com.quiltdata.mcp.quilt.push.TestRegistry.object;
import static com.quiltdata.mcp.quilt.push.TestRegistry.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.quiltdata.mcp.checker.HttpShelf;
import com.quiltdata.mcp.checker.RegistryChecker;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.quilt.LogicalKey;
import com.quiltdata.mcp.quilt.TopHash;
import com.quiltdata.mcp.quilt.check.CheckDepth;
import com.quiltdata.mcp.quilt.check.CheckProgress;
import com.quiltdata.mcp.quilt.check.PackageCheck;
import com.quiltdata.mcp.quilt.manifest.ManifestReader;
import com.quiltdata.mcp.quilt.registry.Registry;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ForwardingObjectStore;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectLocation;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.PutOptions;
import com.quiltdata.mcp.storage.s3.MotoServer;
import com.quiltdata.mcp.storage.s3.S3Mock;
import com.quiltdata.mcp.storage.s3.S3Server;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Pushes to servers that speak S3, read back over plain HTTP by somebody who shares no code.
final class S3PushTest {
  private static final int ROUNDS = 100;

  private static S3Server server(String name) {
    return name.equals("moto") ? MotoServer.server() : S3Mock.server();
  }

  private static ObjectLocation put(
      ObjectStore store, BucketName bucket, String key, String content) {
    ObjectLocation location = ObjectLocation.of(bucket, key);
    store.put(location, new ByteArrayInputStream(content.getBytes(UTF_8)), PutOptions.NONE);
    return location;
  }

  @ParameterizedTest
  @CsvSource({"moto, true", "moto, false", "s3mock, true", "s3mock, false"})
  void pushesUpdatesAndCopies(String name, boolean versions) {
    S3Server server = server(name);
    ObjectStore store = server.store();
    BucketName bucket = versions ? server.versionedBucket() : server.bucket();
    BucketName data = versions ? server.versionedBucket() : server.bucket();
    Push push = new Push(store, bucket, _ -> true, CLOCK);
    Map<LogicalKey, Change> changes =
        TestRegistry.changes(
            "here.csv", object(put(store, bucket, "raw/here.csv", "1,2\n")),
            "there/a b+c.txt", object(put(store, data, "a b+c.txt", "elsewhere")),
            "é/😀.txt", object(put(store, data, "e\u0301 %41.txt", "odd names")),
            "large.bin", object(put(store, data, "large", "x".repeat(9 << 20))),
            "README.md", text("# Read me"));
    TopHash first =
        push.push(
                NAME,
                PackageEdit.create(changes, MetadataEdit.KEEP, Optional.of("first")),
                PushOptions.DEFAULT,
                PushProgress.NONE)
            .topHash()
            .orElseThrow();
    // As others may do: the objects change after they were packaged.
    put(store, data, "a b+c.txt", "changed meanwhile");
    PackageEdit update =
        PackageEdit.update(
            new BaseRevision(bucket, first),
            TestRegistry.changes(
                "README.md", text("# Again"),
                "there/a b+c.txt", object(ObjectLocation.of(data, "a b+c.txt")),
                "large.bin", new Change.Remove()),
            MetadataEdit.KEEP,
            Optional.of("second"));
    PushOutcome second =
        push.push(
            NAME,
            update,
            PushOptions.DEFAULT.copying(true).expecting(new Expected.Revision(first)),
            PushProgress.NONE);
    assertThat(second.entries()).isEqualTo(4);
    assertThat(
            push.push(NAME, update, PushOptions.DEFAULT.copying(true), PushProgress.NONE).result())
        .isEqualTo(PushOutcome.Result.ALREADY_THERE);

    HttpShelf shelf = HttpShelf.of(server.endpoint(), bucket.value());
    assertThat(RegistryChecker.problems(shelf)).isEmpty();
    assertThat(RegistryChecker.packages(shelf).get(NAME.value()))
        .containsEntry("latest", second.topHash().orElseThrow().value())
        .containsValue(first.value());
    for (TopHash hash : List.of(first, second.topHash().orElseThrow())) {
      assertThat(
              new PackageCheck(store, bucket, _ -> true)
                  .check(hash, CheckDepth.BYTES, 10, CheckProgress.NONE)
                  .findings())
          .isEmpty();
    }
  }

  /// A store whose conditional writes are made one at a time: moto looks and writes in two steps,
  /// S3 in one.
  private static ObjectStore atomic(S3Server server, ReentrantLock lock) {
    return new ForwardingObjectStore(server.store()) {
      @Override
      public ObjectInfo put(ObjectLocation location, InputStream bytes, PutOptions options) {
        lock.lock();
        try {
          return super.put(location, bytes, options);
        } finally {
          lock.unlock();
        }
      }
    };
  }

  @Test
  void oneOfTwoPushersWinsAndTheOtherIsTold() throws Exception {
    S3Server server = MotoServer.server();
    BucketName bucket = server.versionedBucket();
    Registry registry = new Registry(server.store(), bucket);
    TopHash latest =
        new Push(server.store(), bucket, _ -> true, CLOCK)
            .push(NAME, creating("start"), PushOptions.DEFAULT, PushProgress.NONE)
            .topHash()
            .orElseThrow();
    List<TopHash> winners = new ArrayList<>(List.of(latest));
    for (int round = 1; round <= ROUNDS; round++) {
      List<Object> ended = race(server, bucket, latest, round);
      List<TopHash> won =
          ended.stream().filter(TopHash.class::isInstance).map(TopHash.class::cast).toList();
      List<Fault> lost =
          ended.stream().filter(Fault.class::isInstance).map(Fault.class::cast).toList();
      assertThat(won).as("round %d: %s", round, lost).hasSize(1);
      assertThat(lost)
          .singleElement()
          .satisfies(fault -> {
            assertThat(fault.code()).isEqualTo(FaultCode.CONFLICT);
            assertThat(fault.text()).contains(won.getFirst().value());
          });
      latest = won.getFirst();
      winners.add(latest);
      assertThat(registry.latest(NAME)).isEqualTo(latest);
    }
    HttpShelf shelf = HttpShelf.of(server.endpoint(), bucket.value());
    assertThat(RegistryChecker.problems(shelf)).isEmpty();
    assertThat(RegistryChecker.packages(shelf).get(NAME.value()).values())
        .containsAll(winners.stream().map(TopHash::value).toList());
  }

  private static PackageEdit creating(String content) {
    return PackageEdit.create(
        TestRegistry.changes("file", text(content)), MetadataEdit.KEEP, Optional.empty());
  }

  private static List<Object> race(S3Server server, BucketName bucket, TopHash base, int round)
      throws Exception {
    CyclicBarrier start = new CyclicBarrier(2);
    ReentrantLock lock = new ReentrantLock();
    try (ExecutorService executor = Executors.newFixedThreadPool(2)) {
      List<Future<Object>> pushers = new ArrayList<>();
      for (String side : List.of("left ", "right ")) {
        Push push = new Push(atomic(server, lock), bucket, _ -> true, TestRegistry.clock(round));
        pushers.add(
            executor.submit(() -> {
              start.await();
              try {
                return push.push(
                        NAME,
                        creating(side + round),
                        PushOptions.DEFAULT.expecting(new Expected.Revision(base)),
                        PushProgress.NONE)
                    .topHash()
                    .orElseThrow();
              } catch (Fault e) {
                return e;
              }
            }));
      }
      return List.of(pushers.getFirst().get(), pushers.getLast().get());
    }
  }

  @Test
  void packagesOddKeys() {
    S3Server server = MotoServer.server();
    ObjectStore store = server.store();
    BucketName bucket = server.versionedBucket();
    BucketName data = server.versionedBucket();
    Map<LogicalKey, Change> changes = new TreeMap<>();
    for (String key :
        List.of(
            "%",
            "%41", "a?b", "#x", "a+b", "é", "e\u0301", "😀", "\ue000", "a\\b", "\u202ex", "a&b=c",
            "a b")) {
      changes.put(LogicalKey.parse("d/" + key), object(put(store, data, "k/" + key, key)));
    }
    TopHash hash =
        new Push(store, bucket, _ -> true, CLOCK)
            .push(
                NAME,
                PackageEdit.create(changes, MetadataEdit.KEEP, Optional.empty()),
                PushOptions.DEFAULT,
                PushProgress.NONE)
            .topHash()
            .orElseThrow();
    List<LogicalKey> keys = new ArrayList<>();
    try (ManifestReader reader = new Registry(store, bucket).open(hash)) {
      for (var entry = reader.nextEntry(); entry.isPresent(); entry = reader.nextEntry()) {
        keys.add(entry.get().logicalKey());
      }
    }
    assertThat(keys).containsExactlyElementsOf(changes.keySet());
    assertThat(RegistryChecker.problems(HttpShelf.of(server.endpoint(), bucket.value()))).isEmpty();
  }
}
