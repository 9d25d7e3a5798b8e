package com.quiltdata.mcp.concurrent;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Function;

/// Does many small remote reads at once, at most sixteen at a time.
public final class InParallel {
  private static final int AT_ONCE = 16;

  private InParallel() {}

  /// Applies work to every item.
  ///
  /// @param items what is worked on
  /// @param work is done to each, on a virtual thread
  /// @return the results in the order of the items
  /// @throws Fault the first that the work threw, or [FaultCode#CANCELLED] when interrupted
  public static <A, B> List<B> map(List<A> items, Function<A, B> work) {
    Semaphore gate = new Semaphore(AT_ONCE);
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<B>> futures = new ArrayList<>(items.size());
      try {
        for (A item : items) {
          gate.acquire();
          futures.add(
              executor.submit(() -> {
                try {
                  return work.apply(item);
                } finally {
                  gate.release();
                }
              }));
        }
        List<B> results = new ArrayList<>(items.size());
        for (Future<B> future : futures) {
          results.add(future.get());
        }
        return results;
      } catch (ExecutionException e) {
        executor.shutdownNow();
        throw e.getCause() instanceof Fault fault
            ? fault
            : new Fault(FaultCode.INTERNAL, "Reading in parallel failed", e);
      } catch (InterruptedException e) {
        // Else closing waits for all that was begun.
        executor.shutdownNow();
        throw e;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Fault(FaultCode.CANCELLED, "The call was given up", e);
    }
  }
}
