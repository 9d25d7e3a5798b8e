package com.quiltdata.mcp.prompt;

import java.util.List;

/// What a prompt answers.
public sealed interface PromptResult {
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
