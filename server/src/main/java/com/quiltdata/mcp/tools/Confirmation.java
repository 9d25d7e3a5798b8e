package com.quiltdata.mcp.tools;

import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.input.FormAnswer;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.input.InputRequest;
import com.quiltdata.mcp.input.InputRequired;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.tool.ToolResult;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A question to the user before something goes that may be missed.
///
/// A client that can put it to its user does so, whatever its model says. For any other the
/// argument `confirm` stands for the user's word. An answer holds for the question that was put:
/// when the question is another one by now, because somebody changed something, it is put again.
///
/// @param question with what would be done, in numbers
/// @param nothingDone begins the sentence of a refusal, for example `Nothing was deleted`
public record Confirmation(String question, String nothingDone) {
  private static final String KEY = "confirm";

  /// What keeps the call from being done.
  ///
  /// @param input of the call
  /// @param isGiven the argument `confirm`
  /// @return a question or a refusal; empty when the user agreed
  public Optional<ToolResult> obstacle(Input input, boolean isGiven) {
    InputRequest.Form form = InputRequest.confirmation(question, KEY);
    if (!input.canAsk(form)) {
      return isGiven
          ? Optional.empty()
          : Optional.of(
              refusal(
                  "%s Ask the user, and if they agree call again with confirm=true."
                      .formatted(question)));
    }
    boolean wasPut =
        input.state().filter(state -> state.path(KEY).asString("").equals(question)).isPresent();
    Optional<FormAnswer> answer = wasPut ? input.form(KEY, form) : Optional.empty();
    return answer
        .map(Confirmation::isYes)
        .map(isYes ->
            isYes ? Optional.<ToolResult>empty() : Optional.of(refusal("The user did not agree.")))
        .orElseGet(() -> Optional.of(new ToolResult.Asks(asked(form))));
  }

  private InputRequired asked(InputRequest.Form form) {
    ObjectNode state = StrictJson.NODES.objectNode().put(KEY, question);
    return InputRequired.of(KEY, form).remembering(state);
  }

  private static boolean isYes(FormAnswer answer) {
    return switch (answer) {
      case FormAnswer.Accepted(ObjectNode content) -> content.path(KEY).asBoolean(false);
      case FormAnswer.Declined _, FormAnswer.Dismissed _ -> false;
    };
  }

  private ToolResult refusal(String why) {
    return new ToolResult.Failure(
        FaultCode.INPUT_REQUIRED,
        "%s. %s".formatted(nothingDone, why),
        StrictJson.NODES.objectNode());
  }
}
