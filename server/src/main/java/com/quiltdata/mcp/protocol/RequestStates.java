package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.state.Sealer;
import com.quiltdata.mcp.state.StateKeys;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What handlers remember between two rounds, as the `requestState` that the client brings back
/// (MCP 2026-07-28, "Multi round-trip requests"): sealed, for ten minutes, and good only for the
/// same caller and the same request.
final class RequestStates {
  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final int MAX_CHARS = 16 << 10;
  private static final String PRINCIPAL = "p";
  private static final String REQUEST = "r";
  private static final String STATE = "s";

  private final StrictJson json = new StrictJson(JsonLimits.DEFAULT);
  private final Sealer sealer;

  RequestStates(StateKeys keys, InstantSource clock) {
    this.sealer = new Sealer(keys, "request state", MAX_CHARS, clock);
  }

  String seal(Call call, String method, ObjectNode state) {
    ObjectNode content =
        StrictJson.NODES
            .objectNode()
            .put(PRINCIPAL, call.caller().principal())
            .put(REQUEST, digest(call, method));
    content.set(STATE, state);
    return sealer.seal(content, LIFE);
  }

  /// Opens the state that a request brings.
  ///
  /// @return it, or empty when the request brings none
  /// @throws RpcException when it brings one that is not good for it
  Optional<ObjectNode> open(Call call, String method) {
    JsonNode sent = call.params().path("requestState");
    if (sent.isMissingNode()) {
      return Optional.empty();
    }
    Optional<ObjectNode> content =
        sent.isString() ? sealer.open(sent.stringValue()) : Optional.empty();
    return Optional.of(
        content
            .filter(opened -> opened.path(PRINCIPAL).asString("").equals(call.caller().principal()))
            .filter(opened -> opened.path(REQUEST).asString("").equals(digest(call, method)))
            .map(opened -> (ObjectNode) opened.path(STATE))
            .orElseThrow(() ->
                Params.invalid(
                    "params.requestState is not one that this server gave for this request and"
                        + " this caller, or it has expired; call again without it")));
  }

  /// Of method, name and arguments, whatever the order of their members.
  private String digest(Call call, String method) {
    ObjectNode request = StrictJson.NODES.objectNode().put("method", method);
    for (String member : new String[] {"name", "uri", "arguments"}) {
      if (call.params().has(member)) {
        request.set(member, sorted(call.params().path(member)));
      }
    }
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(json.write(request));
      return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, 16));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }

  private static JsonNode sorted(JsonNode node) {
    if (node.isObject()) {
      Map<String, JsonNode> members = new TreeMap<>();
      node.propertyStream().forEach(one -> members.put(one.getKey(), sorted(one.getValue())));
      ObjectNode object = StrictJson.NODES.objectNode();
      members.forEach(object::set);
      return object;
    }
    if (node.isArray()) {
      return StrictJson.NODES
          .arrayNode()
          .addAll(node.valueStream().map(RequestStates::sorted).toList());
    }
    return node;
  }
}
