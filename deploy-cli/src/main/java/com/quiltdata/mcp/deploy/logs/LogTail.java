package com.quiltdata.mcp.deploy.logs;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.ecs.TaskDefinition;
import com.quiltdata.mcp.deploy.ecs.TaskState;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import software.amazon.awssdk.services.cloudwatchlogs.model.FilteredLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.OutputLogEvent;
import software.amazon.awssdk.services.cloudwatchlogs.model.ResourceNotFoundException;

/// What a container has logged, where its task definition sends it.
///
/// @param aws asks
/// @param group the log group
/// @param prefix of the streams
/// @param container whose logs
public record LogTail(AwsClients aws, String group, String prefix, String container) {
  private static final int MOST_CHARS = 400;

  /// Reads where the logs are; empty when the container does not log to CloudWatch.
  public static Optional<LogTail> of(AwsClients aws, TaskDefinition definition, String container) {
    Optional<String> group = definition.logOption(container, "awslogs-group");
    Optional<String> prefix = definition.logOption(container, "awslogs-stream-prefix");
    return group.isPresent() && prefix.isPresent()
        ? Optional.of(new LogTail(aws, group.get(), prefix.get(), container))
        : Optional.empty();
  }

  /// The name of the stream of a task.
  public String stream(TaskState task) {
    return "%s/%s/%s".formatted(prefix, container, task.id());
  }

  /// The newest lines of a task, oldest first; or one line that says why there are none.
  ///
  /// @param most how many
  public List<String> lines(TaskState task, int most) {
    try {
      return aws.call("read the logs of task " + task.id(), clients -> read(clients, task, most));
    } catch (Failure e) {
      return List.of("(no logs: " + e.cause() + ")");
    }
  }

  private List<String> read(AwsClients clients, TaskState task, int most) {
    try {
      List<String> lines =
          clients
              .logs()
              .getLogEvents(ask ->
                  ask.logGroupName(group)
                      .logStreamName(stream(task))
                      .limit(most)
                      .startFromHead(false))
              .events()
              .stream()
              .map(OutputLogEvent::message)
              .map(LogTail::printable)
              .toList();
      return lines.isEmpty() ? List.of("(the container has logged nothing)") : lines;
    } catch (ResourceNotFoundException _) {
      return List.of(
          "(there is no log stream %s in %s: the container never started)"
              .formatted(stream(task), group));
    }
  }

  private static String printable(String text) {
    String line = text.strip().replaceAll("\\p{Cntrl}+", " ");
    return line.length() > MOST_CHARS ? line.substring(0, MOST_CHARS) + "…" : line;
  }

  /// Lines of all tasks, from a moment on.
  public Follower from(Instant begin) {
    return new Follower(this, begin);
  }

  /// Reads on where it stopped. Not thread-safe.
  public static final class Follower {
    private final LogTail tail;
    private final Set<String> seen = new HashSet<>();
    private Instant begin;

    private Follower(LogTail tail, Instant begin) {
      this.tail = tail;
      this.begin = begin;
    }

    /// What was logged since; oldest first.
    public List<String> next() {
      return tail.aws.call("read the logs of " + tail.group, this::read);
    }

    private List<String> read(AwsClients clients) {
      List<String> lines = new ArrayList<>();
      long newest = begin.toEpochMilli();
      for (FilteredLogEvent event :
          clients
              .logs()
              .filterLogEventsPaginator(ask ->
                  ask.logGroupName(tail.group)
                      .logStreamNamePrefix("%s/%s/".formatted(tail.prefix, tail.container))
                      .startTime(begin.toEpochMilli()))
              .events()) {
        // The newest moment is read twice.
        if (seen.add(event.eventId())) {
          lines.add(printable(event.message()));
        }
        newest = Math.max(newest, event.timestamp());
      }
      begin = Instant.ofEpochMilli(newest);
      return lines;
    }
  }
}
