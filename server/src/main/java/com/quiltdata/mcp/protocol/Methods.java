package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.change.Changes;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.task.TaskLimits;
import com.quiltdata.mcp.task.TaskWords;
import com.quiltdata.mcp.task.Tasks;
import com.quiltdata.mcp.tool.ToolResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// All methods by name, and what they share.
final class Methods {
  private final Map<String, Method> byName;
  private final SessionIds sessions;
  private final SessionNotes notes;
  private final Questions questions;
  private final SessionStream sessionStream;
  private final Tasks tasks;

  Methods(
      Catalogs catalogs,
      ServerIdentity server,
      RevisionWriter writer,
      EndpointLimits limits,
      TaskLimits taskLimits,
      Continuity continuity) {
    Changes changes = continuity.changes();
    Deadline deadline = new Deadline(limits.callTime());
    Pages pages = new Pages(continuity.keys(), limits.pageSize());
    Places places = new Places("streams", limits.streams(), limits.streamsOfOne());
    NewsStream news =
        new NewsStream(changes, places, writer, limits.streamLife(), continuity.clock());
    this.sessions = new SessionIds(continuity.keys(), continuity.clock());
    this.notes = new SessionNotes(continuity.replicas());
    this.questions =
        new Questions(continuity.keys(), continuity.replicas(), writer, limits.answerTime());
    this.sessionStream = new SessionStream(news, notes, continuity.replicas());
    this.tasks =
        new Tasks(
            continuity.keys(),
            continuity.replicas(),
            catalogs.tools(),
            words(writer),
            taskLimits,
            continuity.clock());
    Dialogue dialogue =
        new Dialogue(new RequestStates(continuity.keys(), continuity.clock()), questions);
    Capabilities capabilities = new Capabilities(changes, tasks);
    this.byName =
        List.of(
                new DiscoverMethod(server, capabilities),
                new InitializeMethod(server, capabilities, sessions, continuity.areKeysShared()),
                new PingMethod(),
                new SetLevelMethod(notes),
                new ToolsListMethod(catalogs.tools(), writer, pages),
                new ToolsCallMethod(catalogs.tools(), writer, deadline, dialogue, tasks),
                ResourcesListMethod.ofResources(catalogs.resources(), writer, pages),
                ResourcesListMethod.ofTemplates(catalogs.resources(), writer, pages),
                new ResourcesReadMethod(catalogs.resources(), writer, deadline, dialogue),
                SubscribeMethod.begin(catalogs.resources(), notes, changes, writer),
                SubscribeMethod.end(catalogs.resources(), notes, changes, writer),
                new ListenMethod(catalogs.resources(), changes, news, writer),
                TasksMethod.get(tasks),
                TasksMethod.update(tasks),
                TasksMethod.cancel(tasks),
                new PromptsListMethod(catalogs.prompts(), writer, pages),
                new PromptsGetMethod(catalogs.prompts(), writer, deadline, dialogue),
                new CompleteMethod(catalogs, deadline.atMost(CompleteMethod.LIMIT)))
            .stream()
            .collect(Collectors.toUnmodifiableMap(Method::name, Function.identity()));
  }

  /// Tasks exist in one revision only.
  private static TaskWords words(RevisionWriter writer) {
    return new TaskWords() {
      @Override
      public ObjectNode result(ToolResult result) {
        return writer.toolResult(ProtocolVersion.V2026_07_28, result);
      }

      @Override
      public ObjectNode requests(InputRequired required) {
        return Dialogue.toJson(required);
      }
    };
  }

  Optional<Method> find(String name, ProtocolVersion version) {
    return Optional.ofNullable(byName.get(name)).filter(method -> method.isPartOf(version));
  }

  SessionIds sessions() {
    return sessions;
  }

  SessionNotes notes() {
    return notes;
  }

  Questions questions() {
    return questions;
  }

  SessionStream sessionStream() {
    return sessionStream;
  }

  Tasks tasks() {
    return tasks;
  }
}
