package com.quiltdata.mcp.input;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/// A handler cannot go on without the client's answers (MCP 2026-07-28, `InputRequiredResult`).
///
/// @param requests the questions by a key of the handler's choice, at least one unless there is a
///   state
/// @param state what the handler wants to be told when it is called again; it travels through the
///   client, sealed, and holds no secret all the same
public record InputRequired(Map<String, InputRequest> requests, Optional<ObjectNode> state) {
  /// Copies the questions and keeps their order.
  public InputRequired {
    requests = Collections.unmodifiableMap(new LinkedHashMap<>(requests));
    if (requests.isEmpty() && state.isEmpty()) {
      throw new IllegalArgumentException("neither a question nor a state");
    }
  }

  /// One question.
  ///
  /// @param key names it in the answer
  /// @param request it
  /// @return what is required
  public static InputRequired of(String key, InputRequest request) {
    return new InputRequired(Map.of(key, request), Optional.empty());
  }

  /// The same, with one question more.
  ///
  /// @param key names it in the answer
  /// @param request it
  /// @return what is required
  public InputRequired and(String key, InputRequest request) {
    Map<String, InputRequest> more = new LinkedHashMap<>(requests);
    if (more.put(key, request) != null) {
      throw new IllegalArgumentException("two questions under the key " + key);
    }
    return new InputRequired(more, state);
  }

  /// The same, with something to remember.
  ///
  /// @param newState small
  /// @return what is required
  public InputRequired remembering(ObjectNode newState) {
    return new InputRequired(requests, Optional.of(newState));
  }
}
