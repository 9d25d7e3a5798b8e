package com.quiltdata.mcp.task;

import com.quiltdata.mcp.observe.EventLog;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// The tasks of this replica, and how much of it each caller uses. Thread-safe.
///
/// A task's lock may be held when this one's is taken, never the other way round.
final class TaskStore implements ResultSpace {
  private static final Duration SWEEP = Duration.ofSeconds(1);

  /// What one caller uses, or all together.
  private static final class Share {
    private int running;
    private int kept;
    private long resultBytes;
  }

  private final Map<Long, Task> tasks = new ConcurrentHashMap<>();
  private final Map<String, Share> shares = new HashMap<>();
  private final Share all = new Share();
  private final TaskLimits limits;
  private final EventLog log = EventLog.named("task");
  private boolean isSweeping;
  private boolean isClosed;

  TaskStore(TaskLimits limits) {
    this.limits = limits;
  }

  /// Keeps a task.
  ///
  /// @return false when too many run or are kept, all together or of its caller, or when the end
  ///   has come
  synchronized boolean add(long key, Task task) {
    Share mine = shares.getOrDefault(task.principal(), new Share());
    if (isClosed
        || all.running >= limits.running()
        || mine.running >= limits.runningOfOne()
        || all.kept >= limits.kept()
        || mine.kept >= limits.keptOfOne()) {
      return false;
    }
    shares.put(task.principal(), mine);
    mine.running++;
    mine.kept++;
    all.running++;
    all.kept++;
    tasks.put(key, task);
    if (!isSweeping) {
      isSweeping = true;
      Thread.ofVirtual().name("tasks").start(this::sweepUntilEmpty);
    }
    return true;
  }

  /// A task that may be asked for.
  Optional<Task> find(long key) {
    return Optional.ofNullable(tasks.get(key)).filter(task -> !task.isOver());
  }

  /// Without tasks, there is no thread.
  private void sweepUntilEmpty() {
    while (isSweepingNeeded()) {
      LockSupport.parkNanos(this, SWEEP.toNanos());
      try {
        sweep();
      } catch (RuntimeException e) {
        log.defect("looking for tasks that are over", e);
      }
    }
  }

  private synchronized boolean isSweepingNeeded() {
    isSweeping = !tasks.isEmpty();
    return isSweeping;
  }

  /// Ends what takes too long, forgets what nobody may ask for any more.
  void sweep() {
    tasks.forEach((key, task) -> {
      if (task.isOver() && tasks.remove(key, task)) {
        forget(task, task.resultBytes());
      }
    });
  }

  private synchronized void forget(Task task, long bytes) {
    all.kept--;
    all.resultBytes -= bytes;
    Share mine = share(task);
    mine.kept--;
    mine.resultBytes -= bytes;
    dropIfUnused(task, mine);
  }

  @Override
  public synchronized boolean take(Task task, long bytes) {
    Share mine = share(task);
    if (all.resultBytes + bytes > limits.resultBytes()
        || mine.resultBytes + bytes > limits.resultBytesOfOne()) {
      return false;
    }
    all.resultBytes += bytes;
    mine.resultBytes += bytes;
    return true;
  }

  @Override
  public synchronized void stopped(Task task) {
    all.running--;
    Share mine = share(task);
    mine.running--;
    dropIfUnused(task, mine);
  }

  private Share share(Task task) {
    return shares.computeIfAbsent(task.principal(), _ -> new Share());
  }

  private void dropIfUnused(Task task, Share share) {
    if (share.kept == 0 && share.running == 0) {
      shares.remove(task.principal());
    }
  }

  /// Ends all that runs, and takes nothing more.
  void close(TaskError why) {
    synchronized (this) {
      isClosed = true;
    }
    tasks.values().forEach(task -> task.failed(why));
  }
}
