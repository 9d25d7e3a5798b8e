package com.quiltdata.mcp.app;

import com.quiltdata.mcp.config.ServerSettings;
import com.quiltdata.mcp.config.Setting;
import com.quiltdata.mcp.config.Settings;
import com.quiltdata.mcp.protocol.EndpointLimits;
import com.quiltdata.mcp.task.TaskLimits;

/// Binds settings to what the endpoint and its tasks do for clients. In local mode there is one
/// user, who may have all that there is.
final class EndpointSetup {
  private EndpointSetup() {}

  static EndpointLimits limits(Settings settings, Mode mode) {
    int streams = settings.get(ServerSettings.MAX_STREAMS);
    return new EndpointLimits(
        settings.get(ServerSettings.CALL_TIMEOUT),
        settings.get(ServerSettings.ANSWER_TIMEOUT),
        Math.toIntExact(settings.get(ServerSettings.MAX_CALL_BYTES)),
        EndpointLimits.defaults().pageSize(),
        streams,
        share(settings, mode, ServerSettings.USER_STREAMS, streams),
        settings.get(ServerSettings.STREAM_LIFE));
  }

  static TaskLimits tasks(Settings settings, Mode mode) {
    TaskLimits defaults = TaskLimits.defaults();
    int tasks = settings.get(ServerSettings.MAX_TASKS);
    return new TaskLimits(
        settings.get(ServerSettings.TASK_LIFE),
        defaults.afterEnd(),
        settings.get(ServerSettings.TASK_TIMEOUT),
        defaults.pollInterval(),
        tasks,
        share(settings, mode, ServerSettings.USER_TASKS, tasks),
        settings.get(ServerSettings.MAX_TASK_BYTES));
  }

  private static int share(Settings settings, Mode mode, Setting<Integer> ofOne, int all) {
    return mode == Mode.LOCAL ? all : settings.get(ofOne);
  }
}
