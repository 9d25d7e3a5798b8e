package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import com.quiltdata.mcp.prompt.PromptCatalog;
import com.quiltdata.mcp.prompt.PromptResult;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/// `prompts/get`.
final class PromptsGetMethod implements Method {
  private final PromptCatalog catalog;
  private final RevisionWriter writer;
  private final Deadline deadline;
  private final Dialogue dialogue;
  private final EventLog log = EventLog.named("prompt");

  PromptsGetMethod(
      PromptCatalog catalog, RevisionWriter writer, Deadline deadline, Dialogue dialogue) {
    this.catalog = catalog;
    this.writer = writer;
    this.deadline = deadline;
    this.dialogue = dialogue;
  }

  @Override
  public String name() {
    return "prompts/get";
  }

  @Override
  public boolean isPartOf(ProtocolVersion version) {
    return true;
  }

  @Override
  public boolean isLong() {
    return true;
  }

  @Override
  public void check(Call call) {
    Params.requireText(call.params(), "name");
    Params.texts(call.params(), "arguments");
    dialogue.check(call);
  }

  @Override
  public Result answer(Call call) {
    String name = call.params().path("name").stringValue();
    if (catalog.find(name).isEmpty()) {
      throw Params.invalid("there is no prompt of this name; prompts/list shows all");
    }
    Map<String, String> arguments = Params.texts(call.params(), "arguments");
    long start = System.nanoTime();
    try {
      Result result = dialogue.run(call, name(), input -> turn(call, name, arguments, input));
      log.event(Level.INFO, "prompt.get", fields(name, arguments, start).with("success", true));
      return result;
    } catch (Fault fault) {
      log.event(
          Level.INFO,
          fault.code().isDenial() ? "authz.denied" : "prompt.get",
          fields(name, arguments, start)
              .with("success", false)
              .with("error_code", fault.code().wire()));
      throw new RpcException(
          ErrorCode.INVALID_PARAMS,
          fault.text(),
          StrictJson.NODES.objectNode().put("prompt", name).put("code", fault.code().wire()));
    }
  }

  private Turn turn(Call call, String name, Map<String, String> arguments, Input input) {
    PromptResult result =
        deadline.run(() -> catalog.get(name, call.caller(), arguments, call.requestId(), input));
    return switch (result) {
      case PromptResult.Asks(InputRequired required) -> new Turn.Asks(required);
      case PromptResult.Messages messages ->
          new Turn.Done(Result.Tree.of(writer.messages(call.version(), messages)));
    };
  }

  private LogFields fields(String prompt, Map<String, String> arguments, long start) {
    LogFields fields =
        LogFields.of("mcp.method", name())
            .with("prompt", prompt)
            .with("duration_ms", Duration.ofNanos(System.nanoTime() - start).toMillis());
    ObjectNode json = StrictJson.NODES.objectNode();
    arguments.forEach(json::put);
    NamedStorage.addTo(fields, json);
    return fields;
  }
}
