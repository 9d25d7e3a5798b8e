package com.quiltdata.mcp.bench;

import com.quiltdata.mcp.quilt.hash.HashKind;
import com.quiltdata.mcp.quilt.hash.HashRequest;
import com.quiltdata.mcp.quilt.hash.ObjectHashing;
import com.quiltdata.mcp.quilt.hash.Sha256;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectStore;
import com.quiltdata.mcp.storage.local.LocalObjectStore;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Hashes the files of a folder as packages do, next to what SHA-256 of the same JVM reaches with
/// the same number of threads on bytes that are in memory already: once 32 MiB for each thread,
/// which like files do not fit into the nearest caches, and once the same 64 KiB again and again,
/// which no reader of different bytes can reach.
///
/// Arguments: a root, the bucket in it, rounds.
final class HashBench {
  private static final int BLOCK = 65_536;
  private static final int MEMORY = 32 << 20;
  private static final double MIB = 1 << 20;

  private HashBench() {}

  public static void main(String[] args) throws Exception {
    ObjectStore store = new LocalObjectStore(Path.of(args[0]));
    List<HashRequest<Integer>> requests = requests(store, new BucketName(args[1]));
    long bytes = requests.stream().mapToLong(HashRequest::sizeBytes).sum();
    int threads = Runtime.getRuntime().availableProcessors();
    int rounds = Integer.parseInt(args[2]);
    System.out.printf(
        Locale.ROOT,
        "%,d objects, %,d MiB, %d threads; medians of %d rounds, MiB a second%n%-28s %7s %7s%n",
        requests.size(),
        bytes >> 20,
        threads,
        rounds,
        "",
        "wall",
        "cpu");
    Measurement memory = Measurement.of(rounds, () -> digest(MEMORY, bytes, threads));
    Measurement files =
        Measurement.of(
            rounds, () -> ObjectHashing.reading(store).hashAll(requests, _ -> {}).size());
    Measurement block = Measurement.of(rounds, () -> digest(BLOCK, bytes, threads));
    print("files", bytes, files);
    print("memory", bytes, memory);
    print("one block", bytes, block);
    System.out.printf(
        Locale.ROOT,
        "files / memory: %.0f %% by the clock, %.0f %% by processor time; / one block: %.0f %%%n",
        100 * memory.wall() / files.wall(),
        100 * memory.cpu() / files.cpu(),
        100 * block.cpu() / files.cpu());
  }

  private static void print(String title, long bytes, Measurement measured) {
    System.out.printf(
        Locale.ROOT,
        "%-28s %7.0f %7.0f%n",
        title,
        bytes / MIB / measured.wall(),
        bytes / MIB / measured.cpu());
  }

  private static List<HashRequest<Integer>> requests(ObjectStore store, BucketName bucket) {
    List<HashRequest<Integer>> requests = new ArrayList<>();
    ListRequest request = ListRequest.of(bucket, "");
    while (true) {
      var page = store.list(request);
      for (ObjectInfo info : page.objects()) {
        requests.add(
            new HashRequest<>(
                requests.size(), info.location(), info.sizeBytes(), HashKind.SHA2_256_CHUNKED));
      }
      if (page.nextToken().isEmpty()) {
        return requests;
      }
      request = request.from(page.nextToken().get());
    }
  }

  /// Digests memory in blocks, so many bytes in all.
  private static int digest(int memory, long bytes, int threads) throws InterruptedException {
    List<Thread> running = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      running.add(
          Thread.ofPlatform()
              .start(() -> {
                byte[] content = new byte[memory];
                MessageDigest digest = Sha256.newDigest();
                for (long done = 0; done < bytes / threads; done += BLOCK) {
                  digest.update(content, (int) (done % memory), BLOCK);
                }
                if (digest.digest().length == 0) {
                  throw new IllegalStateException("no digest");
                }
              }));
    }
    for (Thread thread : running) {
      thread.join();
    }
    return threads;
  }
}
