package com.quiltdata.mcp.app;

import com.quiltdata.mcp.prompt.PromptArgument;
import com.quiltdata.mcp.prompt.PromptSpec;
import java.util.List;

/// Writes `docs/prompts.md`.
final class PromptsPage {
  private static final String INTRODUCTION =
      """
      # Prompts

      <!-- Generated from the catalogue of prompts: ./mvnw -pl server test -Dgolden.update=true -->

      A prompt is a task that a person chooses in the client. It becomes two messages: the task, with the tools \
      to call in order and their arguments, and what was read for it just now, at most 16 KiB, marked as data.

      - A prompt reads with the caller's rights. Every bucket that an argument names is checked as for a tool.
      - It names only tools that the caller is offered.
      - Where it says so below, the server proposes values while they are typed (`completion/complete`): what the \
      caller could list as well, at most 100 values.
      - An unknown prompt, a missing or an unknown argument, and what the caller may not see, are errors with code \
      `-32602`; their `data.code` is one of the [codes of tools](operations.md#errors).
      """;

  private PromptsPage() {}

  static String of(List<PromptSpec> specs) {
    StringBuilder out = new StringBuilder(INTRODUCTION);
    out.append("\n| prompt | what comes of it |\n| --- | --- |\n");
    specs.forEach(spec ->
        out.append(
            "| [`%s`](#%s) | %s |\n".formatted(spec.name(), spec.name(), spec.description())));
    for (PromptSpec spec : specs) {
      out.append("\n## %s\n\n%s\n\n".formatted(spec.name(), spec.description()));
      out.append("Rights: %s.\n\n".formatted(ToolsPage.rights(spec.needs())));
      out.append("| argument | | values are proposed | meaning |\n| --- | --- | --- | --- |\n");
      spec.arguments().forEach(argument -> out.append(row(argument)));
    }
    return out.toString();
  }

  private static String row(PromptArgument argument) {
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            argument.name(),
            argument.isRequired() ? "required" : "optional",
            argument.completer().isPresent() ? "yes" : "no",
            argument.description());
  }
}
