package com.quiltdata.mcp.prompt;

import com.quiltdata.mcp.auth.Caller;
import com.quiltdata.mcp.auth.Decision;
import com.quiltdata.mcp.auth.Grant;
import com.quiltdata.mcp.auth.ToolPolicy;
import com.quiltdata.mcp.completion.Completer;
import com.quiltdata.mcp.completion.Completion;
import com.quiltdata.mcp.completion.CompletionCall;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.fault.Quoted;
import com.quiltdata.mcp.input.Input;
import com.quiltdata.mcp.json.StrictJson;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/// All prompts of this server, and the only way to get one. Thread-safe.
public final class PromptCatalog {
  /// The longest argument, in characters.
  public static final int MAX_CHARS = 4_096;

  /// A prompt and what it says of itself, asked once.
  private record Entry(PromptSpec spec, Prompt prompt) {}

  private final List<PromptSpec> specs;
  private final Map<String, Entry> byName = new HashMap<>();
  private final ToolPolicy policy;

  /// A catalogue.
  ///
  /// @param prompts all of them, in any order
  /// @param policy who may get what
  public PromptCatalog(List<Prompt> prompts, ToolPolicy policy) {
    this.policy = policy;
    for (Prompt prompt : prompts) {
      Entry entry = new Entry(prompt.spec(), prompt);
      if (byName.put(entry.spec().name(), entry) != null) {
        throw new IllegalArgumentException("two prompts are called " + entry.spec().name());
      }
    }
    this.specs =
        byName.values().stream()
            .map(Entry::spec)
            .sorted(Comparator.comparing(PromptSpec::name))
            .toList();
  }

  /// The prompts that a caller is shown, sorted by name.
  ///
  /// @param caller who asks
  /// @return their descriptions
  public List<PromptSpec> visibleTo(Caller caller) {
    return specs.stream()
        .filter(spec -> policy.decide(caller, spec.needs(), Set.of()) instanceof Decision.Allowed)
        .toList();
  }

  /// The description of a prompt.
  ///
  /// @param name its name
  /// @return the description, or empty when there is no such prompt
  public Optional<PromptSpec> find(String name) {
    return Optional.ofNullable(byName.get(name)).map(Entry::spec);
  }

  /// Checks rights, then arguments, then makes the messages.
  ///
  /// @param name of a prompt that [#find] knows
  /// @param caller who asks
  /// @param arguments as they were sent; an empty one counts as not given
  /// @param requestId names the request in logs
  /// @param input what the client can be asked and what it has answered
  /// @return the messages, or what they need
  /// @throws Fault when the caller may not have it, an argument is wrong, or it cannot be made
  public PromptResult get(
      String name, Caller caller, Map<String, String> arguments, String requestId, Input input) {
    Entry entry = Optional.ofNullable(byName.get(name)).orElseThrow();
    Grant grant = grant(entry.spec(), caller, arguments);
    Map<String, String> checked = check(entry.spec(), arguments);
    return entry.prompt().get(new PromptCall(grant, checked, requestId, input));
  }

  /// Checks rights, then proposes values of an argument.
  ///
  /// @param name of a prompt that [#find] knows
  /// @param argument one of its arguments
  /// @param call what was typed, by whom
  /// @return values; none where nothing can be proposed
  /// @throws Fault when the caller may not know them, or they cannot be read
  public Completion complete(String name, String argument, CompletionCall call) {
    PromptSpec spec = find(name).orElseThrow();
    Optional<Completer> completer = spec.argument(argument).orElseThrow().completer();
    if (completer.isEmpty()) {
      return Completion.none();
    }
    return completer.get().complete(call.granted(grant(spec, call.caller(), call.arguments())));
  }

  private Grant grant(PromptSpec spec, Caller caller, Map<String, String> arguments) {
    ObjectNode json = StrictJson.NODES.objectNode();
    arguments.forEach(json::put);
    return switch (policy.decide(caller, spec.needs(), json)) {
      case Decision.Denied denied -> throw denied.fault();
      case Decision.Allowed(Grant grant) -> grant;
    };
  }

  private static Map<String, String> check(PromptSpec spec, Map<String, String> sent) {
    Map<String, String> given = new HashMap<>(sent);
    given.values().removeIf(String::isEmpty);
    for (PromptArgument argument : spec.arguments()) {
      if (argument.isRequired() && !given.containsKey(argument.name())) {
        throw invalid(
            "Argument '%s' is required for the prompt %s: %s"
                .formatted(argument.name(), spec.name(), argument.description()));
      }
    }
    sent.forEach((name, value) -> {
      if (spec.argument(name).isEmpty()) {
        throw invalid(
            "The prompt %s has no argument %s; it takes %s"
                .formatted(spec.name(), Quoted.of(name), spec.argumentNames()));
      }
      if (value.codePointCount(0, value.length()) > MAX_CHARS) {
        throw invalid("Argument '%s' is longer than %d characters".formatted(name, MAX_CHARS));
      }
    });
    return given;
  }

  private static Fault invalid(String text) {
    return new Fault(FaultCode.INVALID_ARGUMENT, text);
  }
}
