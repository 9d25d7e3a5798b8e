package com.quiltdata.mcp.protocol;

import com.quiltdata.mcp.content.ContentBlock;
import com.quiltdata.mcp.input.InputRequest;
import com.quiltdata.mcp.json.StrictJson;
import com.quiltdata.mcp.json.VisibleJson;
import com.quiltdata.mcp.prompt.PromptMessage;
import com.quiltdata.mcp.prompt.PromptResult;
import com.quiltdata.mcp.prompt.PromptSpec;
import com.quiltdata.mcp.protocol.ProtocolVersion.Feature;
import com.quiltdata.mcp.resource.ResourceSpec;
import com.quiltdata.mcp.tool.ToolResult;
import com.quiltdata.mcp.tool.ToolSpec;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/// Writes everything as the revision at hand knows it: leaves out what is newer, puts other forms
/// in its place.
final class RevisionWriter {
  private static final byte[] OPENING =
      "{\"jsonrpc\":\"2.0\",\"id\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] RESULT = ",\"result\":".getBytes(StandardCharsets.US_ASCII);

  private final StrictJson json;
  private final ServerIdentity server;
  private final Map<ProtocolVersion, ObjectNode> servers = new ConcurrentHashMap<>();

  RevisionWriter(StrictJson json, ServerIdentity server) {
    this.json = json;
    this.server = server;
  }

  /// A whole response.
  byte[] response(ProtocolVersion version, RequestId id, Result result) {
    byte[] idJson = json.write(id.toJson());
    byte[] members = members(version, result);
    return ByteBuffer.allocate(OPENING.length + idJson.length + RESULT.length + members.length + 1)
        .put(OPENING)
        .put(idJson)
        .put(RESULT)
        .put(members)
        .put((byte) '}')
        .array();
  }

  /// Any JSON as text for a model: nothing in it is invisible.
  String text(JsonNode value) {
    return VisibleJson.of(json.text(value));
  }

  /// The result object alone.
  byte[] members(ProtocolVersion version, Result result) {
    return switch (result) {
      case Result.Prepared prepared -> prepared.json();
      case Result.Tree tree -> json.write(complete(version, tree));
      case Result.Counted counted -> json.write(complete(version, counted.result()));
      case Result.Opening opening -> json.write(complete(version, opening.result()));
      case Result.Silence _ -> throw new IllegalStateException("silence is not written");
    };
  }

  private ObjectNode complete(ProtocolVersion version, Result.Tree tree) {
    ObjectNode members = tree.members();
    if (version.has(Feature.STATELESS)) {
      members.put("resultType", tree.type());
      tree.caching()
          .ifPresent(caching ->
              members
                  .put("ttlMs", caching.life().toMillis())
                  .put("cacheScope", caching.isPublic() ? "public" : "private"));
      members
          .withObjectProperty("_meta")
          .set(MetaKeys.SERVER_INFO, servers.computeIfAbsent(version, server::toJson));
    }
    return members;
  }

  /// An error response.
  ///
  /// @param version decides what stands in place of an unreadable id
  byte[] error(ProtocolVersion version, Optional<RequestId> id, RpcException error) {
    return json.write(errorTree(version, id, error));
  }

  ObjectNode errorTree(ProtocolVersion version, Optional<RequestId> id, RpcException error) {
    ObjectNode response = StrictJson.NODES.objectNode().put("jsonrpc", "2.0");
    id.map(RequestId::toJson)
        .or(() ->
            version.has(Feature.NULL_ID)
                ? Optional.of(StrictJson.NODES.nullNode())
                : Optional.empty())
        .ifPresent(node -> response.set("id", node));
    ObjectNode body =
        response.putObject("error").put("code", error.code().number()).put("message", error.text());
    error.data().ifPresent(data -> body.set("data", data));
    return response;
  }

  /// A question to a client of a revision that has requests of servers.
  byte[] request(ProtocolVersion version, String id, InputRequest question) {
    ObjectNode params = question.params();
    if (!version.has(Feature.ELICITATION_MODES)) {
      params.remove("mode");
    } else if (question instanceof InputRequest.Page) {
      params.put("elicitationId", id);
    }
    ObjectNode message =
        StrictJson.NODES
            .objectNode()
            .put("jsonrpc", "2.0")
            .put("id", id)
            .put("method", question.method());
    message.set("params", params);
    return json.write(message);
  }

