package com.quiltdata.mcp.config;

import java.time.Duration;
import java.util.List;

/// How many tasks run, and how long they are kept.
public final class TaskSettings {
  public static final Setting<Integer> MAX_TASKS =
      Setting.whole("MCP_MAX_TASKS", "Most tasks that run at once.", 0, 10_000).or("64");

  public static final Setting<Integer> USER_TASKS =
      Setting.whole(
              "MCP_USER_TASKS",
              "Most tasks of one user that run at once; no limit in local mode.",
              0,
              10_000)
          .or("8");

  public static final Setting<Duration> TASK_TIMEOUT =
      Setting.duration(
              "MCP_TASK_TIMEOUT",
              "Time of one task, waiting for answers included.",
              Duration.ofDays(1))
          .or("1h");

  public static final Setting<Duration> TASK_LIFE =
      Setting.duration(
              "MCP_TASK_LIFE",
              "How long a task can be asked for after it began; its result at least ten minutes.",
              Duration.ofDays(1))
          .or("1h");

  public static final Setting<Long> MAX_TASK_BYTES =
      Setting.size(
              "MCP_MAX_TASK_BYTES",
              "Memory of the results of all tasks that are kept.",
              1 << 20,
              1 << 30)
          .or("16MiB");

  static final SettingGroup GROUP =
      new SettingGroup(
          "Limits of tasks",
          List.of(MAX_TASKS, USER_TASKS, TASK_TIMEOUT, TASK_LIFE, MAX_TASK_BYTES));

  private TaskSettings() {}
}
