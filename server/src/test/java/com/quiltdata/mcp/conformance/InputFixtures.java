package com.quiltdata.mcp.conformance;

import com.quiltdata.mcp.input.ClientCapability;
import com.quiltdata.mcp.input.FormAnswer;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.input.InputRequest;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.input.Root;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.tool.Parameter;
import com.quiltdata.mcp.tool.Tool;
import com.quiltdata.mcp.tool.ToolCall;
import com.quiltdata.mcp.tool.ToolResult;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/// The tools of the conformance suite that ask the client. Each is written once; older revisions
/// are asked on the stream, the stateless one in rounds.
final class InputFixtures {
  private static final String ROUNDS = "test_input_required_result_";
  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  private InputFixtures() {}

  static List<Tool> all() {
    return List.of(
        asks("test_sampling", "prompt", InputFixtures::sample),
        asks("test_elicitation", "message", InputFixtures::elicit),
        FixtureTool.asking(
            "test_elicitation_sep1034_defaults",
            List.of(),
            call -> formAnswer(call, form("Every kind with a default", DEFAULTS))),
        FixtureTool.asking(
            "test_elicitation_sep1330_enums",
            List.of(),
            call -> formAnswer(call, form("Every kind of choice", CHOICES))),
        FixtureTool.asking(
            "test_missing_capability",
            List.of(),
            call -> sampled(call, "missing", new InputRequest.Sampling("Hello", 10))),
        FixtureTool.asking(
            "test_streaming_elicitation",
            List.of(),
            call -> formAnswer(call, InputRequest.confirmation("Go on?", "ok"))),
        FixtureTool.asking(ROUNDS + "elicitation", List.of(), InputFixtures::greet),
        FixtureTool.asking(
            ROUNDS + "sampling",
            List.of(),
            call ->
                sampled(
                    call,
                    "capital_question",
                    new InputRequest.Sampling("What is the capital of France?", 100))),
        FixtureTool.asking(ROUNDS + "list_roots", List.of(), InputFixtures::roots),
        FixtureTool.asking(ROUNDS + "request_state", List.of(), InputFixtures::confirm),
        FixtureTool.asking(ROUNDS + "tampered_state", List.of(), InputFixtures::confirm),
        FixtureTool.asking(ROUNDS + "multiple_inputs", List.of(), InputFixtures::askThree),
        FixtureTool.asking(ROUNDS + "multi_round", List.of(), InputFixtures::askTwice),
        FixtureTool.asking(ROUNDS + "capabilities", List.of(), InputFixtures::askWhatCanBeAsked));
  }

  private interface Answer {
    ToolResult to(ToolCall call, String text);
  }

  private static Tool asks(String name, String argument, Answer answer) {
    return FixtureTool.asking(
        name,
        List.of(Parameter.text(argument, "What the client is asked").required()),
        call -> answer.to(call, call.arguments().text(argument)));
  }

  private static ToolResult sample(ToolCall call, String prompt) {
    return call.input()
        .sampled("sampling")
        .map(text -> FixtureTool.said("LLM response: " + text))
        .orElseGet(() -> required("sampling", new InputRequest.Sampling(prompt, 100)));
  }

  private static ToolResult elicit(ToolCall call, String message) {
    return formAnswer(call, InputRequest.texts(message, List.of("username", "email")));
  }

  private static ToolResult formAnswer(ToolCall call, InputRequest.Form form) {
    return call.input()
        .form("form", form)
        .map(answer ->
            switch (answer) {
              case FormAnswer.Accepted(ObjectNode content) ->
                  FixtureTool.said("User response: " + JSON.text(content));
              case FormAnswer.Declined _ -> FixtureTool.said("User response: declined");
              case FormAnswer.Dismissed _ -> FixtureTool.said("User response: cancelled");
            })
        .orElseGet(() -> required("form", form));
  }

  private static ToolResult sampled(ToolCall call, String key, InputRequest.Sampling question) {
    return call.input()
        .sampled(key)
        .map(FixtureTool::said)
        .orElseGet(() -> required(key, question));
  }

  private static ToolResult greet(ToolCall call) {
    InputRequest.Form form = InputRequest.texts("What is your name?", List.of("name"));
    return text(call.input(), "user_name", form, "name")
        .map(name -> FixtureTool.said("Hello, " + name + "!"))
        .orElseGet(() -> required("user_name", form));
  }

  /// The text of an accepted form, or that there is none.
  static Optional<String> text(Input input, String key, InputRequest.Form form, String member) {
    return input
        .form(key, form)
        .map(answer ->
            answer instanceof FormAnswer.Accepted(ObjectNode content)
                ? content.path(member).asString("")
                : "nobody");
  }

