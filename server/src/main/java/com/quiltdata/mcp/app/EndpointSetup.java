package com.quiltdata.mcp.app;

import com.quiltdata.mcp.config.CallSettings;
import com.quiltdata.mcp.config.Setting;
import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.config.TaskSettings;
import com.quiltdata.mcp.protocol.EndpointLimits;
import com.quiltdata.mcp.task.TaskLimits;
import com.quiltdata.mcp.tool.ToolLimits;

/// Binds settings to what the endpoint and its tasks do for clients. In local mode there is one
/// user, who may have all that there is.
final class EndpointSetup {
  private EndpointSetup() {}

  static EndpointLimits limits(Settings settings, Mode mode) {
    int streams = settings.get(CallSettings.MAX_STREAMS);
    return new EndpointLimits(
        settings.get(CallSettings.CALL_TIMEOUT),
        settings.get(CallSettings.ANSWER_TIMEOUT),
        Math.toIntExact(settings.get(CallSettings.MAX_CALL_BYTES)),
        EndpointLimits.defaults().pageSize(),
        streams,
        share(settings, mode, CallSettings.USER_STREAMS, streams),
        settings.get(CallSettings.STREAM_LIFE));
  }

  static TaskLimits tasks(Settings settings, Mode mode) {
    TaskLimits defaults = TaskLimits.defaults();
    int tasks = settings.get(TaskSettings.MAX_TASKS);
    return new TaskLimits(
        settings.get(TaskSettings.TASK_LIFE),
        defaults.afterEnd(),
        settings.get(TaskSettings.TASK_TIMEOUT),
        defaults.pollInterval(),
        tasks,
        share(settings, mode, TaskSettings.USER_TASKS, tasks),
        settings.get(TaskSettings.MAX_TASK_BYTES));
  }

  static ToolLimits tools(Settings settings) {
    return new ToolLimits(
        settings.get(CallSettings.MAX_RESULT_TEXT),
        Math.toIntExact(settings.get(CallSettings.MAX_OBJECT_READ)),
        settings.get(CallSettings.LINK_LIFE),
        settings.get(CallSettings.MAX_LINK_LIFE));
  }

  private static int share(Settings settings, Mode mode, Setting<Integer> ofOne, int all) {
    return mode == Mode.LOCAL ? all : settings.get(ofOne);
  }
}
