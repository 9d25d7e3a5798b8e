package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.completion.Completion;
import com.quiltdata.mcp.completion.CompletionCall;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import com.quiltdata.mcp.prompt.PromptSpec;
import com.quiltdata.mcp.resource.ResourceSpec;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `completion/complete`: proposals while somebody types an argument of a prompt or a variable of a
/// resource template (MCP 2026-07-28, server/utilities/completion).
///
/// What a caller may not see, what does not exist and what cannot be read in time look the same
/// here: nothing is proposed. A half-typed name is no reason for an error, and the difference would
/// tell who asks what there is.
final class CompleteMethod implements Method {
  /// Later proposals help nobody who types.
  static final Duration LIMIT = Duration.ofSeconds(5);

  private static final int MAX_CHARS = 4_096;

  private final Catalogs catalogs;
  private final Deadline deadline;
  private final EventLog log = EventLog.named("completion");

  CompleteMethod(Catalogs catalogs, Deadline deadline) {
    this.catalogs = catalogs;
    this.deadline = deadline;
  }

  @Override
  public String name() {
    return "completion/complete";
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
    Question.of(call);
  }

  @Override
  public Result answer(Call call) {
    Question question = Question.of(call);
    Completion completion;
    try {
      completion = deadline.run(complete(question));
    } catch (Fault fault) {
      log.event(
          Level.DEBUG,
          "completion.none",
          LogFields.of("argument", question.argument()).with("error_code", fault.code().wire()));
      completion = Completion.none();
    }
    ObjectNode result = StrictJson.NODES.objectNode();
    ObjectNode members = result.putObject("completion");
    completion.values().forEach(members.putArray("values")::add);
    completion.total().ifPresent(total -> members.put("total", total));
    members.put("hasMore", completion.hasMore());
    return Result.Tree.of(result);
  }

  private Supplier<Completion> complete(Question question) {
    return switch (question.reference()) {
      case Reference.OfPrompt(String name) -> {
        PromptSpec spec =
            catalogs
                .prompts()
                .find(name)
                .orElseThrow(
                    () -> Params.invalid("params.ref names no prompt; prompts/list shows all"));
        if (spec.argument(question.argument()).isEmpty()) {
          throw Params.invalid(
              "params.argument.name is no argument of %s; it takes %s"
                  .formatted(spec.name(), spec.argumentNames()));
        }
        yield () -> catalogs.prompts().complete(name, question.argument(), question.call());
      }
      case Reference.OfResource(String uri) -> {
        ResourceSpec spec =
            catalogs
                .resources()
                .find(uri)
                .orElseThrow(() ->
                    Params.invalid(
                        "params.ref names no resource template; resources/templates/list shows all"));
        if (!spec.address().variables().contains(question.argument())) {
          throw Params.invalid(
              "params.argument.name is no variable of %s".formatted(spec.address().text()));
        }
        yield () -> catalogs.resources().complete(uri, question.argument(), question.call());
      }
    };
  }

  /// What a value is typed for.
  private sealed interface Reference {
    record OfPrompt(String name) implements Reference {}

    record OfResource(String uri) implements Reference {}

    static Reference of(ObjectNode ref) {
      return switch (ref.path("type").asString("")) {
        case "ref/prompt" -> new OfPrompt(text(ref, "ref", "name"));
        case "ref/resource" -> new OfResource(text(ref, "ref", "uri"));
        default -> throw Params.invalid("params.ref.type must be ref/prompt or ref/resource");
      };
    }
  }

  /// The parameters of a request, in the right shape.
  private record Question(Reference reference, String argument, CompletionCall call) {
    static Question of(Call call) {
      Reference reference = Reference.of(Params.objectOrEmpty(call.params(), "ref"));
      ObjectNode argument = Params.objectOrEmpty(call.params(), "argument");
      String name = text(argument, "argument", "name");
      JsonNode value = argument.path("value");
      if (!value.isString() || value.stringValue().length() > MAX_CHARS) {
        throw Params.invalid(
            "params.argument.value must be a string of at most %d characters".formatted(MAX_CHARS));
      }
      Map<String, String> others =
          new HashMap<>(Params.texts(Params.objectOrEmpty(call.params(), "context"), "arguments"));
      // Only half of it is typed.
      others.remove(name);
      return new Question(
          reference, name, new CompletionCall(call.caller(), value.stringValue(), others));
    }
  }

  private static String text(ObjectNode object, String where, String name) {
    JsonNode value = object.path(name);
    if (!value.isString() || value.stringValue().isEmpty()) {
      throw Params.invalid("params.%s.%s must be a non-empty string".formatted(where, name));
    }
    return value.stringValue();
  }
}
