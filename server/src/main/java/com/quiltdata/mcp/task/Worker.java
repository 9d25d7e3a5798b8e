package com.quiltdata.mcp.task;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.tool.CallOutput;
import com.quiltdata.mcp.tool.Job;
import com.quiltdata.mcp.tool.LogLevel;
import com.quiltdata.mcp.tool.ToolResult;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/// Does the rounds of a task's job, each on a virtual thread of its own. Guarded by its task, but
/// for what those threads do.
final class Worker {
  private final Task task;
  private final TaskOrder order;
  private final Job.Step step;
  private final EventLog log = EventLog.named("task");
  private @Nullable Thread newest;
  private int rounds;
  private int atWork;

  Worker(Task task, TaskOrder order, Job.Step step) {
    this.task = task;
    this.order = order;
    this.step = step;
  }

  TaskOrder order() {
    return order;
  }

  /// How many rounds have begun.
  int rounds() {
    return rounds;
  }

  void begin(Input input) {
    newest =
        Thread.ofVirtual()
            .name("task-" + order.context().requestId())
            .start(() -> order.context().run(() -> work(input)));
    rounds++;
    atWork++;
  }

  /// Interrupts the round at work, unless it is by that round that the task ends.
  void interrupt() {
    if (newest != null && !newest.equals(Thread.currentThread())) {
      newest.interrupt();
    }
  }

  boolean isIdle() {
    return atWork == 0;
  }

  private void work(Input input) {
    try {
      task.took(outcome(input), order);
    } catch (RuntimeException | Error e) {
      // Errors too, such as a stack overflow: nobody else would end the task.
      if (task.failed(
          TaskError.internal(
              "Internal error; the log has more under request id "
                  + order.context().requestId()))) {
        log.defect("a task of " + order.tool(), e);
      }
    } finally {
      synchronized (task) {
        atWork--;
        task.hasRested();
      }
    }
  }

  private ToolResult outcome(Input input) {
    try {
      return step.run(input, new Progress(task));
    } catch (Fault fault) {
      return ToolResult.of(fault);
    }
  }

  /// Progress of a task is the message of its status; nobody streams.
  private record Progress(Task task) implements CallOutput {
    @Override
    public void progress(double done, OptionalDouble total, String message) {
      task.says(message);
    }

    @Override
    public void log(LogLevel level, String message) {
      // a task has no stream
    }
  }
}
