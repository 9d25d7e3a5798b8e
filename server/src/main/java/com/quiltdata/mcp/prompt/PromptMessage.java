package com.quiltdata.mcp.prompt;

import com.quiltdata.mcp.content.ContentBlock;
import java.util.Locale;

/// One message of a prompt.
///
/// @param role who says it
/// @param content what is said
public record PromptMessage(Role role, ContentBlock content) {
  /// Who says something.
  public enum Role {
    /// The person.
    USER,
    /// The model.
    ASSISTANT;

    private final String wire = name().toLowerCase(Locale.ROOT);

    /// The role as it travels.
    public String wire() {
      return wire;
    }
  }

  /// A text of the person.
  ///
  /// @param text it
  /// @return the message
  public static PromptMessage user(String text) {
    return new PromptMessage(Role.USER, new ContentBlock.Text(text));
  }
}
