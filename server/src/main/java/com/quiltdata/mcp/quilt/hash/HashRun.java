package com.quiltdata.mcp.quilt.hash;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Queue;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// One run over many objects. The thread that calls hands out steps and takes their results, other
/// threads read and hash; so all state but the count of bytes belongs to one thread.
final class HashRun<T> {
  private static final long TELL_NANOS = 1_000_000_000;

  private final ObjectReader reader;
  private final Iterator<HashRequest<T>> requests;
  private final HashListener<T> listener;
  private final Queue<HashJob<T>> reading = new ArrayDeque<>();
  private int running;

  HashRun(ObjectReader reader, Iterator<HashRequest<T>> requests, HashListener<T> listener) {
    this.reader = reader;
    this.requests = requests;
    this.listener = listener;
  }

  /// What came of a step.
  private sealed interface Outcome {
    /// The store kept a checksum, and no byte was read.
    record Known(ObjectHash hash) implements Outcome {}

    /// A part was read.
    record Read(int number, ObjectReader.Part part) implements Outcome {}

    /// The store keeps nothing of use, and the object has to be read.
    record Unknown() implements Outcome {}

    /// The object cannot be read.
    record Failed(Fault fault) implements Outcome {}
  }

  private record Step<T>(HashJob<T> job, Outcome outcome) {}

  void run(int threads) {
    // Threads of the system, because hashing never waits: virtual ones would keep all others from
    // the few carriers.
    try (ExecutorService executor =
        Executors.newFixedThreadPool(
            threads, Thread.ofPlatform().daemon().name("hash-", 0).factory())) {
      try {
        run(new ExecutorCompletionService<>(executor), threads);
      } catch (InterruptedException e) {
        executor.shutdownNow();
        Thread.currentThread().interrupt();
        throw new Fault(FaultCode.CANCELLED, "The call was given up", e);
      } catch (RuntimeException | Error e) {
        executor.shutdownNow();
        throw e;
      }
    }
  }

  private void run(CompletionService<Step<T>> steps, int threads) throws InterruptedException {
    long told = System.nanoTime();
    while (true) {
      // One step waits for each thread, so that none is idle while this thread is busy.
      while (running < 2 * threads && begin(steps)) {
        running++;
      }
      if (running == 0) {
        listener.progressed(reader.bytesRead());
        return;
      }
      Future<Step<T>> done = steps.poll(TELL_NANOS, TimeUnit.NANOSECONDS);
      if (System.nanoTime() - told >= TELL_NANOS) {
        told = System.nanoTime();
        listener.progressed(reader.bytesRead());
      }
      if (done != null) {
        running--;
        Step<T> step = result(done);
        take(step.job(), step.outcome());
      }
    }
  }

  /// Hands out one more step.
  ///
  /// @return false when there is none now
  private boolean begin(CompletionService<Step<T>> steps) {
    while (!reading.isEmpty() && !reading.element().hasNext()) {
      reading.remove();
    }
    if (reading.isEmpty()) {
      if (!requests.hasNext()) {
        return false;
      }
      HashJob<T> job = new HashJob<>(requests.next());
      if (reader.reusesChecksums()) {
        steps.submit(() -> new Step<>(job, attempt(() -> lookUp(job))));
        return true;
      }
      reading.add(job);
    }
    HashJob<T> job = reading.element();
    int number = job.next();
    steps.submit(() -> new Step<>(job, attempt(() -> read(job, number))));
    return true;
  }

  private static Outcome attempt(Supplier<Outcome> work) {
    try {
      return work.get();
    } catch (Fault fault) {
      return new Outcome.Failed(fault);
    }
  }

  private Outcome lookUp(HashJob<T> job) {
    return reader
        .stored(job.request())
        .<Outcome>map(Outcome.Known::new)
        .orElseGet(Outcome.Unknown::new);
  }

  private Outcome read(HashJob<T> job, int number) {
    ObjectHasher hasher = ObjectHasher.ofPart(job.request().kind());
    return new Outcome.Read(number, reader.read(job.request(), job.range(number), hasher));
  }

  private static <T> Step<T> result(Future<Step<T>> done) throws InterruptedException {
    try {
      return done.get();
    } catch (ExecutionException e) {
      throw new Fault(FaultCode.INTERNAL, "Hashing failed", e);
    }
  }

  private void take(HashJob<T> job, Outcome outcome) {
    if (job.isEnded()) {
      return;
    }
    switch (outcome) {
      case Outcome.Known(ObjectHash hash) -> end(job, hash);
      case Outcome.Unknown() -> reading.add(job);
      case Outcome.Failed(Fault fault) -> fail(job, fault);
      case Outcome.Read(int number, ObjectReader.Part part) -> {
        if (!job.take(number, part)) {
          fail(job, replaced(job));
        } else if (job.isComplete()) {
          end(job, job.hash());
        }
      }
    }
  }

  private void end(HashJob<T> job, ObjectHash hash) {
    job.end();
    listener.hashed(job.request(), hash);
  }

  private void fail(HashJob<T> job, Fault fault) {
    job.end();
    listener.failed(job.request(), fault);
  }

  private Fault replaced(HashJob<T> job) {
    return new Fault(
        FaultCode.CONFLICT,
        "Object %s was replaced while it was hashed"
            .formatted(Quoted.of(job.request().location().uri())));
  }
}
