package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.input.FormAnswer;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.input.InputRequest;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.input.Root;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.tool.JsonSchema;
import com.quiltdata.mcp.tool.LogLevel;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolHints;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/// Tools that ask the client, each in one way.
final class TalkTools {
  static final InputRequest.Form NAME = InputRequest.texts("Who are you?", List.of("name"));
  static final InputRequest.Page PAGE =
      new InputRequest.Page("Sign in", URI.create("https://example.com/sign-in"));
  static final InputRequest.Sampling MODEL = new InputRequest.Sampling("Say something", 10);

  private TalkTools() {}

  static Map<String, ToolNeeds> needs() {
    return all().stream()
        .collect(Collectors.toMap(tool -> tool.spec().name(), t -> t.spec().needs()));
  }

  static List<Tool> all() {
    return List.of(
        tool("echo", call -> said(call.arguments().text("text"))),
        tool("ask_name", call -> name(call.input()).orElseGet(() -> asks("who", NAME))),
        tool("ask_page", call -> answer(call.input().page("page"), "page", PAGE)),
        tool(
            "ask_model",
            call ->
                call.input()
                    .sampled("model")
                    .map(TalkTools::said)
                    .orElseGet(() -> asks("model", MODEL))),
        tool(
            "ask_roots",
            call ->
                call.input()
                    .roots("roots")
                    .map(roots -> said(roots.stream().map(Root::uri).toList().toString()))
                    .orElseGet(() -> asks("roots", new InputRequest.Roots()))),
        tool("ask_both", TalkTools::both),
        tool(
            "ask_form_and_page",
            _ -> new ToolResult.Asks(InputRequired.of("a", NAME).and("b", PAGE))),
        tool("ask_thrice", TalkTools::thrice),
        tool("insist", _ -> asks("who", NAME)),
        tool("only_state", TalkTools::onlyState),
        tool("speak", TalkTools::speak),
        new Simple(
            spec("privileged", ToolNeeds.actions("s3:GetObject")), _ -> said("the treasure")));
  }

  private record Simple(ToolSpec spec, Function<ToolCall, ToolResult> action) implements Tool {
    @Override
    public ToolResult call(ToolCall call) {
      return action.apply(call);
    }
  }

  private static Tool tool(String name, Function<ToolCall, ToolResult> action) {
    return new Simple(spec(name, ToolNeeds.nothing()), action);
  }

  private static ToolSpec spec(String name, ToolNeeds needs) {
    return new ToolSpec(
        name,
        "Title of " + name,
        "Does " + name + ".",
        "test",
        List.of(Parameter.text("text", "Any text").or(""), Parameter.text("more", "Text").or("")),
        JsonSchema.result(JsonSchema.member("said", JsonSchema.string("What was said"))),
        ToolHints.READ_ONLY,
        needs,
        List.of());
  }

  private static ToolResult said(String text) {
    return new ToolResult.Success(ToolResult.fields().put("said", text));
  }

  private static ToolResult asks(String key, InputRequest request) {
    return new ToolResult.Asks(InputRequired.of(key, request));
  }

  private static Optional<ToolResult> name(Input input) {
    return input.form("who", NAME).map(TalkTools::said);
  }

  private static ToolResult answer(Optional<FormAnswer> answer, String key, InputRequest request) {
    return answer.map(TalkTools::said).orElseGet(() -> asks(key, request));
  }

  private static ToolResult said(FormAnswer answer) {
    return said(
        switch (answer) {
          case FormAnswer.Accepted(ObjectNode content) ->
              "accepted " + content.path("name").asString("");
          case FormAnswer.Declined _ -> "declined";
          case FormAnswer.Dismissed _ -> "dismissed";
        });
  }

  private static ToolResult both(ToolCall call) {
    Optional<FormAnswer> name = call.input().form("who", NAME);
    Optional<String> model = call.input().sampled("model");
    return name.isPresent() && model.isPresent()
        ? said(model.get())
        : new ToolResult.Asks(InputRequired.of("who", NAME).and("model", MODEL));
  }

  /// Remembers three names, one a round.
  private static ToolResult thrice(ToolCall call) {
    List<String> names = new ArrayList<>();
    call.input()
        .state()
        .ifPresent(state -> state.path("names").forEach(name -> names.add(name.asString())));
    if (call.input().form("who", NAME).orElse(null)
        instanceof FormAnswer.Accepted(ObjectNode content)) {
      names.add(content.path("name").asString());
    }
    if (names.size() == 3) {
      return said(String.join(", ", names));
    }
    ObjectNode state = StrictJson.NODES.objectNode();
    names.forEach(state.putArray("names")::add);
    return new ToolResult.Asks(InputRequired.of("who", NAME).remembering(state));
  }

  private static ToolResult onlyState(ToolCall call) {
    return call.input()
        .state()
        .map(state -> said(state.path("secret").asString("")))
        .orElseGet(() ->
            new ToolResult.Asks(
                new InputRequired(
                    Map.of(),
                    Optional.of(StrictJson.NODES.objectNode().put("secret", "marmalade")))));
  }

  private static ToolResult speak(ToolCall call) {
    for (LogLevel level : LogLevel.values()) {
      call.output().log(level, "a word of " + level.wire());
    }
    IntStream.rangeClosed(1, 3)
        .forEach(i -> call.output().progress(4 - i, OptionalDouble.of(3), "down"));
    IntStream.rangeClosed(1, 200)
        .forEach(i -> call.output().progress(10 + i, OptionalDouble.empty(), "up"));
    return said("spoken");
  }
}