  private static ToolResult roots(ToolCall call) {
    return call.input()
        .roots("client_roots")
        .map(list -> FixtureTool.said(names(list)))
        .orElseGet(() -> required("client_roots", new InputRequest.Roots()));
  }

  private static String names(List<Root> roots) {
    return roots.stream().map(Root::uri).collect(Collectors.joining(", ", "Roots: ", ""));
  }

  private static ToolResult confirm(ToolCall call) {
    InputRequest.Form form = InputRequest.confirmation("Go on?", "ok");
    boolean isSame =
        call.input().state().filter(state -> state.path("round").asInt(0) == 1).isPresent();
    return isSame && call.input().form("confirm", form).isPresent()
        ? FixtureTool.said("state-ok")
        : new ToolResult.Asks(InputRequired.of("confirm", form).remembering(round(1)));
  }

  private static ObjectNode round(int number) {
    return StrictJson.NODES.objectNode().put("round", number);
  }

  private static ToolResult askThree(ToolCall call) {
    InputRequest.Form form = InputRequest.texts("What is your name?", List.of("name"));
    Optional<String> name = text(call.input(), "user_name", form, "name");
    Optional<String> greeting = call.input().sampled("greeting");
    Optional<List<Root>> roots = call.input().roots("client_roots");
    if (name.isPresent() && greeting.isPresent() && roots.isPresent()) {
      return FixtureTool.said(name.get() + ": " + greeting.get() + " " + names(roots.get()));
    }
    return new ToolResult.Asks(
        InputRequired.of("user_name", form)
            .and("greeting", new InputRequest.Sampling("Write a greeting", 50))
            .and("client_roots", new InputRequest.Roots())
            .remembering(round(1)));
  }

  private static ToolResult askTwice(ToolCall call) {
    InputRequest.Form name = InputRequest.texts("Step 1: your name?", List.of("name"));
    InputRequest.Form color = InputRequest.texts("Step 2: your color?", List.of("color"));
    ObjectNode state = call.input().state().orElseGet(() -> round(1));
    if (state.path("round").asInt(1) == 1) {
      return text(call.input(), "step1", name, "name")
          .<ToolResult>map(given ->
              new ToolResult.Asks(
                  InputRequired.of("step2", color).remembering(round(2).put("name", given))))
          .orElseGet(
              () -> new ToolResult.Asks(InputRequired.of("step1", name).remembering(round(1))));
    }
    return text(call.input(), "step2", color, "color")
        .map(given -> FixtureTool.said(state.path("name").asString("") + " likes " + given))
        .orElseGet(() -> new ToolResult.Asks(InputRequired.of("step2", color).remembering(state)));
  }

  private static ToolResult askWhatCanBeAsked(ToolCall call) {
    if (call.input().capabilities().contains(ClientCapability.SAMPLING)) {
      return sampled(call, "question", new InputRequest.Sampling("Anything?", 10));
    }
    if (call.input().capabilities().contains(ClientCapability.ROOTS)) {
      return roots(call);
    }
    return formAnswer(call, InputRequest.confirmation("Anything?", "ok"));
  }

  static ToolResult required(String key, InputRequest request) {
    return new ToolResult.Asks(InputRequired.of(key, request));
  }

  static InputRequest.Form form(String message, String schema) {
    return new InputRequest.Form(message, (ObjectNode) JSON.read(schema));
  }

  private static final String DEFAULTS =
      """
      {
        "type": "object",
        "properties": {
          "name": {"type": "string", "description": "User name", "default": "John Doe"},
          "age": {"type": "integer", "description": "User age", "default": 30},
          "score": {"type": "number", "description": "User score", "default": 95.5},
          "status": {
            "type": "string",
            "description": "User status",
            "enum": ["active", "inactive", "pending"],
            "default": "active"
          },
          "verified": {"type": "boolean", "description": "Verification", "default": true}
        },
        "required": []
      }
      """;

  private static final String CHOICES =
      """
      {
        "type": "object",
        "properties": {
          "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
          "titledSingle": {
            "type": "string",
            "oneOf": [
              {"const": "value1", "title": "First"},
              {"const": "value2", "title": "Second"},
              {"const": "value3", "title": "Third"}
            ]
          },
          "legacyEnum": {
            "type": "string",
            "enum": ["opt1", "opt2", "opt3"],
            "enumNames": ["One", "Two", "Three"]
          },
          "untitledMulti": {
            "type": "array",
            "items": {"type": "string", "enum": ["option1", "option2", "option3"]}
          },
          "titledMulti": {
            "type": "array",
            "items": {
              "anyOf": [
                {"const": "value1", "title": "First"},
                {"const": "value2", "title": "Second"},
                {"const": "value3", "title": "Third"}
              ]
            }
          }
        },
        "required": []
      }
      """;
}
