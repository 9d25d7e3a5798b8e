package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.protocol.MetaKeys;
import com.quiltdata.mcp.protocol.RequestId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;

/// What the client wrote on one line, to be sent as it is.
///
/// @param line its bytes
/// @param members its one message, or those of a batch
record Outgoing(byte[] line, List<ClientMessage> members) {
  static final String INITIALIZE = "initialize";
  static final String INITIALIZED = "notifications/initialized";
  static final String TOOLS_LIST = "tools/list";

  /// What can be asked twice without doing anything twice.
  private static final Set<String> READING =
      Set.of(
          INITIALIZE,
          "server/discover",
          "ping",
          TOOLS_LIST,
          "resources/list",
          "resources/templates/list",
          "resources/read",
          "prompts/list",
          "prompts/get",
          "completion/complete",
          "logging/setLevel",
          "subscriptions/listen",
          "tasks/get");

  Outgoing {
    members = List.copyOf(members);
  }

  /// Reads a line.
  ///
  /// @throws MalformedJsonException when it is no message
  static Outgoing of(byte[] line, JsonNode json) {
    if (!(json instanceof ArrayNode batch)) {
      return new Outgoing(line, List.of(ClientMessage.of(json)));
    }
    List<ClientMessage> members = new ArrayList<>();
    batch.forEach(member -> members.add(ClientMessage.of(member)));
    if (members.isEmpty()) {
      throw new MalformedJsonException("a batch holds at least one message");
    }
    return new Outgoing(line, members);
  }

  /// The one message, unless this is a batch.
  Optional<ClientMessage> single() {
    return members.size() == 1 ? Optional.of(members.getFirst()) : Optional.empty();
  }

  /// The requests that want an answer.
  List<RequestId> ids() {
    return members.stream()
        .filter(ClientMessage.Request.class::isInstance)
        .map(member -> ((ClientMessage.Request) member).id())
        .toList();
  }

  /// The revision that the message itself names; only those without `initialize` do so.
  Optional<String> statelessVersion() {
    return single()
        .map(message -> message.parameters().path("_meta").path(MetaKeys.PROTOCOL_VERSION))
        .filter(JsonNode::isString)
        .map(JsonNode::stringValue);
  }

  /// Whether this is the one message, and has this method.
  boolean isA(String method) {
    return single().flatMap(ClientMessage::methodName).filter(method::equals).isPresent();
  }

  /// Whether what follows must wait until this has been dealt with.
  boolean isOpening() {
    return statelessVersion().isEmpty() && (isA(INITIALIZE) || isA(INITIALIZED));
  }

  /// Whether nothing happens twice when this is sent twice.
  boolean isReading() {
    return members.stream()
        .allMatch(member ->
            switch (member) {
              case ClientMessage.Request request -> READING.contains(request.method());
              case ClientMessage.Notification _, ClientMessage.Response _ -> true;
            });
  }
}
