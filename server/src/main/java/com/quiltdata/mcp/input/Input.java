package com.quiltdata.mcp.input;

import com.quiltdata.mcp.json.StrictJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What a handler knows of its client in this round: what can be asked, what was answered, and what
/// the handler itself wanted to remember.
///
/// Answers are the client's word. One that is missing, or is not what was asked for, is empty: the
/// handler asks again.
public final class Input {
  /// Of a client that can be asked nothing.
  public static final Input NONE =
      new Input(Set.of(), StrictJson.NODES.objectNode(), Optional.empty());

  private final Set<ClientCapability> capabilities;
  private final ObjectNode responses;
  private final Optional<ObjectNode> state;

  /// An input.
  ///
  /// @param capabilities what the client can be asked
  /// @param responses answers by key, as they came
  /// @param state what the handler remembered
  public Input(
      Set<ClientCapability> capabilities, ObjectNode responses, Optional<ObjectNode> state) {
    this.capabilities = Set.copyOf(capabilities);
    this.responses = responses;
    this.state = state;
  }

  /// What the client can be asked.
  public Set<ClientCapability> capabilities() {
    return capabilities;
  }

  /// Whether the client can be asked this.
  ///
  /// @param request what would be asked
  /// @return true when it can
  public boolean canAsk(InputRequest request) {
    return capabilities.contains(request.needs());
  }

  /// What the handler remembered; unchanged since, and of the same caller and arguments.
  public Optional<ObjectNode> state() {
    return state;
  }

  /// What the user did with a form.
  ///
  /// @param key of the question
  /// @param asked the form
  /// @return it, or empty when there is no answer that fits the form
  public Optional<FormAnswer> form(String key, InputRequest.Form asked) {
    return elicited(key, content -> FormSchema.fits(asked.schema(), content));
  }

  /// What the user did about a page to open.
  ///
  /// @param key of the question
  /// @return it, with nothing in it, or empty when there is no answer
  public Optional<FormAnswer> page(String key) {
    return elicited(key, _ -> true)
        .map(answer ->
            switch (answer) {
              case FormAnswer.Accepted _ -> new FormAnswer.Accepted(StrictJson.NODES.objectNode());
              case FormAnswer.Declined _, FormAnswer.Dismissed _ -> answer;
            });
  }

  private Optional<FormAnswer> elicited(String key, Predicate<ObjectNode> fit) {
    JsonNode response = responses.path(key);
    return switch (response.path("action").asString("")) {
      case "accept" ->
          Optional.of(
                  response.path("content") instanceof ObjectNode content
                      ? content
                      : StrictJson.NODES.objectNode())
              .filter(fit)
              .map(FormAnswer.Accepted::new);
      case "decline" -> Optional.of(new FormAnswer.Declined());
      case "cancel" -> Optional.of(new FormAnswer.Dismissed());
      default -> Optional.empty();
    };
  }

  /// What the client's model said.
  ///
  /// @param key of the question
  /// @return its first text, or empty when there is none
  public Optional<String> sampled(String key) {
    JsonNode content = responses.path(key).path("content");
    Stream<JsonNode> blocks = content.isArray() ? content.valueStream() : Stream.of(content);
    return blocks
        .filter(block -> block.path("type").asString("").equals("text"))
        .map(block -> block.path("text"))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue)
        .findFirst();
  }

  /// The folders that the client works in.
  ///
  /// @param key of the question
  /// @return them, or empty when there is no answer
  public Optional<List<Root>> roots(String key) {
    JsonNode listed = responses.path(key).path("roots");
    if (!listed.isArray()) {
      return Optional.empty();
    }
    List<Root> roots = new ArrayList<>();
    for (JsonNode root : listed) {
      if (!root.path("uri").isString()) {
        return Optional.empty();
      }
      roots.add(
          new Root(
              root.path("uri").stringValue(),
              Optional.of(root.path("name"))
                  .filter(JsonNode::isString)
                  .map(JsonNode::stringValue)));
    }
    return Optional.of(roots);
  }
}