  /// A notification.
  byte[] notification(String method, ObjectNode params) {
    ObjectNode message = StrictJson.NODES.objectNode().put("jsonrpc", "2.0").put("method", method);
    message.set("params", params);
    return json.write(message);
  }

  /// The entry of `tools/list`.
  ObjectNode tool(ProtocolVersion version, ToolSpec spec) {
    ObjectNode tool = spec.toJson();
    if (!version.has(Feature.TITLES)) {
      tool.remove("title");
    }
    if (!version.has(Feature.STRUCTURED_OUTPUT)) {
      tool.remove("outputSchema");
    }
    if (!version.has(Feature.ANNOTATIONS)) {
      tool.remove("annotations");
    }
    return tool;
  }

  /// The entry of `resources/list` and `resources/templates/list`.
  ObjectNode resource(ProtocolVersion version, ResourceSpec spec) {
    ObjectNode resource = spec.toJson();
    if (!version.has(Feature.TITLES)) {
      resource.remove("title");
    }
    return resource;
  }

  /// The result of `tools/call`.
  ///
  /// @param result an end: neither a question nor a job
  ObjectNode toolResult(ProtocolVersion version, ToolResult result) {
    return switch (result) {
      case ToolResult.Success success -> structured(version, success.fields(), false);
      case ToolResult.Failure failure -> structured(version, failure.fields(), true);
      case ToolResult.Blocks blocks -> blocks(version, blocks.blocks());
      case ToolResult.Asks _, ToolResult.Deferred _ ->
          throw new IllegalArgumentException("not the end of a call");
    };
  }

  /// The entry of `prompts/list`.
  ObjectNode prompt(ProtocolVersion version, PromptSpec spec) {
    ObjectNode prompt = spec.toJson();
    if (!version.has(Feature.TITLES)) {
      prompt.remove("title");
      for (JsonNode argument : prompt.path("arguments")) {
        ((ObjectNode) argument).remove("title");
      }
    }
    return prompt;
  }

  /// The result of `prompts/get`.
  ObjectNode messages(ProtocolVersion version, PromptResult.Messages messages) {
    ObjectNode result = StrictJson.NODES.objectNode().put("description", messages.description());
    ArrayNode list = result.putArray("messages");
    for (PromptMessage message : messages.messages()) {
      list.addObject()
          .put("role", message.role().wire())
          .set("content", block(version, message.content()));
    }
    return result;
  }

  /// The result of `tools/call` with structured members: they are repeated as text.
  ObjectNode structured(ProtocolVersion version, ObjectNode fields, boolean isError) {
    ObjectNode result = StrictJson.NODES.objectNode();
    String text = text(fields);
    result.putArray("content").add(new ContentBlock.Text(text).toJson());
    if (version.has(Feature.STRUCTURED_OUTPUT)) {
      result.set("structuredContent", StrictJson.NODES.rawValueNode(new RawValue(text)));
    }
    return result.put("isError", isError);
  }

  /// The result of `tools/call` with content blocks.
  ObjectNode blocks(ProtocolVersion version, Iterable<ContentBlock> blocks) {
    ObjectNode result = StrictJson.NODES.objectNode();
    ArrayNode content = result.putArray("content");
    blocks.forEach(block -> content.add(block(version, block)));
    return result.put("isError", false);
  }

  private static JsonNode block(ProtocolVersion version, ContentBlock block) {
    return switch (block) {
      case ContentBlock.Link link when !version.has(Feature.RESOURCE_LINKS) ->
          new ContentBlock.Text(link.name() + ": " + link.uri()).toJson();
      case ContentBlock.Audio audio when !version.has(Feature.AUDIO) ->
          new ContentBlock.Text("[sound, %s]".formatted(audio.mimeType())).toJson();
      case ContentBlock.Text _,
          ContentBlock.Image _,
          ContentBlock.Audio _,
          ContentBlock.Embedded _,
          ContentBlock.Link _ ->
          block.toJson();
    };
  }

  /// A resource that is not there, in the words of the revision.
  RpcException resourceNotFound(ProtocolVersion version, String uri) {
    return new RpcException(
        version.has(Feature.STATELESS) ? ErrorCode.INVALID_PARAMS : ErrorCode.RESOURCE_NOT_FOUND,
        "Resource not found",
        StrictJson.NODES.objectNode().put("uri", uri));
  }
}
