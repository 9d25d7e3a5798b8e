package com.quiltdata.mcp.conformance;

import com.quiltdata.mcp.auth.ToolNeeds;
import com.quiltdata.mcp.completion.Completion;
import com.quiltdata.mcp.completion.CompletionCall;
import com.quiltdata.mcp.content.ContentBlock;
import com.quiltdata.mcp.input.InputRequest;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.prompt.Prompt;
import com.quiltdata.mcp.prompt.PromptArgument;
import com.quiltdata.mcp.prompt.PromptCall;
import com.quiltdata.mcp.prompt.PromptMessage;
import com.quiltdata.mcp.prompt.PromptResult;
import com.quiltdata.mcp.prompt.PromptSpec;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// A prompt of the conformance suite: a definition and a function.
///
/// @param spec what clients are told
/// @param answer what it says or asks
record FixturePrompt(PromptSpec spec, Function<PromptCall, PromptResult> answer) implements Prompt {

  static List<Prompt> all() {
    return List.of(
        of(
            "test_simple_prompt",
            List.of(),
            _ -> List.of(PromptMessage.user("This is a simple prompt for testing."))),
        of(
            "test_prompt_with_arguments",
            List.of(
                argument("arg1").completedBy(FixturePrompt::places),
                argument("arg2").completedBy(FixturePrompt::places)),
            call ->
                List.of(
                    PromptMessage.user(
                        "Prompt with arguments: arg1='%s', arg2='%s'"
                            .formatted(call.text("arg1"), call.text("arg2"))))),
        of(
            "test_prompt_with_embedded_resource",
            List.of(argument("resourceUri")),
            call ->
                List.of(
                    user(
                        new ContentBlock.Embedded(
                            call.text("resourceUri"),
                            "text/plain",
                            "Embedded resource content for testing.")),
                    PromptMessage.user("Please process the embedded resource above."))),
        of(
            "test_prompt_with_image",
            List.of(),
            _ ->
                List.of(
                    user(new ContentBlock.Image(FixtureTools.PNG, "image/png")),
                    PromptMessage.user("Please analyze the image above."))),
        new FixturePrompt(
            spec("test_input_required_result_prompt", List.of()), FixturePrompt::askContext));
  }

  private static PromptResult askContext(PromptCall call) {
    InputRequest.Form form = InputRequest.texts("What is it about?", List.of("context"));
    return InputFixtures.text(call.input(), "user_context", form, "context")
        .<PromptResult>map(context ->
            new PromptResult.Messages(
                "With a context", List.of(PromptMessage.user("Context: " + context))))
        .orElseGet(() -> new PromptResult.Asks(InputRequired.of("user_context", form)));
  }

  private static Completion places(CompletionCall call) {
    return Completion.ofAll(
        Stream.of("paris", "park", "party", "rome")
            .filter(place -> place.startsWith(call.typed()))
            .toList());
  }

  private static PromptArgument argument(String name) {
    return PromptArgument.required(name, name, "The conformance suite gives it.");
  }

  private static PromptMessage user(ContentBlock content) {
    return new PromptMessage(PromptMessage.Role.USER, content);
  }

  private static FixturePrompt of(
      String name,
      List<PromptArgument> arguments,
      Function<PromptCall, List<PromptMessage>> messages) {
    PromptSpec spec = spec(name, arguments);
    return new FixturePrompt(
        spec, call -> new PromptResult.Messages(spec.description(), messages.apply(call)));
  }

  private static PromptSpec spec(String name, List<PromptArgument> arguments) {
    return new PromptSpec(
        name, name, "The conformance suite gets it by this name.", arguments, ToolNeeds.nothing());
  }

  @Override
  public PromptResult get(PromptCall call) {
    return answer.apply(call);
  }
}
