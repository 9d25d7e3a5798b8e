package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.tool.LogLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The checks that a request of a stateless revision passes before its method looks at it, in the
/// order in which a client is told of failures (MCP 2026-07-28, basic and basic/transports).
final class StatelessLadder {
  private StatelessLadder() {}

  /// Whether a message claims to be of a stateless revision.
  ///
  /// A header that names an unknown version counts as well: its sender is told which ones there
  /// are.
  static boolean isMeant(JsonNode body, Optional<Headers> headers) {
    return body.path("params").path("_meta").has(MetaKeys.PROTOCOL_VERSION)
        || headers
            .map(all -> all.values(RoutingHeaders.VERSION))
            .filter(values -> !values.isEmpty())
            .map(List::getFirst)
            .map(name -> ProtocolVersion.of(name).map(ProtocolVersion::isStateless).orElse(true))
            .orElse(false);
  }

  /// Checks a notification: only its version can be wrong.
  static void climb(Message.Notification notification, Optional<Headers> headers) {
    JsonNode meta = notification.params().path("_meta").path(MetaKeys.PROTOCOL_VERSION);
    Optional<String> named =
        meta.isString()
            ? Optional.of(meta.stringValue())
            : headers.flatMap(all -> new HeaderCheck(all).value(RoutingHeaders.VERSION));
    named.ifPresent(StatelessLadder::implemented);
  }

  /// Checks a request up to its method.
  ///
  /// @return the revision that it speaks
  static ProtocolVersion climb(Message.Request request, Optional<Headers> headers) {
    JsonNode meta = request.params().path("_meta");
    String version = requireMeta(meta);
    headers
        .map(HeaderCheck::new)
        .ifPresent(check -> {
          check.requireEqual(RoutingHeaders.VERSION, version, "the protocol version of _meta");
          check.requireEqual(RoutingHeaders.METHOD, request.method(), "the method");
          RoutingHeaders.named(request.method())
              .ifPresent(member -> check.requireName(request.params(), member));
        });
    return implemented(version);
  }

  private static String requireMeta(JsonNode meta) {
    List<String> missing = new ArrayList<>();
    if (!meta.path(MetaKeys.PROTOCOL_VERSION).isString()) {
      missing.add(MetaKeys.PROTOCOL_VERSION + " (string)");
    }
    if (!meta.path(MetaKeys.CLIENT_CAPABILITIES).isObject()) {
      missing.add(MetaKeys.CLIENT_CAPABILITIES + " (object)");
    }
    if (!missing.isEmpty()) {
      throw new RpcException(
          ErrorCode.INVALID_PARAMS, "params._meta lacks " + String.join(" and ", missing));
    }
    return meta.path(MetaKeys.PROTOCOL_VERSION).stringValue();
  }

  private static ProtocolVersion implemented(String version) {
    return ProtocolVersion.of(version)
        .filter(ProtocolVersion::isStateless)
        .orElseThrow(() -> {
          ObjectNode data = StrictJson.NODES.objectNode();
          ProtocolVersion.statelessNames().forEach(data.putArray("supported")::add);
          data.put("requested", version);
          return new RpcException(
              ErrorCode.UNSUPPORTED_PROTOCOL_VERSION, "Unsupported protocol version", data);
        });
  }

  /// The log level that a request asks for.
  ///
  /// @return the level, or empty when it asks for no log messages
  /// @throws RpcException when there is no such level
  static Optional<LogLevel> logLevel(ObjectNode params) {
    JsonNode level = params.path("_meta").path(MetaKeys.LOG_LEVEL);
    if (level.isMissingNode()) {
      return Optional.empty();
    }
    return Optional.of(
        LogLevel.of(level.asString(""))
            .orElseThrow(() ->
                new RpcException(
                    ErrorCode.INVALID_PARAMS,
                    "%s must be one of debug, info, notice, warning, error, critical, alert, emergency"
                        .formatted(MetaKeys.LOG_LEVEL))));
  }
}
