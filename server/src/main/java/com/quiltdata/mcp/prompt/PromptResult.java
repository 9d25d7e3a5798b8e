package com.quiltdata.mcp.prompt;

import com.quiltdata.mcp.input.InputRequired;
import java.util.List;

/// What a prompt answers.
public sealed interface PromptResult {
  /// It cannot be made without the client's answers; the prompt is then asked again.
  ///
  /// @param input what is required
  record Asks(InputRequired input) implements PromptResult {}

  /// Messages for the model.
  ///
  /// @param description of them, for people
  /// @param messages in order, at least one
  record Messages(String description, List<PromptMessage> messages) implements PromptResult {
    /// Copies the messages.
    public Messages {
      messages = List.copyOf(messages);
      if (messages.isEmpty()) {
        throw new IllegalArgumentException("a prompt without messages");
      }
    }
  }
}
