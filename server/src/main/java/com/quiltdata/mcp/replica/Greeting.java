package com.quiltdata.mcp.replica;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.json.StrictJson;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// What replicas tell each other when they meet, as JSON: members that a reader does not know mean
/// nothing to it.
///
/// @param port where the sender listens; empty in an answer
/// @param peers whom it knows; empty in a question
record Greeting(OptionalInt port, List<PeerAddress> peers) {
  /// So many addresses are told and read.
  static final int MAX_PEERS = 64;

  private static final StrictJson JSON = new StrictJson(JsonLimits.DEFAULT);

  Greeting {
    peers = List.copyOf(peers);
  }

  static Greeting from(int port) {
    return new Greeting(OptionalInt.of(port), List.of());
  }

  static Greeting naming(List<PeerAddress> peers) {
    return new Greeting(OptionalInt.empty(), peers);
  }

  byte[] bytes() {
    ObjectNode object = StrictJson.NODES.objectNode();
    port.ifPresent(number -> object.put("port", number));
    ArrayNode list = object.putArray("peers");
    peers.stream().limit(MAX_PEERS).forEach(peer -> list.add(peer.toString()));
    return JSON.write(object);
  }

  /// Reads a greeting; what cannot be read is left out.
  static Greeting read(byte[] bytes) {
    JsonNode node;
    try {
      node = JSON.read(bytes);
    } catch (MalformedJsonException _) {
      return naming(List.of());
    }
    int port = node.path("port").asInt(0);
    return new Greeting(
        port >= 1 && port <= 65_535 ? OptionalInt.of(port) : OptionalInt.empty(),
        StreamSupport.stream(node.path("peers").spliterator(), false)
            .limit(MAX_PEERS)
            .map(peer -> PeerAddress.parse(peer.asString("")))
            .flatMap(Optional::stream)
            .toList());
  }
}
