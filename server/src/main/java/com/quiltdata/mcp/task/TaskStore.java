package com.quiltdata.mcp.task;

import com.quiltdata.mcp.concurrent.Heartbeat;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// The tasks of this replica. Thread-safe.
final class TaskStore implements ResultSpace {
  private static final Duration SWEEP = Duration.ofSeconds(1);

  private final Map<Long, Task> tasks = new ConcurrentHashMap<>();
  private final Set<Task> running = ConcurrentHashMap.newKeySet();
  private final AtomicLong keptBytes = new AtomicLong();
  private final TaskLimits limits;
  private final InstantSource clock;

  TaskStore(TaskLimits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
    new Heartbeat("tasks", SWEEP).register(this::sweep);
  }

  /// Keeps a task.
  ///
  /// @return false when too many run, all together or of its caller
  synchronized boolean add(long key, Task task) {
    long mine = running.stream().filter(one -> one.principal().equals(task.principal())).count();
    if (running.size() >= limits.running() || mine >= limits.runningOfOne()) {
      return false;
    }
    running.add(task);
    tasks.put(key, task);
    return true;
  }

  Optional<Task> find(long key) {
    return Optional.ofNullable(tasks.get(key));
  }

  private void sweep() {
    tasks
        .values()
        .removeIf(task -> {
          boolean isOver = task.isOver(clock.instant());
          if (isOver) {
            task.forget();
          }
          return isOver;
        });
  }

  @Override
  public boolean take(long bytes) {
    if (keptBytes.addAndGet(bytes) > limits.resultBytes()) {
      keptBytes.addAndGet(-bytes);
      return false;
    }
    return true;
  }

  @Override
  public void leave(long bytes) {
    keptBytes.addAndGet(-bytes);
  }

  @Override
  public void ended(Task task) {
    running.remove(task);
  }

  /// Gives up all that runs.
  void cancelAll(String why) {
    running.forEach(task -> task.cancel(why));
  }
}
